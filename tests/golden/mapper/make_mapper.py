#!/usr/bin/python3
"""Makes NAME.txt, the mapper graphs of small clouds by NumPy and scikit-learn, and knees.txt, the automatic eps.

Usage: make_mapper.py   (writes beside itself; NumPy, SciPy, scikit-learn, kneed before 0.8.6)

NAME.txt    "point X Y …" lines, then for each graph "graph COVER INTERVALS OVERLAP EPS MIN_SAMPLES MIN_INTERSECTION"
            ("auto" and "paper": an eps of that rule, "preset": all of the automatic preset; followed by "eps X"),
            "node INTERVAL CLUSTER MEMBER…" and "edge SOURCE TARGET SHARED" lines in order
knees.txt   "knee GLOBAL FIRST DISTANCE…": automatic eps by SCIENCE §5 and by kneed, of nearest-neighbour distances
"""
import os

import numpy as np
from kneed import KneeLocator
from scipy.spatial.distance import cdist
from sklearn.cluster import DBSCAN

HERE = os.path.dirname(os.path.abspath(__file__))


def length(x):
    """In the order in which a loop over the coordinates adds."""
    total = np.zeros(len(x))
    for k in range(x.shape[1]):
        total += x[:, k] * x[:, k]
    return np.sqrt(total)


def cover(kind, lens, n, p):
    low, high = lens.min(), lens.max()
    if low == high:
        return [(low, high)]
    if kind == 'kepler':
        half = (high - low) / (2.0 * n * (1.0 - p))
        return [(low + (i + .5) * (high - low) / n - half, low + (i + .5) * (high - low) / n + half) for i in range(n)]
    half = (high - low) / (2.0 * (n - (n - 1.0) * p))
    centres = np.linspace(low + half, high - half, n)
    ends = [[c - half, c + half] for c in centres]
    ends[0][0], ends[-1][1] = low, high
    return ends


def graph(x, d, kind, n, p, eps, min_samples, min_intersection):
    lens = length(x)
    nodes, edges = [], []
    for i, (low, high) in enumerate(cover(kind, lens, n, p)):
        rows = np.flatnonzero((lens >= low) & (lens <= high))
        if len(rows) < min_samples:
            continue
        if eps > 0:
            labels = DBSCAN(eps=eps, min_samples=min_samples, metric='precomputed').fit(d[np.ix_(rows, rows)]).labels_
        else:
            labels = np.zeros(len(rows), int)
        nodes += [(i, c, rows[labels == c]) for c in range(labels.max() + 1)]
    for i in range(len(nodes)):
        for j in range(i + 1, len(nodes)):
            shared = len(np.intersect1d(nodes[i][2], nodes[j][2]))
            if shared >= min_intersection:
                edges.append((i, j, shared))
    return nodes, edges


def others(d):
    """Distances to the other points, rising along each row."""
    d = d.copy()
    np.fill_diagonal(d, np.inf)
    return np.sort(d, axis=1)


def curve(nearest):
    nearest = np.sort(nearest[nearest > 0])[::-1]
    return nearest, np.arange(len(nearest)) / max(len(nearest) - 1, 1)


def knee(nearest):
    x, y = curve(nearest)
    if len(x) == 0:
        return 0.
    if x[0] == x[-1]:
        return x[0]
    return x[np.argmax(1 - y - (x - x.min()) / (x.max() - x.min()))]


def first_knee(nearest):
    x, y = curve(nearest)
    if len(x) == 0:
        return 0.
    found = KneeLocator(x, y, S=1, curve='convex', direction='decreasing').knee if x[0] != x[-1] else x[0]
    return np.round(knee(nearest) if found is None else found, 3)


def clouds():
    r = np.random.default_rng(20)
    yield 'blobs', np.round(r.normal(size=(5, 3))[r.integers(0, 5, 300)] * 4 + r.normal(size=(300, 3)), 3)
    # Every distance is tied, and so are lens values, interval ends and border points.
    yield 'lattice', r.integers(-6, 7, size=(300, 2)).astype(float)
    yield 'duplicates', np.round(r.normal(size=(70, 3)), 2)[r.integers(0, 70, 300)]
    # Two dense ends whose border points lie between them, within reach of both.
    t = np.r_[r.normal(0, .5, 120), r.normal(4, .5, 120), r.uniform(1, 3, 60)]
    yield 'borders', np.round(np.c_[10 + .2 * r.normal(size=300), t], 2)[r.permutation(300)]
    yield 'far', np.round(1e6 * r.integers(0, 3, size=(300, 1)) * np.ones(2) + r.normal(size=(300, 2)), 3)
    yield 'offset', 1e7 + np.round(r.normal(size=(300, 3)), 2)
    angle = r.uniform(0, 2 * np.pi, 300)
    yield 'circle', np.round(np.c_[np.cos(angle), np.sin(angle)] + r.normal(0, .08, (300, 2)) + [1, 0], 3)
    noise = r.normal(size=(300, 5))
    yield 'rectified', np.round(np.maximum(noise + r.normal(size=(4, 5))[r.integers(0, 4, 300)], 0), 2)
    yield 'coincident', np.tile([[.25, -1.5]], (40, 1))


def write_graph(out, x, d, kind, n, p, eps, min_samples, min_intersection):
    nearest = others(d)[:, 0]
    value = {'auto': knee(nearest), 'paper': first_knee(nearest)}.get(eps, eps)
    if eps == 'preset':
        n, p = 10, .5
        value = max(knee(nearest), np.quantile(others(d)[:, min_samples - 1], .75))
    nodes, edges = graph(x, d, kind, n, p, value, min_samples, min_intersection)
    print('graph', kind, n, p, eps, min_samples, min_intersection, file=out)
    print('eps', repr(float(value)), file=out)
    for i, c, members in nodes:
        print('node', i, c, *members, file=out)
    for edge in edges:
        print('edge', *edge, file=out)
    return nodes


def write_cloud(name, x):
    d = cdist(x, x)
    middle = float(np.quantile(others(d)[:, 4], .5))
    with open(os.path.join(HERE, name + '.txt'), 'w') as out:
        for row in x:
            print('point', *(repr(float(v)) for v in row), file=out)
        for kind in 'kepler', 'span':
            for n, p, eps, min_samples, min_intersection in ((10, .5, middle, 5, 1), (7, .3, middle * 1.5, 3, 2),
                                                             (12, .6, 'auto', 4, 1), (10, .5, 'paper', 3, 1),
                                                             (10, .5, 'preset', 5, 1)):
                write_graph(out, x, d, kind, n, p, eps, min_samples, min_intersection)


def write_knees():
    r = np.random.default_rng(21)
    with open(os.path.join(HERE, 'knees.txt'), 'w') as out:
        for t in range(60):
            n = int(r.integers(3, 120))
            values = (r.gamma(3, 1, n), r.exponential(1, n), np.r_[r.gamma(9, .1, n), r.uniform(5, 9, 1 + n // 20)],
                      r.integers(1, 30, n) * .25, np.full(n, 1.5), np.r_[r.gamma(3, 1, n), np.zeros(n)])[t % 6]
            values = np.round(values, 4)
            values = values if (values > 0).any() else values + 1
            print('knee', repr(float(knee(values))), repr(float(first_knee(values))), *values, file=out)


if __name__ == '__main__':
    for cloud in clouds():
        write_cloud(*cloud)
    write_knees()
