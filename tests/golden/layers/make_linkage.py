#!/usr/bin/python3
"""Makes linkage.txt: average linkage and cophenetic correlations, by SciPy.

Usage: make_linkage.py > linkage.txt        (needs python3-scipy)
Lines:  matrix NAME n / d … (n × n) / merge a b height size, n − 1 times / heights … (n × n) / correlation with d /
        tree … (n numbers: the group of each leaf) / with_tree: correlation of the heights with 1 or 2 for one group or
        two / leaves: their order in SciPy's dendrogram
"""
import numpy as np
from scipy.cluster.hierarchy import cophenet, dendrogram, linkage
from scipy.spatial.distance import pdist, squareform


def write(name, condensed):
    square = squareform(condensed)
    n = len(square)
    z = linkage(condensed, 'average')
    print('matrix', name, n)
    print('d', *[repr(float(v)) for v in square.ravel()])
    for a, b, height, size in z:
        print('merge', int(a), int(b), repr(float(height)), int(size))
    heights = cophenet(z)
    print('heights', *[repr(float(v)) for v in squareform(heights).ravel()])
    print('correlation', repr(float(np.corrcoef(heights, condensed)[0, 1])))
    tree = np.arange(n) % 3
    apart = np.where(tree[:, None] == tree[None], 1., 2.)
    np.fill_diagonal(apart, 0)
    print('tree', *tree)
    print('with_tree', repr(float(np.corrcoef(heights, squareform(apart))[0, 1])))
    print('leaves', *dendrogram(z, no_plot=True)['leaves'])


random = np.random.default_rng(3)
write('four', pdist(random.normal(size=(4, 2))))
write('ten', pdist(random.normal(size=(10, 5))))
write('groups', pdist(np.arange(12)[:, None] % 3 * 10 + random.normal(size=(12, 3))))
write('twenty', pdist(random.normal(size=(20, 3))))
write('ties', pdist(random.integers(0, 3, size=(14, 2)), 'cityblock').astype(float))
write('a_line', pdist(np.arange(7.)[:, None]))
