#!/usr/bin/python3
"""Makes summaries.txt: diagrams and what gudhi.representations makes of them.

Usage: make_summaries.py > summaries.txt      (needs python3-gudhi, python3-sklearn, python3-numpy)
Lines:  diagram NAME N
        N lines: birth death (inf: essential)
        grid LOWER UPPER COUNT
        betti …                       a number for each value of the grid
        landscape LEVEL …             GUDHI's, divided by √2
        silhouette POWER …            GUDHI's, divided by √2
        image BANDWIDTH POWER COLUMNS ROWS …   births over the grid, lengths from 0 to half of its extent
        entropy X
        total ORDER X
"""
import gudhi.representations as representations
import numpy as np

LEVELS = 4


def text(values):
    return ' '.join(repr(float(value)) for value in np.ravel(values))


def diagrams():
    r = np.random.default_rng(50)
    inf = np.inf
    yield 'one', np.array([[1., 3.]])
    yield 'essential', np.array([[0., 2.], [.5, inf], [1., 1.5]])
    yield 'ties', np.array([[0., 2.]] * 3 + [[1., 2.]] * 2 + [[1., 4.]])
    grid = np.sort(r.integers(0, 6, (30, 2)), axis=1).astype(float)
    grid[:, 1] += 1
    yield 'grid', grid
    for n in (5, 60, 300):
        birth = r.uniform(0, 1, n)
        yield f'random-{n}', np.c_[birth, birth + r.exponential(.3, n)]


for name, bars in diagrams():
    finite = bars[np.isfinite(bars[:, 1])]
    upper = 1.1 * finite.max()
    print('diagram', name, len(bars))
    for bar in bars:
        print(text(bar))
    grid = np.linspace(-.1, upper, 23)
    print('grid', text([grid[0], grid[-1]]), len(grid))
    print('betti', text(representations.BettiCurve(predefined_grid=grid)(bars)))
    landscape = representations.Landscape(num_landscapes=LEVELS, resolution=len(grid), sample_range=[grid[0], grid[-1]])
    for level, row in enumerate(landscape(finite).reshape(LEVELS, -1)):
        print('landscape', level + 1, text(row / np.sqrt(2)))
    for power in (0, 1, 2):
        weight = (lambda p: lambda bar: (bar[1] - bar[0]) ** p)(power)
        silhouette = representations.Silhouette(weight=weight, resolution=len(grid), sample_range=[grid[0], grid[-1]])
        print('silhouette', power, text(silhouette(finite) / np.sqrt(2)))
        weight = (lambda p: lambda bar: bar[1] ** p)(power)
        image = representations.PersistenceImage(bandwidth=.2, weight=weight, resolution=[7, 5],
                                                 im_range=[grid[0], grid[-1], 0, upper / 2])
        print('image', .2, power, 7, 5, text(image(finite)))
    print('entropy', text(representations.Entropy()(finite)))
    for order in (1, 2):
        print('total', order, text(np.sum((finite[:, 1] - finite[:, 0]) ** order)))
