#!/usr/bin/python3
"""Reference distances for tests/cloud: plain NumPy, one definition a line (SCIENCE §2)."""
import os
from collections import deque

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def geodesic(x, k):
    n = len(x)
    d = np.sqrt(((x[:, None] - x[None]) ** 2).sum(2))
    joined = np.zeros((n, n), bool)
    for i in range(n):
        others = [j for j in sorted(range(n), key=lambda j: (d[i, j], j)) if j != i][:k]
        joined[i, others] = joined[others, i] = True
    hops = np.full((n, n), np.inf)
    for i in range(n):
        hops[i, i] = 0
        queue = deque([i])
        while queue:
            a = queue.popleft()
            for b in np.flatnonzero(joined[a]):
                if np.isinf(hops[i, b]):
                    hops[i, b] = hops[i, a] + 1
                    queue.append(b)
    return hops


def maxmin(d, start, m):
    chosen = [start]
    while len(chosen) < m:
        nearest = d[:, chosen].min(1)
        nearest[chosen] = -1
        chosen.append(int(nearest.argmax()))
    return sorted(chosen)


def lower(matrix):
    return np.concatenate([matrix[i, :i] for i in range(1, len(matrix))])


def write(out, name, values):
    values = np.atleast_1d(np.asarray(values, float))
    print(name, values.size, file=out)
    print(*('%.17g' % v for v in values.ravel()), file=out)


def main():
    r = np.random.default_rng(3)
    x = r.normal(size=(37, 11))
    x[5] = 0
    x[9] = 0
    x[12] = x[30]
    x[20] = 3 * x[21]
    x[22] = -2 * x[21]
    grid = np.array([[i, j] for i in range(6) for j in range(5)], float)
    apart = np.concatenate([grid[:9], grid[:9] + 100, grid[:2] - 100])
    difference = x[:, None] - x[None]
    norms = np.linalg.norm(x, axis=1)
    with np.errstate(invalid='ignore', divide='ignore'):
        cosine = 1 - (x @ x.T) / np.outer(norms, norms)
    zero = norms == 0
    cosine[zero] = 1
    cosine[:, zero] = 1
    cosine[np.ix_(zero, zero)] = 0
    euclidean = np.sqrt((difference ** 2).sum(2))
    with open(os.path.join(HERE, 'metric.txt'), 'w') as out:
        write(out, 'points', x)
        write(out, 'euclidean', lower(euclidean))
        write(out, 'cosine', lower(cosine))
        write(out, 'manhattan', lower(np.abs(difference).sum(2)))
        write(out, 'chebyshev', lower(np.abs(difference).max(2)))
        write(out, 'geodesic3', lower(geodesic(x, 3)))
        write(out, 'grid', grid)
        write(out, 'grid-geodesic2', lower(geodesic(grid, 2)))
        write(out, 'apart', apart)
        write(out, 'apart-geodesic3', lower(geodesic(apart, 3)))
        quantiles = np.array([0, .1, .25, .5, 1 / 3, .75, .9, .999, 1])
        write(out, 'quantiles', quantiles)
        write(out, 'quantiles-euclidean', np.quantile(lower(euclidean), quantiles))
        write(out, 'maxmin-from-4', maxmin(euclidean, 4, 9))


if __name__ == '__main__':
    main()
