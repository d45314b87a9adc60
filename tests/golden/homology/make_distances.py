#!/usr/bin/python3
"""Makes distances.txt: pairs of diagrams, their distances by GUDHI, POT, Hera, persim, SCIENCE's formula in NumPy.

Usage: make_distances.py PERSIM > distances.txt      (needs python3-gudhi, python3-numpy, python3-pot, python3-scipy)
PERSIM: persim/sliced_wasserstein.py of github.com/scikit-tda/persim
Lines:  pair NAME N M
        N, then M lines: birth death (inf: essential)
        sliced X | bottleneck X | wasserstein ORDER X  (inf: different numbers of essential bars)
        persim X, where it computes the same: it projects onto the diagonal's upper half only, in float32
"""
import importlib.util
import sys

import gudhi
import gudhi.hera
import gudhi.wasserstein
import numpy as np


def sliced(a, b, directions=50):
    """SCIENCE §3, as the persim package computes it, in double."""
    def extended(own, others):
        middle = others.mean(axis=1, keepdims=True) if len(others) else np.zeros((0, 1))
        return np.concatenate([own, np.repeat(middle, 2, axis=1)])
    one, other = extended(a, b), extended(b, a)
    total = 0.
    for k in range(directions):
        angle = np.pi * (.5 + k / directions)
        direction = np.array([np.cos(angle), np.sin(angle)])
        total += np.abs(np.sort(one @ direction) - np.sort(other @ direction)).sum() / directions
    return total


def load_persim(path):
    spec = importlib.util.spec_from_file_location('persim_sliced_wasserstein', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.sliced_wasserstein


def finite(a):
    return a[np.isfinite(a[:, 1])]


def wasserstein(a, b, order):
    hera = gudhi.hera.wasserstein_distance(a, b, order=order, internal_p=np.inf, delta=1e-9)
    one, other = finite(a), finite(b)
    if len(one) == len(a) and len(other) == len(b):
        pot = gudhi.wasserstein.wasserstein_distance(one, other, order=order, internal_p=np.inf)
        assert abs(pot - hera) <= 1e-7 * max(pot, 1e-9), (pot, hera)
    return hera


def random(n, r, spread=.3):
    birth = r.uniform(0, 1, n)
    return np.c_[birth, birth + r.exponential(spread, n)]


def grid(n, r, size):
    corners = np.sort(r.integers(0, size, (n, 2)).astype(float), axis=1)
    corners[:, 1] += 1
    return corners


def moved(a, r, amount):
    return np.sort(a + r.normal(0, amount, a.shape), axis=1)


def pairs():
    r = np.random.default_rng(4)
    none = np.zeros((0, 2))
    one = np.array([[1., 3.]])
    inf = np.inf
    yield 'nothing', none, none
    yield 'one-and-nothing', one, none
    yield 'equal', one, one
    yield 'near', one, np.array([[1.25, 3.5]])
    yield 'far', one, np.array([[10., 12.5]])
    yield 'on-the-diagonal', np.array([[2., 2.], [1, 4]]), np.array([[5., 5.], [6, 6], [1, 3.5]])
    yield 'negative', np.array([[-3., -1.], [-2, 4]]), np.array([[-3.5, -1.5]])
    yield 'tiny', 1e-200 * random(5, r), 1e-200 * random(4, r)
    yield 'large', 1e100 * random(5, r), 1e100 * random(6, r)
    yield 'essential', np.array([[0., inf], [1, 2], [.5, inf]]), np.array([[.25, inf], [1, 2.5], [.5, inf], [3, 3.5]])
    yield 'essential-only', np.array([[0., inf], [5, inf]]), np.array([[6., inf], [1, inf]])
    yield 'essential-more', np.array([[0., inf], [1, 2]]), np.array([[1., 2]])
    yield 'squares', np.array([[0., 2]] * 5), np.array([[0., 2]] * 3 + [[1., 3]] * 3)
    for size in (2, 3, 6):
        yield f'grid-{size}', grid(30, r, size), grid(40, r, size)
    for n, m in ((2, 3), (5, 5), (12, 1), (40, 60), (100, 100), (300, 200), (500, 500)):
        yield f'random-{n}-{m}', random(n, r), random(m, r)
    base = random(200, r, .1)
    yield 'equal-200', base, base[::-1]
    yield 'moved-200', base, moved(base, r, .002)
    yield 'grid-500', grid(500, r, 30), grid(400, r, 30)


def text(value):
    return repr(float(value))


persim = load_persim(sys.argv[1])
for name, a, b in pairs():
    print('pair', name, len(a), len(b))
    for birth, death in np.concatenate([a, b]):
        print(text(birth), text(death))
    print('sliced', text(sliced(finite(a), finite(b))))
    if name not in ('negative', 'tiny', 'large'):
        print('persim', text(persim(finite(a), finite(b))))
    print('bottleneck', text(gudhi.bottleneck_distance(a, b)))
    # Hera can't tell such small numbers, nor such large ones, from its own errors.
    scale = {'tiny': 1e-200, 'large': 1e100}.get(name, 1)
    for order in (1, 1.5, 2, 4):
        print('wasserstein', text(order), text(scale * wasserstein(a / scale, b / scale, order)))
