#!/usr/bin/python3
"""Makes session.h5, a small activation file of shapes and a made-up network: 80 pictures, 4 classes, 5 layers.

Nothing in it was trained. Each layer is a fixed random convolution of the one before, blended more and more with
directions given to the superclass and, later, to the class of each picture: so superclasses part before classes do. A
few pictures lean towards another class of their superclass, and are predicted as such.

Usage: make_session.py session.h5
Needs python3-numpy and python3-h5py. The same seed gives the same values; the pictures are free (CC0-1.0).
"""
import sys

import h5py
import numpy as np

SIZE = 24        # of a picture
FINE = 4         # sub-pixels a side, for smooth edges
GREYS = 32       # few, so that the file stays small

SUPERCLASSES = ('round', 'cornered')
CLASSES = (('disc', 0), ('ring', 0), ('square', 1), ('triangle', 1))
PICTURES = 80

# Layer: kind, channels, halved?, weight of the superclass, weight of the class.
NETWORK = (
    ('stem', 'conv', 4, True, .1, .0),
    ('block', 'block', 8, True, .7, .5),
)


def outline(name, x, y):
    """Where the shape is, on coordinates in which it reaches from about -1 to 1."""
    radius = np.hypot(x, y)
    if name == 'disc':
        return radius < .85
    if name == 'ring':
        return (radius < .95) & (radius > .55)
    if name == 'square':
        return np.maximum(abs(x), abs(y)) < .75
    return (y < .6) & (abs(x) < (y + .95) * .6)


def draw(name, random):
    """A picture and its mask, 0 to 1."""
    at = (np.arange(SIZE * FINE) + .5) / FINE
    y, x = np.meshgrid(at, at, indexing='ij')
    scale = random.uniform(6.5, 9.5)
    turn = random.normal(0, .25)
    x, y = (x - SIZE / 2 - random.normal(0, 1.2)) / scale, (y - SIZE / 2 - random.normal(0, 1.2)) / scale
    x, y = np.cos(turn) * x + np.sin(turn) * y, np.cos(turn) * y - np.sin(turn) * x
    cover = outline(name, x, y).reshape(SIZE, FINE, SIZE, FINE).mean(axis=(1, 3))
    ground, ink = random.uniform(.02, .2), random.uniform(.65, 1)
    picture = ground + (ink - ground) * cover + random.normal(0, .012, cover.shape)
    return np.clip(picture, 0, 1), cover >= .5


def shrink(maps, side):
    n, channels, height, width = maps.shape
    return maps.reshape(n, channels, side, height // side, side, width // side).mean(axis=(3, 5))


def convolve(maps, weights):
    """3 × 3, zeros around."""
    height, width = maps.shape[2:]
    padded = np.pad(maps, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return sum(np.einsum('ncij,kc->nkij', padded[:, :, i:i + height, j:j + width], weights[:, :, i, j])
               for i in range(3) for j in range(3))


def normalize(maps):
    return (maps - maps.mean(axis=(0, 2, 3), keepdims=True)) / maps.std(axis=(0, 2, 3), keepdims=True)


def directions(n, channels, random):
    """n rows, well apart, of different lengths: the lens of the mapper is a length."""
    rows = np.abs(random.normal(size=(n, channels))) * (random.random((n, channels)) < .5)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    return rows * np.linspace(.7, 1.4, n)[random.permutation(n), None] * np.sqrt(channels)


def run(pictures, masks, classes, superclass, lean, random):
    """Tensors by layer. lean: (class each picture leans to, how much)."""
    tensors, maps = {}, pictures[:, None]
    strength = random.normal(1, .16, (len(pictures), 1))
    for name, kind, channels, halved, of_superclass, of_class in NETWORK:
        maps = convolve(maps, random.normal(size=(channels, maps.shape[1], 3, 3)) / np.sqrt(9 * maps.shape[1]))
        if halved:
            maps = shrink(maps, maps.shape[2] // 2)
        maps = normalize(maps)
        here = .4 + .6 * shrink(masks[:, None].astype(float), maps.shape[2])
        groups = directions(superclass.max() + 1, channels, random)
        singles = directions(len(superclass), channels, random)
        signal = of_superclass * groups[superclass[classes]]
        signal += of_class * ((1 - lean[1]) * singles[classes] + lean[1] * singles[lean[0]])
        own = 1 - .75 * max(of_superclass, of_class)
        maps = np.maximum(own * maps + (strength * signal)[:, :, None, None] * here, 0)
        # Seven bits of mantissa are enough for a made-up network, and pack twice as well.
        maps = (maps.astype(np.float16).view(np.uint16) & 0xfff8).view(np.float16).astype(float)
        tensors[name] = (kind, maps)
    return tensors


def choose_leanings(classes, superclass, random):
    """One picture in twelve leans to another class of its superclass."""
    target, weight = classes.copy(), np.zeros((len(classes), 1))
    for image in np.flatnonzero(random.random(len(classes)) < 1 / 12):
        others = np.flatnonzero((superclass == superclass[classes[image]]) & (np.arange(len(superclass)) !=
                                                                              classes[image]))
        target[image], weight[image] = random.choice(others), random.uniform(.3, .8)
    return target, weight


def get_logits(pooled, classes):
    """A ridge regression onto the classes: the one thing that is fitted."""
    x = np.c_[pooled / pooled.std(), np.ones(len(pooled))]
    y = np.eye(classes.max() + 1)[classes] * 8 - 1
    return x @ np.linalg.solve(x.T @ x + np.eye(x.shape[1]), x.T @ y)


def write(path, layers, classes, names, superclass, superclass_names, pictures, masks):
    with h5py.File(path, 'w', libver='earliest') as file:
        packed = {'compression': 'gzip', 'compression_opts': 9, 'shuffle': True}
        predictions = layers[-1][2].argmax(axis=1)
        accuracy = round(float((predictions == classes).mean()), 4)
        file.attrs.update(format='nerve-activations', version=1, model='synthetic', dataset='synthetic shapes',
                          synthetic=1, licence='CC0-1.0', test_accuracy=accuracy,
                          source='tests/golden/make_session.py: drawn shapes, a made-up network, no training')
        for index, (name, kind, values) in enumerate(layers):
            rows = max(1, min(len(values), 2**16 // values[0].size))
            data = file.create_dataset('layers/' + name, data=values, chunks=(rows, *values.shape[1:]), **packed)
            data.attrs.update(index=index, kind=kind, axes='NCHW' if values.ndim == 4 else 'ND')
        file['labels'] = classes.astype(np.int32)
        file['class_names'] = list(names)
        file['superclass'] = superclass.astype(np.int32)
        file['superclass_names'] = list(superclass_names)
        file['predictions'] = predictions.astype(np.int32)
        file.create_dataset('images', data=np.uint8(np.round(pictures * 255)), chunks=(64, SIZE, SIZE), **packed)
        file.create_dataset('masks', data=np.uint8(masks), chunks=(64, SIZE, SIZE), **packed)
        file['sample_ids'] = [f'{names[c]}-{i:03d}' for i, c in enumerate(classes)]


def main():
    names, superclass = [name for name, _ in CLASSES], np.array([group for _, group in CLASSES])
    random = np.random.default_rng(24)
    classes = random.permutation(np.arange(PICTURES) % len(names))
    drawn = [draw(names[c], random) for c in classes]
    pictures = np.round(np.array([picture for picture, _ in drawn]) * GREYS) / GREYS
    masks = np.array([mask for _, mask in drawn])

    lean = choose_leanings(classes, superclass, random)
    tensors = run(pictures, masks, classes, superclass, lean, random)
    pooled = np.float32(list(tensors.values())[-1][1].mean(axis=(2, 3)))
    layers = [('input', 'input', np.float16(pictures[:, None]))]
    layers += [(name, kind, np.float16(maps)) for name, (kind, maps) in tensors.items()]
    layers += [('global_pool', 'pool', pooled), ('logits', 'linear', np.float32(get_logits(pooled, classes)))]
    write(sys.argv[1], layers, classes, names, superclass, SUPERCLASSES, pictures, masks)


if __name__ == '__main__':
    main()
