#!/usr/bin/python3
"""Makes cubical.txt: volumes and their persistence diagrams, V- and T-construction, by GUDHI.

Usage: make_cubical.py > cubical.txt        (needs python3-gudhi, python3-numpy, python3-scipy)
Lines:  volume NAME A B C / A*B*C values / v dimension birth death … / t dimension birth death …
"""
import gudhi
import numpy as np

from make_betti import diagram, volumes


def top_cells(volume):
    flat = volume.squeeze() if volume.size > 1 else volume.reshape(1)
    complex_ = gudhi.CubicalComplex(dimensions=flat.shape, top_dimensional_cells=flat.flatten(order='F'))
    complex_.compute_persistence(homology_coeff_field=2, min_persistence=0)
    return [np.array(complex_.persistence_intervals_in_dimension(d)).reshape(-1, 2) for d in range(3)]


def more():
    r = np.random.default_rng(31)
    for shape in [(5, 5, 5), (4, 6, 7), (8, 3, 5), (2, 2, 9), (1, 8, 8), (12, 1, 9), (7, 10, 1), (6, 6, 6)]:
        for values in (2, 3, 6, 50):
            yield f'{values} values', r.integers(-2, values - 2, size=shape).astype(float)


def main():
    for name, volume in [*volumes(), *more()]:
        print('volume', name.replace(' ', '_'), *volume.shape)
        print(*[f'{x:.9g}' for x in volume.flat])
        for letter, bars in ('v', diagram(volume)), ('t', top_cells(volume)):
            print(letter, *[f'{d} {b:.17g} {e:.17g}' for d in range(3) for b, e in bars[d] if b < e])


if __name__ == '__main__':
    main()
