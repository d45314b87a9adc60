#!/usr/bin/python3
"""Makes cubical.txt: volumes and their persistence diagrams, V- and T-construction, by GUDHI.

Usage: make_cubical.py > cubical.txt        (needs python3-gudhi, python3-numpy, python3-scipy)
Lines:  volume NAME A B C TYPE / A*B*C values / v dimension birth death … / t dimension birth death …
"""
import gudhi
import numpy as np

from make_betti import diagram, print_volume, volumes


def top_cells(volume):
    flat = volume.squeeze() if volume.size > 1 else volume.reshape(1)
    complex_ = gudhi.CubicalComplex(dimensions=flat.shape, top_dimensional_cells=flat.flatten(order='F'))
    complex_.compute_persistence(homology_coeff_field=2, min_persistence=0)
    return [np.array(complex_.persistence_intervals_in_dimension(d)).reshape(-1, 2) for d in range(3)]


def main():
    for name, volume in volumes():
        volume = print_volume(name, volume)
        for letter, bars in ('v', diagram(volume)), ('t', top_cells(volume)):
            print(letter, *[f'{d} {b:.17g} {e:.17g}' for d in range(3) for b, e in bars[d] if b < e])


if __name__ == '__main__':
    main()
