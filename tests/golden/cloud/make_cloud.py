#!/usr/bin/python3
"""A small activation file, and what the samplings of SCIENCE §2 make of it in NumPy."""
import os
import sys

import h5py
import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from make_metric import write  # noqa: E402
from samplings import choose, get_weights  # noqa: E402

N, C, H, W = 12, 5, 4, 3


def main():
    r = np.random.default_rng(8)
    conv = r.normal(size=(N, C, H, W)).astype(np.float32)
    conv[2, :, 1, 1] = conv[2, :, 3, 0] = 9
    masks = (r.random((N, 7, 5)) < .4).astype(np.uint8)
    masks[3] = 0
    masks[4] = 1
    labels = np.arange(N) % 3
    labels[11] = -1
    broken = conv.copy()
    broken[7, 3, 0, 2] = np.nan
    broken[9, 1, 1, 1] = np.inf
    with h5py.File(os.path.join(HERE, 'cloud.h5'), 'w', libver='earliest') as f:
        f.attrs['format'] = 'nerve-activations'
        f.attrs['version'] = 1

        def layer(index, name, values, axes, kind, **attributes):
            d = f.create_dataset('layers/' + name, data=values, track_times=False)
            d.attrs.update(index=index, kind=kind, axes=axes, **attributes)

        layer(0, 'input', r.random((N, 1, 8, 6)).astype(np.float32), 'NCHW', 'input')
        layer(1, 'conv', conv, 'NCHW', 'conv')
        layer(2, 'last', conv.transpose(0, 2, 3, 1), 'NHWC', 'conv')
        layer(3, 'broken', broken, 'NCHW', 'conv')
        layer(4, 'drawn', conv[:, :, 0, 0], 'ND', 'conv', sampling='random-spatial', seed=3)
        layer(5, 'logits', conv[:, :, 1, 1], 'ND', 'linear')
        f.create_dataset('labels', data=labels.astype(np.int32), track_times=False)
        f.create_dataset('class_names', data=['ant', 'bee', 'cat'], dtype=h5py.string_dtype(), track_times=False)
        f.create_dataset('masks', data=masks, track_times=False)
    x = conv.astype(float)
    norms = (x ** 2).sum(1).reshape(N, H * W)
    order = np.argsort(-norms, axis=1, kind='stable')[:, :3]
    with open(os.path.join(HERE, 'cloud.txt'), 'w') as out:
        write(out, 'flatten', x)
        write(out, 'pool-mean', x.mean((2, 3)))
        write(out, 'pool-max', x.max((2, 3)))
        write(out, 'pool-mean-relu', np.maximum(x, 0).mean((2, 3)))
        write(out, 'full', x.transpose(0, 2, 3, 1))
        write(out, 'top-norm3-positions', order)
        write(out, 'weights', get_weights(masks, H, W) / masks[0].size)
        for sampling in ('random', 'foreground', 'background'):
            for k in (1, 5) if sampling != 'random' else (1,):
                write(out, f'{sampling}{k}-rows', np.stack(choose(sampling, x, masks, k, 5), axis=1))


if __name__ == '__main__':
    main()
