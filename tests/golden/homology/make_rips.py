#!/usr/bin/python3
"""Makes rips.txt: matrices of distances and the bars of their Rips filtrations in dimensions 0 and 1, by GUDHI.

Usage: make_rips.py > rips.txt        (needs python3-gudhi, python3-numpy)
Lines:  cloud NAME N THRESHOLD        (auto: the enclosing radius)
        the lower triangle, row by row, six digits at most
        bar DIMENSION BIRTH DEATH …   (positive length only; sorted)
"""
import itertools

import gudhi
import numpy as np


def text(value):
    return 'inf' if np.isinf(value) else f'{value:.6g}'


def rounded(matrix):
    return np.array([[float(text(value)) for value in row] for row in matrix])


def distances(points, norm=None):
    points = np.asarray(points, float)
    return rounded(np.linalg.norm(points[:, None] - points[None], axis=2, ord=norm))


def bars(matrix, threshold):
    finite = matrix[np.isfinite(matrix)]
    # Above the enclosing radius nothing changes, so that no threshold is the independent check of it.
    length = min(threshold, finite.max() if finite.size else 0)
    tree = gudhi.RipsComplex(distance_matrix=matrix, max_edge_length=length).create_simplex_tree(max_dimension=2)
    # Without triangles loops are the highest dimension, which is left out unless asked for.
    tree.compute_persistence(homology_coeff_field=2, min_persistence=0, persistence_dim_max=True)
    return sorted((d, b, e) for d in (0, 1) for b, e in tree.persistence_intervals_in_dimension(d))


def circle(n, noise, r):
    angle = r.uniform(0, 2 * np.pi, n)
    return np.c_[np.cos(angle), np.sin(angle)] + r.normal(0, noise, (n, 2))


def rtd(first, second):
    """[[0, R1'], [R1, min (R1, R2)]], as representation topology divergence makes it (SCIENCE §3)."""
    return np.block([[np.zeros(first.shape), first.T], [first, np.minimum(first, second)]])


def rtd_normal(n, r):
    return rtd(*(distances(r.normal(size=(n, 3))) for _ in range(2)))


def rtd_grid(n, r):
    return rtd(*(distances(r.integers(0, 3, (n, 2))) for _ in range(2)))


def act(n, d, r):
    """Like activations: ten classes, of low rank, rectified."""
    centre = r.normal(size=(10, d)) * 1.2
    basis = r.normal(size=(24, d)) / np.sqrt(24) * (1 / np.arange(1, 25))[:, None] ** .5 * 2
    return np.maximum(centre[r.integers(0, 10, n)] + r.normal(size=(n, 24)) @ basis + .3 * r.normal(size=(n, d)), 0)


def hops(n, k, r):
    """Lengths of shortest paths in a graph of nearest neighbours; unreachable: inf."""
    near = distances(np.r_[r.normal(size=(n // 2, 2)), r.normal(9, 1, (n - n // 2, 2))])
    result = np.full((n, n), np.inf)
    for i in range(n):
        for j in np.argsort(near[i], kind='stable')[1:k + 1]:
            result[i, j] = result[j, i] = 1
    np.fill_diagonal(result, 0)
    for k in range(n):
        result = np.minimum(result, result[:, k:k + 1] + result[k:k + 1])
    return result


def clouds():
    r = np.random.default_rng(30)
    inf = np.inf
    grid = list(itertools.product(range(5), range(5)))

    yield 'one', np.zeros((1, 1)), inf
    yield 'two', distances([[0], [3]]), inf
    yield 'equal', 2 * (1 - np.eye(9)), inf
    yield 'coincident', np.zeros((7, 7)), inf
    yield 'gaussian2', distances(r.normal(size=(40, 2))), inf
    yield 'gaussian8', distances(r.normal(size=(36, 8))), inf
    circle_ = distances(circle(40, .05, r))
    yield 'circle', circle_, inf
    yield 'circle-open', circle_, 1.2
    yield 'square-grid', distances(grid), inf
    yield 'square-grid-sum', distances(grid, 1), inf
    yield 'square-grid-below-tie', distances(grid), .999999
    yield 'square-grid-at-tie', distances(grid), 1
    yield 'square-grid-above-tie', distances(grid), 1.000001
    yield 'cube-grid', distances(list(itertools.product(range(3), repeat=3))), inf
    yield 'hexagon', distances([[np.cos(t), np.sin(t)] for t in np.arange(6) * np.pi / 3]), inf
    yield 'duplicates', distances(np.repeat(circle(12, .02, r), 3, axis=0)), inf
    split = distances(circle(24, .02, r))
    split[:12, 12:] = split[12:, :12] = inf
    yield 'two-parts', split, inf
    ring = np.full((12, 12), inf)
    for i in range(12):
        ring[i, i], ring[i, i - 1], ring[i - 1, i] = 0, 1 + i % 3, 1 + i % 3
    yield 'ring-of-edges', ring, inf
    yield 'no-edges', np.where(np.eye(6) > 0, 0, inf), inf
    yield 'rtd', rtd_normal(12, r), inf
    yield 'hops', hops(40, 3, r), inf
    few = r.integers(1, 5, (26, 26)).astype(float)
    few = np.triu(few, 1) + np.triu(few, 1).T
    yield 'few-values', few, inf
    yield 'few-values-at-2', few, 2
    many = np.triu(r.uniform(1, 2, (30, 30)), 1)
    yield 'no-metric', rounded(many + many.T), inf
    bipartite = np.ones((14, 14)) + (np.add.outer(np.arange(14), np.arange(14)) % 2 == 0)
    np.fill_diagonal(bipartite, 0)
    yield 'bipartite', bipartite, inf
    # Added later: what stands above keeps its draws.
    r = np.random.default_rng(32)
    yield 'act512', distances(act(30, 512, r)), inf
    yield 'act2048', distances(act(24, 2048, r)), inf
    yield 'gauss512', distances(r.normal(size=(28, 512))), inf
    near = rtd_normal(13, r)
    yield 'rtd-open', near, np.round(np.quantile(near, .6), 2)
    ties = rtd_grid(14, r)
    yield 'rtd-tied', ties, inf
    for name, threshold in ('below', .999999), ('at', 1), ('above', 1.000001):
        yield f'rtd-tied-{name}-tie', ties, threshold
    gaps = np.where(r.uniform(size=few.shape) < .3, inf, few)
    gaps = np.minimum(np.triu(gaps, 1) + np.triu(gaps, 1).T, inf)
    yield 'few-values-and-gaps', gaps, inf
    yield 'few-values-and-gaps-at-3', gaps, 3


for name, matrix, threshold in clouds():
    print('cloud', name, len(matrix), 'auto' if np.isinf(threshold) else repr(float(threshold)))
    for i in range(1, len(matrix)):
        print(*(text(value) for value in matrix[i, :i]))
    for dimension, birth, death in bars(matrix, threshold):
        print('bar', dimension, text(birth), text(death))
