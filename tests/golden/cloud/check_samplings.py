#!/usr/bin/python3
"""Whether every sampling of every tensor layer of a file gives the rows that NumPy chooses. By hand, some minutes.

    check_samplings.py FILE.h5 [SEED]
Runs build/app/nerve-cli (or $NERVE_CLI); needs python3-h5py and a file with masks.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

sys.dont_write_bytecode = True
from samplings import SAMPLINGS, choose, take  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
CLI = os.environ.get('NERVE_CLI', ROOT / 'build/app/nerve-cli')
FEW = ('top-norm', 'foreground', 'background')  # those that take k positions


def ask_nerve(path, layer, sampling, k, seed, folder):
    """Image, position and values of each row."""
    cloud, origins = folder / 'cloud.npy', folder / 'points.csv'
    subprocess.run([CLI, 'cloud', path, '--layer', layer, '--sampling', sampling, '--positions', str(k), '--seed',
                    str(seed), '-o', cloud, '--points', origins], check=True)
    with open(origins) as lines:
        fields = [line.split(',') for line in lines][1:]
    images = np.array([int(field[1]) for field in fields])
    places = np.array([[int(part) if part else -1 for part in field[2:4]] for field in fields])
    return images, places, np.load(cloud)


def main():
    path, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    wrong = checked = 0
    with h5py.File(path) as file, tempfile.TemporaryDirectory() as folder:
        masks = file['masks'][:]
        layers = sorted(file['layers'], key=lambda name: file['layers'][name].attrs['index'])
        for layer in [name for name in layers if file['layers'][name].ndim == 4]:
            x = file['layers'][layer][:].astype(float)
            for sampling, k in [(name, k) for name in SAMPLINGS for k in ((1, 5) if name in FEW else (1,))]:
                images, places, points = ask_nerve(path, layer, sampling, k, seed, pathlib.Path(folder))
                wanted, positions = choose(sampling, x, masks, k, seed)
                width = x.shape[3]
                i, j = np.divmod(positions, width) if positions.max() >= 0 else (positions, positions)
                values = take(sampling, x, wanted, positions)
                same = np.array_equal(images, wanted) and np.array_equal(places, np.stack([i, j], axis=1))
                # A mean is summed in another order; all else is equal to the last bit.
                same = same and np.allclose(points, values, rtol=1e-12 if sampling == 'pool-mean' else 0, atol=0)
                wrong, checked = wrong + (not same), checked + 1
                print(f'{layer:8} {sampling:10} k={k} {len(images):7} rows {"equal" if same else "DIFFER"}', flush=True)
    print(f'{checked - wrong} of {checked} equal')
    sys.exit(wrong > 0)


if __name__ == '__main__':
    main()
