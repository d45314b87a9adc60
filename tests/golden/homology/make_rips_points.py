#!/usr/bin/python3
"""Makes rips-points.txt: clouds of points, metrics, scalings, and the bars of their Rips filtrations, by GUDHI.

Usage: make_rips_points.py > rips-points.txt        (needs python3-gudhi, python3-scipy, python3-numpy)
Lines:  cloud NAME N D METRIC NEIGHBORS SCALE DIMENSION     (SCALE: none, median or q90 of all distances)
        N rows of D coordinates
        bar DIMENSION BIRTH DEATH …   (longer than 1e-9 only; sorted)
"""
import gudhi
import numpy as np
from scipy.sparse.csgraph import shortest_path
from scipy.spatial.distance import cdist

SCALES = {'none': None, 'median': .5, 'q90': .9}


def geodesic(points, k):
    """Hops in the graph that joins two points if either is among the other's k nearest, ties by index."""
    near = cdist(points, points)
    np.fill_diagonal(near, -1)
    graph = np.zeros_like(near)
    for i, row in enumerate(near):
        for j in np.argsort(row, kind='stable')[1:k + 1]:
            graph[i, j] = graph[j, i] = 1
    return shortest_path(graph, unweighted=True)


def cosine(points):
    norms = np.linalg.norm(points, axis=1)
    result = 1 - (points @ points.T) / np.where(np.outer(norms, norms) > 0, np.outer(norms, norms), 1)
    zero = norms == 0
    result[zero] = 1
    result[:, zero] = 1
    result[np.outer(zero, zero)] = 0
    np.fill_diagonal(result, 0)
    return np.maximum(np.maximum(result, result.T), 0)


def distances(points, metric, neighbors, scale):
    matrix = (geodesic(points, neighbors) if metric == 'geodesic' else cosine(points) if metric == 'cosine' else
              cdist(points, points, {'manhattan': 'cityblock'}.get(metric, metric)))
    if SCALES[scale] is not None:
        matrix = matrix / np.quantile(matrix[np.triu_indices(len(points), 1)], SCALES[scale])
    return matrix


def bars(matrix, dimension):
    finite = matrix[np.isfinite(matrix)]
    tree = gudhi.RipsComplex(distance_matrix=matrix, max_edge_length=finite.max()).create_simplex_tree(
        max_dimension=dimension + 1)
    tree.compute_persistence(homology_coeff_field=2, min_persistence=0, persistence_dim_max=True)
    return sorted((d, b, e) for d in range(dimension + 1) for b, e in tree.persistence_intervals_in_dimension(d)
                  if e - b > 1e-9)


def act(n, d, r):
    """Like activations: ten classes, of low rank, rectified."""
    centre = r.normal(size=(10, d)) * 1.2
    basis = r.normal(size=(24, d)) / np.sqrt(24) * (1 / np.arange(1, 25))[:, None] ** .5 * 2
    return np.maximum(centre[r.integers(0, 10, n)] + r.normal(size=(n, 24)) @ basis + .3 * r.normal(size=(n, d)), 0)


def shapes(r):
    u, v = r.uniform(0, 2 * np.pi, (2, 34))
    yield 'act', act(30, 40, r)
    yield 'gauss64', r.normal(size=(24, 64))
    yield 'circle', np.c_[np.cos(u), np.sin(u)] + r.normal(0, .1, (34, 2))
    yield 'torus', np.c_[(2 + np.cos(v)) * np.cos(u), (2 + np.cos(v)) * np.sin(u), np.sin(v)]
    yield 'klein', np.c_[(2 + np.cos(v)) * np.cos(u), (2 + np.cos(v)) * np.sin(u), np.sin(v) * np.cos(u / 2),
                         np.sin(v) * np.sin(u / 2)]
    q, s = np.linalg.qr(r.normal(size=(26, 3, 3)))
    yield 'o3', (q * np.sign(np.diagonal(s, axis1=1, axis2=2))[:, None, :]).reshape(26, 9)
    ball = r.normal(size=(26, 3))
    yield 'sphere', ball / np.linalg.norm(ball, axis=1, keepdims=True)
    yield 'ball8', r.normal(size=(20, 8))


def clouds():
    r = np.random.default_rng(60)
    metrics = 'euclidean', 'cosine', 'manhattan', 'chebyshev', 'geodesic'
    for place, (name, points) in enumerate(shapes(r)):
        points = np.round(points, 3)
        dimension = 2 if len(points) < 28 and name != 'gauss64' else 1
        yield name, points, 'euclidean', 14, 'none', dimension
        yield name, points, metrics[1 + place % 4], 3 + place % 3, 'none', dimension
        yield name, points, metrics[1 + (place + 1) % 4], 4, 'none', 1
    grid = r.integers(0, 4, (34, 3)).astype(float)
    for metric in metrics:
        yield 'grid-with-duplicates', grid, metric, 3, 'none', 1
    rectified = np.maximum(np.round(r.normal(-.6, 1, (30, 4)), 2), 0)
    yield 'zeros-and-duplicates', rectified, 'cosine', 14, 'none', 1
    yield 'zeros-and-duplicates', rectified, 'manhattan', 14, 'none', 2
    circle = np.round(next(shape for name, shape in shapes(r) if name == 'circle'), 3)
    yield 'circle', circle, 'euclidean', 14, 'median', 1
    yield 'circle', circle, 'cosine', 14, 'q90', 1
    apart = np.r_[circle[:15], 50 + circle[15:]]
    yield 'two-parts', apart, 'geodesic', 3, 'none', 1


for name, points, metric, neighbors, scale, dimension in clouds():
    print('cloud', name, *points.shape, metric, neighbors, scale, dimension)
    for row in points:
        print(*(f'{value:.3g}' if value == np.round(value) else f'{value:.3f}' for value in row))
    for d, birth, death in bars(distances(points, metric, neighbors, scale), dimension):
        print('bar', d, repr(float(birth)), repr(float(death)))
