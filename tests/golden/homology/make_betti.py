#!/usr/bin/python3
"""Makes betti.txt: volumes and their Betti numbers at thresholds, both counts, by GUDHI.

GUDHI 3.7 knows cubical complexes by their top cells only. The V-construction of an n-grid is brought to it on the
(2n - 1)-grid of all its cells: each cell becomes a voxel whose value is the largest of its vertices, and touching
voxels always have a common face of their cells between them, so that sublevel sets are homotopy equivalent.

Usage: make_betti.py > betti.txt        (needs python3-gudhi, python3-numpy, python3-scipy)
Lines:  volume NAME A B C / A*B*C values / eta X h0 h1 h2 c0 c1 c2 (half-open, closed) …
"""
import gudhi
import numpy as np
from scipy.ndimage import gaussian_filter


def diagram(volume):
    cells = np.full([2 * n - 1 for n in volume.shape], -np.inf)
    cells[::2, ::2, ::2] = volume
    for axis in range(3):
        low = [slice(None)] * 3
        low[axis] = slice(0, -1, 2)
        high, odd = list(low), list(low)
        high[axis], odd[axis] = slice(2, None, 2), slice(1, None, 2)
        cells[tuple(odd)] = np.maximum(cells[tuple(low)], cells[tuple(high)])
    complex_ = gudhi.CubicalComplex(dimensions=cells.shape, top_dimensional_cells=cells.flatten(order='F'))
    complex_.compute_persistence(homology_coeff_field=2, min_persistence=0)
    return [np.array(complex_.persistence_intervals_in_dimension(d)).reshape(-1, 2) for d in range(3)]


def betti(bars, eta):
    half_open = [int(((b[:, 0] <= eta) & (eta < b[:, 1])).sum()) for b in bars]
    closed = [int(((b[:, 0] <= eta) & (eta <= b[:, 1]) & (b[:, 0] < b[:, 1])).sum()) for b in bars]
    return half_open + closed


def volumes():
    r = np.random.default_rng(20)

    def normal(*shape):
        return np.round(r.normal(size=shape) * 256) / 256

    def smooth(sigma, *shape):
        v = gaussian_filter(r.normal(size=shape), sigma)
        return np.round(v / v.std() * 256) / 256

    yield 'noise', normal(7, 6, 8)
    yield 'noise along words', normal(3, 4, 70)
    yield 'noise across words', normal(67, 3, 4)
    yield 'noise between words', normal(3, 66, 4)
    yield 'smooth', smooth(1, 8, 9, 9)
    yield 'smoother', smooth(2, 10, 10, 9)
    yield 'three values', r.integers(-1, 2, size=(7, 7, 7)).astype(float)
    yield 'five values', r.integers(0, 5, size=(6, 8, 7)).astype(float)
    yield 'smooth, rounded', np.round(smooth(1, 8, 8, 8) * 2)
    yield 'rectified noise', np.maximum(normal(6, 7, 7), 0)
    yield 'rectified, shifted', np.maximum(smooth(1, 6, 8, 8), 0) - .25
    flat = normal(7, 7, 8)
    flat[np.abs(flat) < .6] = 0
    yield 'flat in the middle', flat
    t = r.random((8, 8, 8))
    yield 'a web in a web', np.where(t < .4, -1., np.where(t < .9, 0, 1))
    yield 'one value', np.full((3, 4, 5), .5)
    yield 'one thick', normal(1, 9, 11)
    yield 'one thick, tied', r.integers(0, 3, size=(9, 1, 11)).astype(float)
    yield 'one thick, across', r.integers(0, 3, size=(9, 11, 1)).astype(float)
    yield 'two thick, tied', r.integers(0, 3, size=(2, 9, 9)).astype(float)
    yield 'a line', normal(1, 1, 40)
    yield 'a tied line', r.integers(0, 3, size=(40, 1, 1)).astype(float)
    yield 'one voxel', np.full((1, 1, 1), .5)
    shell = np.ones((5, 5, 5))
    shell[1:4, 1:4, 1:4] = 0
    shell[2, 2, 2] = 2
    yield 'a shell', shell


def main():
    for name, volume in volumes():
        print('volume', name.replace(' ', '_'), *volume.shape)
        print(*[f'{x:.9g}' for x in volume.flat])
        bars = diagram(volume)
        values = np.unique(volume)
        etas = set(values[np.linspace(0, len(values) - 1, min(len(values), 4)).astype(int)])
        etas |= {values[0] - 1, 0., .5, float(np.quantile(volume, .3)), values[-1] + 1}
        if 0 < len(values) <= 5:
            etas |= set(values)
        for eta in sorted(etas):
            print('eta', f'{eta:.17g}', *betti(bars, eta))


if __name__ == '__main__':
    main()
