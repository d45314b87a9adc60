#!/usr/bin/python3
"""Makes decay.h5, a small activation file, and decay.txt, the Betti numbers of its images by GUDHI (make_betti.py).

Usage: make_decay.py        (needs python3-gudhi, python3-h5py, python3-numpy, python3-scipy)
Lines of decay.txt:  LAYER IMAGE ETA h0 h1 h2 c0 c1 c2 (half-open, closed); then  mean LAYER ETA LABEL β0 β1 β2
(half-open; LABEL -1: over images of a class, then over classes)
"""
import os
import sys

import h5py
import numpy as np
from scipy.ndimage import gaussian_filter

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'homology'))
from make_betti import betti, diagram  # noqa: E402

N = 23
LABELS = np.array([0, 1, 1, 3] * 6)[:N]  # none of class 2
LABELS[7] = -1
ETAS = (0., .5)

r = np.random.default_rng(3)
smooth = gaussian_filter(r.normal(size=(N, 6, 7, 8)), (0, 1, 1, 1))
layers = {
    'conv': ('NCHW', np.float16(smooth / smooth.std())),
    'relu': ('NCHW', np.float16(np.maximum(r.normal(size=(N, 4, 6, 5)), 0))),
    'last': ('NHWC', np.float32(r.integers(-1, 2, size=(N, 5, 4, 6)) / 2)),
    'logits': ('ND', np.float32(r.normal(size=(N, 9)))),
    'broken': ('NCHW', np.float32(r.normal(size=(N, 2, 3, 3)))),
}
layers['broken'][1][11, 1, 2, 0] = np.nan
layers['broken'][1][17, 0, 0, 0] = np.nan

with h5py.File(os.path.join(HERE, 'decay.h5'), 'w', libver='earliest') as file:
    file.attrs.update(format='nerve-activations', version=1, model='decay', dataset='random numbers', synthetic=1)
    file['labels'] = LABELS.astype(np.int32)
    file['class_names'] = ['a', 'b', 'c', 'd']
    for index, (name, (axes, values)) in enumerate(layers.items()):
        data = file.create_dataset('layers/' + name, data=values, chunks=(4, *values.shape[1:]), compression='gzip',
                                   shuffle=True)
        data.attrs.update(index=index, kind=name, axes=axes)

with open(os.path.join(HERE, 'decay.txt'), 'w', encoding='utf-8') as file:
    for name, (axes, values) in layers.items():
        if name == 'broken':
            continue
        values = np.moveaxis(values, -1, 1) if axes == 'NHWC' else values
        counts = {}
        for image in range(N):
            bars = diagram(values[image].astype(float).reshape((1, 1, -1) if axes == 'ND' else values[image].shape))
            for eta in ETAS:
                counts[image, eta] = betti(bars, eta)
                print(name, image, eta, *counts[image, eta], file=file)
        for eta in ETAS:
            means = {}
            for label in (0, 1, 3):
                means[label] = np.mean([counts[i, eta][:3] for i in range(N) if LABELS[i] == label], axis=0)
            means[-1] = np.mean(list(means.values()), axis=0)
            for label, mean in means.items():
                print('mean', name, eta, label, *[f'{v:.15g}' for v in mean], file=file)
