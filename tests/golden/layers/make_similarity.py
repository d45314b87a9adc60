#!/usr/bin/python3
"""Makes similarity.txt: pairs of layers and how alike they are, by NumPy from the definitions in SCIENCE §3.

Usage: make_similarity.py > similarity.txt        (needs python3-numpy)
Lines:  pair NAME n p q / x … (n × p) / y … (n × q) / cka … / debiased … / svcca … / pwcca XY YX / procrustes …
"""
import numpy as np

EPS = 2.**-52


def center(x):
    x = x - x.mean(0)
    x[:, (x == x[0]).all(0)] = 0
    return x - x.mean(0)


def cka(x, y):
    return np.linalg.norm(y.T @ x)**2 / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y))


def hsic1(k, l):
    n = len(k)
    k, l = k.copy(), l.copy()
    np.fill_diagonal(k, 0)
    np.fill_diagonal(l, 0)
    return (np.trace(k @ l) + k.sum() * l.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * (k @ l).sum()) / (n * (n - 3))


def debiased(x, y):
    k, l = x @ x.T, y @ y.T
    return hsic1(k, l) / np.sqrt(hsic1(k, k) * hsic1(l, l))


def directions(x, share=None):
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    keep = s > max(x.shape) * EPS * s[0]
    if share is not None:
        reached = np.cumsum(s**2) / np.sum(s**2)
        keep &= np.arange(len(s)) <= np.argmax(reached >= share)
    return u[:, keep]


def svcca(x, y):
    return np.linalg.svd(directions(x, .99).T @ directions(y, .99), compute_uv=False).clip(0, 1).mean()


def pwcca(x, y):
    u, v = directions(x), directions(y)
    a, rho, _ = np.linalg.svd(u.T @ v, full_matrices=False)
    alpha = np.abs((u @ a).T @ x).sum(1)
    return (alpha * rho.clip(0, 1)).sum() / alpha.sum()


def procrustes(x, y):
    x, y = x / np.linalg.norm(x), y / np.linalg.norm(y)
    s = np.linalg.svd(x.T @ y, compute_uv=False).sum()
    return 2 * np.arcsin(np.sqrt(max(2 - 2 * s, 0)) / 2)


def write(name, x, y):
    print('pair', name, len(x), x.shape[1], y.shape[1])
    print('x', *[repr(float(v)) for v in x.ravel()])
    print('y', *[repr(float(v)) for v in y.ravel()])
    x, y = center(x), center(y)
    print('cka', repr(float(cka(x, y))))
    print('debiased', repr(float(debiased(x, y))))
    print('svcca', repr(float(svcca(x, y))))
    print('pwcca', repr(float(pwcca(x, y))), repr(float(pwcca(y, x))))
    print('procrustes', repr(float(procrustes(x, y))))


random = np.random.default_rng(7)


def cloud(n, p, rank=None):
    x = random.normal(size=(n, p))
    if rank is not None:
        x = random.normal(size=(n, rank)) @ random.normal(size=(rank, p))
    return x.round(3)


def related(x, q, noise):
    return (x @ random.normal(size=(x.shape[1], q)) + noise * random.normal(size=(len(x), q))).round(3)


x = cloud(30, 4)
write('tall', x, related(x, 6, 1))
x = cloud(30, 9)
write('x_wider', x, related(x, 3, .5))
x = cloud(12, 20)
write('both_wide', x, related(x, 15, 2))
x = cloud(10, 25)
write('wide_against_tall', x, related(x, 3, .2))
x = cloud(24, 6)
x[:, 2] = 3.7
y = related(x, 5, 1)
y[:, 0] = -1e6 / 3
write('constant_columns', x, y)
x = cloud(24, 5)
x[12:] = x[:12]
y = related(x, 4, 1)
y[12:] = y[:12]
write('duplicate_rows', x, y)
x = cloud(20, 8, 3)
write('low_rank', x, related(x, 7, 1))
x = cloud(20, 3)
write('far_from_the_origin', x + 1e4, related(x, 3, 1) - 5e3)
x = np.maximum(cloud(40, 6), 0)
write('rectified', x, np.maximum(related(x, 6, 1), 0))
x = cloud(15, 4)
write('turned_and_scaled', x, x @ np.linalg.qr(random.normal(size=(4, 4)))[0] * 3 + 2)
write('one_column', cloud(9, 1), cloud(9, 1))
write('four_points', cloud(4, 3), cloud(4, 2))
