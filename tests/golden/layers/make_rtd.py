#!/usr/bin/python3
"""Makes rtd.txt: pairs of clouds and their RTD, by GUDHI's Rips persistence of the matrix in SCIENCE §3.

Usage: make_rtd.py > rtd.txt        (needs python3-numpy, python3-gudhi)
Lines:  pair NAME n p q / x … / y … / rtd RTD1(1,2) RTD1(2,1)
"""
import gudhi
import numpy as np


def distances(x):
    d = np.sqrt(((x[:, None] - x[None])**2).sum(-1))
    return d / np.quantile(d, .9)


def one(a, b):
    m = np.block([[np.zeros_like(a), a.T], [a, np.minimum(a, b)]])
    tree = gudhi.RipsComplex(distance_matrix=m, max_edge_length=np.inf).create_simplex_tree(max_dimension=2)
    tree.compute_persistence(homology_coeff_field=2, persistence_dim_max=True)
    bars = tree.persistence_intervals_in_dimension(1)
    return sum(d - b for b, d in bars if np.isfinite(d))


def write(name, x, y):
    print('pair', name, len(x), x.shape[1], y.shape[1])
    print('x', *[repr(float(v)) for v in x.ravel()])
    print('y', *[repr(float(v)) for v in y.ravel()])
    a, b = distances(x), distances(y)
    print('rtd', repr(float(one(a, b))), repr(float(one(b, a))))


random = np.random.default_rng(11)


def cloud(n, d):
    return random.normal(size=(n, d)).round(3)


write('unrelated', cloud(25, 3), cloud(25, 2))
x = cloud(30, 4)
write('near', x, (x + .1 * random.normal(size=x.shape)).round(3))
write('the_same', x, x)
angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
circle = np.c_[np.cos(angle), np.sin(angle)].round(4)
write('circle_and_line', circle, angle[:, None].round(4))
two = np.r_[cloud(15, 2), cloud(15, 2) + 9]
write('one_cluster_and_two', cloud(30, 2), two)
x = cloud(20, 3)
x[10:] = x[:10]
write('duplicates', x, cloud(20, 3))
grid = np.stack(np.meshgrid(np.arange(5.), np.arange(5.)), -1).reshape(-1, 2)
write('ties', grid, grid[::-1, :1] * 2)
write('two_points', cloud(2, 3), cloud(2, 3))
