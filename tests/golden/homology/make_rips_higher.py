#!/usr/bin/python3
"""Makes rips-higher.txt: matrices of distances and the bars of their Rips filtrations in dimensions 0 to 2, by GUDHI.

Usage: make_rips_higher.py > rips-higher.txt        (needs python3-gudhi, python3-numpy)
Lines:  as in rips.txt (make_rips.py)
"""
import itertools

import gudhi
import numpy as np

INF = np.inf


def text(value):
    return 'inf' if np.isinf(value) else f'{value:.6g}'


def rounded(matrix):
    return np.array([[float(text(value)) for value in row] for row in matrix])


def distances(points, norm=None):
    points = np.asarray(points, float)
    return rounded(np.linalg.norm(points[:, None] - points[None], axis=2, ord=norm))


def cosine(points):
    unit = points / np.linalg.norm(points, axis=1, keepdims=True)
    matrix = rounded(1 - unit @ unit.T)
    np.fill_diagonal(matrix, 0)
    return np.maximum(matrix, matrix.T)


def bars(matrix, threshold):
    finite = matrix[np.isfinite(matrix)]
    length = min(threshold, finite.max() if finite.size else 0)
    tree = gudhi.RipsComplex(distance_matrix=matrix, max_edge_length=length).create_simplex_tree(max_dimension=3)
    tree.compute_persistence(homology_coeff_field=2, min_persistence=0, persistence_dim_max=True)
    return sorted((d, b, e) for d in (0, 1, 2) for b, e in tree.persistence_intervals_in_dimension(d))


def sphere(n, r):
    points = r.normal(size=(n, 3))
    return points / np.linalg.norm(points, axis=1, keepdims=True)


def rtd(n, draw):
    first, second = (distances(draw((n, 3))) for _ in range(2))
    return np.block([[np.zeros((n, n)), first.T], [first, np.minimum(first, second)]])


def clouds():
    r = np.random.default_rng(31)
    ball = sphere(26, r)
    yield 'sphere', distances(ball), INF
    yield 'sphere-open', distances(ball), 1.3
    yield 'sphere-sum', distances(ball, 1), INF
    yield 'sphere-largest', distances(ball, INF), INF
    yield 'sphere-cosine', cosine(ball), INF
    yield 'gaussian3', distances(r.normal(size=(26, 3))), INF
    yield 'gaussian8', distances(r.normal(size=(24, 8))), INF
    angle = r.uniform(0, 2 * np.pi, (2, 28))
    torus = np.c_[(2 + np.cos(angle[1])) * np.cos(angle[0]), (2 + np.cos(angle[1])) * np.sin(angle[0]),
                  np.sin(angle[1])]
    yield 'torus', distances(torus), INF
    grid = [point for point in itertools.product(range(3), repeat=3) if point != (1, 1, 1)]
    yield 'hollow-cube', distances(grid), INF
    yield 'hollow-cube-sum', distances(grid, 1), INF
    yield 'hollow-cube-below-tie', distances(grid), 1.41420
    yield 'hollow-cube-at-tie', distances(grid), 1.41421
    yield 'hollow-cube-above-tie', distances(grid), 1.41422
    octahedron = np.r_[np.eye(3), -np.eye(3)]
    yield 'octahedron', distances(octahedron), INF
    yield 'octahedron-twice', distances(np.r_[octahedron, octahedron, 3 + octahedron]), INF
    yield 'coincident', np.zeros((7, 7)), INF
    yield 'equal', 2 * (1 - np.eye(9)), INF
    yield 'rtd', rtd(12, lambda size: r.normal(size=size)), INF
    few = r.integers(1, 4, (20, 20)).astype(float)
    few = np.triu(few, 1) + np.triu(few, 1).T
    yield 'few-values', few, INF
    few = np.where((r.uniform(size=few.shape) < .25), INF, few)
    few = np.minimum(np.triu(few, 1) + np.triu(few, 1).T, INF)
    yield 'few-values-and-gaps', few, INF
    split = distances(np.r_[sphere(14, r), sphere(14, r)])
    split[:14, 14:] = split[14:, :14] = INF
    yield 'two-parts', split, INF
    yield 'one', np.zeros((1, 1)), INF
    yield 'two', distances([[0], [3]]), INF
    # Added later: what stands above keeps its draws.
    r = np.random.default_rng(33)
    ties = rtd(13, lambda size: r.integers(0, 2, size).astype(float))
    yield 'rtd-tied', ties, INF
    for name, threshold in ('below', .999999), ('at', 1), ('above', 1.000001):
        yield f'rtd-tied-{name}-tie', ties, threshold
    yield 'few-values-and-gaps-at-2', few, 2
    yield 'gauss64', distances(r.normal(size=(20, 64))), INF


for name, matrix, threshold in clouds():
    print('cloud', name, len(matrix), 'auto' if np.isinf(threshold) else repr(float(threshold)))
    for i in range(1, len(matrix)):
        print(*(text(value) for value in matrix[i, :i]))
    for dimension, birth, death in bars(matrix, threshold):
        print('bar', dimension, text(birth), text(death))
