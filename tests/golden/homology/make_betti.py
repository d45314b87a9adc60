#!/usr/bin/python3
"""Makes betti.txt: volumes and their Betti numbers at thresholds, both counts, by GUDHI.

GUDHI 3.7 knows cubical complexes by their top cells only. The V-construction of an n-grid is brought to it on the
(2n - 1)-grid of all its cells: each cell becomes a voxel whose value is the largest of its vertices, and touching
voxels always have a common face of their cells between them, so that sublevel sets are homotopy equivalent.

Usage: make_betti.py > betti.txt        (needs python3-gudhi, python3-numpy, python3-scipy)
Lines:  volume NAME A B C TYPE / A*B*C values / eta X h0 h1 h2 c0 c1 c2 (half-open, closed) …
TYPE is the one that an .npy file of the volume holds without loss: f8, f2 or u1.
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

    r = np.random.default_rng(31)
    for shape in [(5, 5, 5), (4, 6, 7), (8, 3, 5), (2, 2, 9), (1, 8, 8), (12, 1, 9), (7, 10, 1), (6, 6, 6)]:
        for values in (2, 3, 6, 50):
            yield f'{values} values', r.integers(-2, values - 2, size=shape).astype(float)

    yield 'half precision', r.normal(size=(6, 7, 8)).astype(np.float16)
    yield 'half precision, rectified', np.maximum(gaussian_filter(r.normal(size=(7, 8, 8)), 1), 0).astype(np.float16)
    yield 'half precision, below normal', (r.normal(size=(5, 6, 6)) * 2e-7).astype(np.float16)
    yield 'half precision, large', (r.normal(size=(1, 9, 12)) * 2e4).astype(np.float16)
    yield 'bytes', r.integers(0, 256, size=(6, 6, 8)).astype(np.uint8)
    yield 'bytes, smooth', np.clip(gaussian_filter(r.normal(size=(7, 8, 8)), 1) * 200 + 128, 0, 255).astype(np.uint8)
    yield 'bytes, black and white', (r.integers(0, 2, size=(7, 6, 6)) * 255).astype(np.uint8)
    yield 'bytes, one thick', r.integers(0, 9, size=(14, 1, 11)).astype(np.uint8)
    yield 'one byte', np.full((1, 1, 1), 255, dtype=np.uint8)


def print_volume(name, volume):
    """The two lines of a volume; it, in double."""
    print('volume', name.replace(' ', '_'), *volume.shape, volume.dtype.str[1:])
    volume = volume.astype(float)
    print(*[f'{x:.9g}' if float(f'{x:.9g}') == x else repr(x) for x in volume.flat])
    return volume


def main():
    for name, volume in volumes():
        volume = print_volume(name, volume)
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
