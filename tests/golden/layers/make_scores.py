#!/usr/bin/python3
"""Makes scores.txt: decay curves and their scores, by scikit-learn and NumPy.

The curves are Ω = β0 + β1 + β2, mean over images, then over classes, of the Betti numbers that P2's authors published
for ImageNet networks on CIFAR-10 (arrays [class, image, layer, dimension]); their θ stand in SCIENCE §4. A few made-up
ones follow.

Usage: make_scores.py FOLDER-OF-ARRAYS > scores.txt        (needs python3-sklearn, python3-numpy)
Lines:  curve NAME / omega … / layers θ log-slope area first/last / unit θ log-slope area first/last
"""
import sys

import numpy as np
from sklearn.linear_model import Ridge


def scores(x, omega):
    y = omega / np.linalg.norm(omega)
    c = Ridge(alpha=1e-3, solver='svd').fit(np.c_[x, x**2, x**3], y).coef_
    slope = np.polyfit(x, np.log(omega), 1)[0] if (omega > 0).all() else np.nan
    return c[0] + c[1] / 2 + c[2] / 2, slope, np.trapz(y, x), np.divide(omega[0], omega[-1])


curves = {}
for model in ('vgg16', 'resnet18', 'resnet50', 'mobilet', 'densenet121'):
    curves[model] = np.load(f'{sys.argv[1]}/{model}.npy').mean(axis=1).mean(axis=0).sum(axis=1)
curves['two_layers'] = np.array([3., 1.])
curves['three_layers'] = np.array([5., 1., 2.])
curves['constant'] = np.full(6, 2.5)
curves['zero_in_the_middle'] = np.array([4., 0., 1., 2.])
curves['forty_layers'] = np.round(1000 * np.exp(-np.arange(40) / 9), 3)

for name, omega in curves.items():
    print('curve', name)
    print('omega', *[repr(float(v)) for v in omega])
    print('layers', *[repr(float(v)) for v in scores(np.arange(1., len(omega) + 1), omega)])
    print('unit', *[repr(float(v)) for v in scores(np.linspace(0, 1, len(omega)), omega)])
