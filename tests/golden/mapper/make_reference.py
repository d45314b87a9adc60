#!/usr/bin/python3
"""Makes reference-NAME.txt: mapper graphs of small clouds with every cover, clusterer and two lenses, lens values, and
the pieces of the adaptive cover, by NumPy, SciPy and scikit-learn.

Usage: make_reference.py   (writes beside itself; NumPy, SciPy, scikit-learn)

"point X Y …" lines, then
"lens NAME:NUMBER VALUE…"           one value a point
"normal STATISTIC M1 M2 S1 S2"      scipy.stats.anderson() and sklearn's mixture of the l2 lens
"graph PARAMETER=VALUE …"           followed by "node CELL CLUSTER MEMBER…" and "edge SOURCE TARGET SHARED" in order
"""
import os

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import cdist, pdist
from scipy.stats import anderson
from sklearn.cluster import DBSCAN
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture

HERE = os.path.dirname(os.path.abspath(__file__))


def length(x):
    total = np.zeros(len(x))
    for k in range(x.shape[1]):
        total += x[:, k] * x[:, k]
    return np.sqrt(total)


def span(low, high, n, p):
    half = (high - low) / (2.0 * (n - (n - 1.0) * p))
    first = low + half
    step = ((high - half) - first) / (n - 1.0) if n > 1 else 0.0
    ends = [[first + i * step - half, first + i * step + half] for i in range(n)]
    ends[0][0], ends[-1][1] = low, high
    return ends


def adaptive(values):
    """Each round splits what the one before left; the pieces stand in their order."""
    pieces, changed = [(values[0], values[-1], False)], True
    while changed:
        changed, following = False, []
        for a, b, whole in pieces:
            own = values[(values >= a) & (values <= b)]
            if whole or len(own) < 2 or own[0] == own[-1] or anderson(own).statistic <= 10:
                following.append((a, b, True))
                continue
            _, m1, m2, s1, s2 = normal(own)
            width = 1.1 * (m2 - m1) / (s1 + s2)
            following += [(a, min(m1 + width * s1, m2), False), (max(m2 - width * s2, m1), b, False)]
            changed = True
        pieces = following
    return [(a, b) for a, b, _ in pieces]


def cover(kind, lens, n, p):
    low, high = lens.min(), lens.max()
    if low == high:
        return [(low, high)]
    if kind == 'adaptive':
        return adaptive(np.sort(lens))
    if kind == 'kepler':
        half = (high - low) / (2.0 * n * (1.0 - p))
        return [(low + (i + .5) * (high - low) / n - half, low + (i + .5) * (high - low) / n + half) for i in range(n)]
    if kind == 'span':
        return span(low, high, n, p)
    values = np.sort(lens)
    ranks = [(max(int(np.ceil(a)), 0), min(int(np.floor(b)), len(values) - 1))
             for a, b in span(0.0, len(values) - 1.0, n, p)]
    return [(values[a], values[b]) if a <= b else (np.inf, -np.inf) for a, b in ranks]


def by_first(labels):
    """Numbered by first member."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def single(x, cut, eps, gap, bins):
    if len(x) == 1:
        return np.zeros(1, int)
    z = linkage(pdist(x), 'single')
    h = z[:, 2]
    if cut == 'eps':
        n = np.sum(h <= eps)
    elif cut == 'first-gap':
        found = np.flatnonzero((np.diff(h) >= gap * h[-1]) & (np.diff(h) > 0))
        n = found[0] + 1 if len(found) else len(h)
    else:
        n = len(h)
        if h[-1] > h[0]:
            bin_of = np.minimum(((h - h[0]) * bins / (h[-1] - h[0])).astype(int), bins - 1)
            found = np.flatnonzero(np.diff(bin_of) > 1)
            n = found[0] + 1 if len(found) else len(h)
    return by_first(fcluster(z, h[n - 1] if n else -1.0, 'distance'))


def cells(lenses, kind, n, p):
    covers = [cover(kind, lens, n, p) for lens in lenses]
    inside = [[(lens >= a) & (lens <= b) for a, b in c] for lens, c in zip(lenses, covers)]
    if len(lenses) == 1:
        return inside[0]
    return [a & b for a in inside[0] for b in inside[1]]


def balls(d, eps):
    """Each point that no earlier ball holds is the centre of one."""
    held, nodes = np.zeros(len(d), bool), []
    for point in range(len(d)):
        if not held[point]:
            nodes.append((len(nodes), 0, np.flatnonzero(d[point] <= eps)))
            held |= d[point] <= eps
    return nodes


def graph(x, d, lenses, o):
    nodes, edges = balls(d, o['eps']) if o['cover'] == 'ball' else [], []
    for i, inside in enumerate([] if nodes else cells(lenses, o['cover'], o.get('intervals'), o.get('overlap'))):
        rows = np.flatnonzero(inside)
        if o.get('clusterer') == 'single-linkage':
            if len(rows) == 0:
                continue
            labels = single(x[rows], o['cut'], o['eps'], o['gap'], o['bins'])
        else:
            if len(rows) < o['min-samples']:
                continue
            labels = DBSCAN(eps=o['eps'], min_samples=o['min-samples'],
                            metric='precomputed').fit(d[np.ix_(rows, rows)]).labels_
        nodes += [(i, c, rows[labels == c]) for c in range(labels.max() + 1)]
    if o.get('merge'):
        seen, kept = set(), []
        for node in nodes:
            if tuple(node[2]) not in seen:
                kept.append(node)
            seen.add(tuple(node[2]))
        nodes = kept
    for i in range(len(nodes)):
        for j in range(i + 1, len(nodes)):
            shared = len(np.intersect1d(nodes[i][2], nodes[j][2]))
            if shared >= o.get('min-intersection', 1):
                edges.append((i, j, shared))
    return nodes, edges


def clouds():
    r = np.random.default_rng(30)
    t = np.linspace(0, 9, 120)
    yield 'spiral', np.round((np.linspace(1, 9, 120) * [np.cos(t), np.sin(t)]).T + r.normal(0, .1, (120, 2)), 3)
    yield 'grid', np.array([(i, j) for i in range(11) for j in range(11)], float)[r.permutation(121)]
    yield 'twins', np.repeat(np.round(r.normal(size=(40, 3)), 2), 3, axis=0)[r.permutation(120)]
    yield 'ends', np.round(np.c_[np.r_[r.normal(0, .4, 50), r.normal(3, .4, 50), r.uniform(.8, 2.2, 20)],
                                 5 + r.normal(0, .2, 120)], 2)[r.permutation(120)]
    yield 'islands', np.round(1e5 * r.integers(0, 4, size=(120, 1)) + r.normal(size=(120, 3)), 3)
    yield 'shifted', 1e8 + np.round(r.normal(size=(120, 2)) + 3 * r.integers(0, 2, (120, 1)), 2)
    yield 'wide', np.round(r.normal(size=(120, 40)) + 2 * r.normal(size=(3, 40))[r.integers(0, 3, 120)], 2)
    yield 'sparse', np.round(np.maximum(r.normal(size=(120, 12)) - 1, 0), 2)
    yield 'line', np.round(r.exponential(1, (120, 1)), 2)
    yield 'levels', np.round(np.r_[r.normal(2, .2, (160, 2)), r.normal(5, .3, (120, 2)), r.normal(9, .2, (90, 2))], 2)[
        r.permutation(370)]


def runs(x, d):
    others = np.sort(d + np.diag(np.full(len(x), np.inf)), axis=1)
    middle = float(np.quantile(others[:, 3], .6)) or 1.
    second = 'coordinate' if x.shape[1] > 1 else 'l1'
    for kind in 'kepler', 'span':
        yield dict(cover=kind, intervals=8, overlap=.4, eps=middle, **{'min-samples': 4})
        yield dict(cover=kind, intervals=15, overlap=.7, eps=middle * .8, **{'min-samples': 2, 'min-intersection': 3})
    yield dict(cover='balanced', intervals=6, overlap=.3, eps=middle, **{'min-samples': 3})
    yield dict(cover='balanced', intervals=9, overlap=.6, eps=middle * 1.4, merge='true', **{'min-samples': 3})
    for kind in 'kepler', 'balanced':
        yield dict(cover=kind, intervals=4, overlap=.4, eps=middle * 1.2,
                   **{'second-lens': second, 'second-number': 1 if second == 'coordinate' else -1, 'min-samples': 3})
    for scale in .7, 1.6:
        yield dict(cover='ball', eps=middle * scale)
    yield dict(cover='adaptive', eps=middle, **{'min-samples': 3})
    for cut in 'eps', 'first-gap', 'histogram-gap':
        yield dict(cover='span', intervals=5, overlap=.3, eps=middle, clusterer='single-linkage', cut=cut, gap=.2,
                   bins=8)


def lenses(x, d):
    others = np.sort(d + np.diag(np.full(len(x), np.inf)), axis=1)
    n = len(x)
    for axis in range(min(2, x.shape[1])):
        fit = PCA(svd_solver='full').fit(x)
        v = fit.components_[axis]
        # An axis as good as another has no reference.
        near = fit.explained_variance_[max(axis - 1, 0):axis + 2]
        if (near[:-1] < 1.05 * near[1:]).any():
            continue
        yield f'pca{axis + 1}', (x - x.mean(0)) @ (v * np.sign(v[np.argmax(np.abs(v))]))
    yield 'coordinate:0', x[:, 0]
    yield 'knn:3', others[:, 2]
    yield 'dtm:6', np.sqrt((others[:, :5] ** 2).sum(1) / 6)
    yield 'eccentricity:0', d.max(1)
    yield 'eccentricity:1', d.mean(1)
    yield 'eccentricity:3', (d ** 3).mean(1) ** (1 / 3)
    h = np.median(others[:, 6])
    if h > 0:
        yield 'density:7', np.exp(-.5 * (d / h) ** 2).mean(1)


def normal(values):
    values = np.sort(values)
    halves = values[:len(values) // 2], values[len(values) // 2:]
    fit = GaussianMixture(2, weights_init=[len(h) / len(values) for h in halves], max_iter=100,
                          means_init=[[h.mean()] for h in halves],
                          precisions_init=[[[1 / (h.var() + 1e-6)]] for h in halves]).fit(values[:, None])
    order = np.argsort(fit.means_[:, 0])
    return [anderson(values).statistic, *fit.means_[order, 0], *np.sqrt(fit.covariances_[order, 0, 0])]


def write(name, x):
    d = cdist(x, x)
    with open(os.path.join(HERE, f'reference-{name}.txt'), 'w') as out:
        for row in x:
            print('point', *(repr(float(v)) for v in row), file=out)
        for lens, values in lenses(x, d):
            print('lens', lens, *(f'{v:.10g}' for v in values), file=out)
        if name in ('spiral', 'wide', 'line', 'sparse', 'levels'):
            print('normal', *(f'{v:.10g}' for v in normal(length(x))), file=out)
        for o in runs(x, d):
            values = [length(x)]
            if 'second-lens' in o:
                values.append(x[:, 1] if o['second-lens'] == 'coordinate' else np.abs(x).sum(1))
            nodes, edges = graph(x, d, values, o)
            print('graph', *(f'{k}={v!r}'.replace("'", '') for k, v in o.items() if v != -1), file=out)
            for i, c, members in nodes:
                print('node', i, c, *members, file=out)
            for edge in edges:
                print('edge', *edge, file=out)


if __name__ == '__main__':
    for cloud in clouds():
        write(*cloud)
