#!/usr/bin/python3
"""Makes the files beside it: one of each kind that Nerve reads, and of each kind it must refuse.

Usage: make_files.py        (needs python3-h5py, python3-numpy; two of the HDF5 files hold the time they were made)
The number at image n, channel c, row h, column w is (31 n + 7 c + 5 h + 3 w) mod 101, less 50 in signed types, then a
quarter of that in floats, and whether it is odd in truth values: tests/data/golden.c says the same in C.
"""
import os
import struct
import zipfile
import zlib

import h5py
import numpy as np

N = 7


def grid(n, c, h=1, w=1, dtype='<f4'):
    """n × c × h × w"""
    at = np.indices((n, c, h, w))
    raw = (31 * at[0] + 7 * at[1] + 5 * at[2] + 3 * at[3]) % 101
    kind = np.dtype(dtype).kind
    if kind == 'b':
        raw = raw % 2
    elif kind == 'i':
        raw = raw - 50
    elif kind == 'f':
        raw = (raw - 50) / 4
    return raw.astype(dtype)


def table(n, d, dtype='<f4'):
    return grid(n, d, dtype=dtype).reshape(n, d)


def activations(name, **kwargs):
    kwargs.setdefault('libver', 'earliest')
    file = h5py.File(name, 'w', **kwargs)
    file.attrs['format'] = 'nerve-activations'
    file.attrs['version'] = 1
    return file


def layer(file, name, data, index, kind='linear', axes='ND', **filters):
    dataset = file.create_dataset('layers/' + name, data=data, **filters)
    dataset.attrs.update(index=index, kind=kind, axes=axes)
    return dataset


def small(name, **values):
    """One layer and what stands beside it."""
    with activations(name) as file:
        layer(file, 'pool', table(N, 4), 0)
        for key, value in values.items():
            file[key] = value


def fixed(strings):
    return np.array([s.encode() for s in strings])


def variable(strings):
    return np.array(strings, dtype=h5py.string_dtype())


def full():
    with activations('activations.h5') as file:
        file.attrs.update(model='tiny', dataset='numbers', test_accuracy=0.9077, transfer_accuracy=np.float32(0.3),
                          licence=np.bytes_('none'), synthetic=True)
        layer(file, 'a_softmax', table(N, 6, '>f4'), 99, 'softmax')
        layer(file, 'conv', grid(N, 3, 4, 5, '<f2'), 1, 'conv', 'NCHW', chunks=(3, 3, 4, 5), compression='gzip',
              shuffle=True)
        layer(file, 'last', grid(N, 3, 4, 5, '<f4').transpose(0, 2, 3, 1), 2.0, 'relu', 'NHWC', chunks=(2, 4, 5, 3),
              compression='gzip')
        layer(file, 'parts', grid(N, 4, 3, 3, '<f8'), '3', 'block', 'NCHW', chunks=(3, 2, 2, 3), compression='gzip',
              shuffle=True, fletcher32=True)
        layer(file, 'shuffled', grid(N, 3, 3, 3, '<f4'), 4, 'block', 'NCHW', chunks=(4, 3, 3, 3), shuffle=True)
        sampled = layer(file, 'sampled', table(N, 5, '<f2'), 5, 'block', chunks=(7, 2))
        sampled.attrs.update(sampling='random-spatial', seed=11, source_shape=np.array([5, 8, 9], 'i4'))
        for i, dtype in enumerate(('|b1', '|i1', '|u1', '<i2', '>i2', '<u2', '<i4', '>u4', '<i8', '<u8', '>f2', '>f8')):
            layer(file, np.dtype(dtype).name + ('_big' if dtype[0] == '>' else ''), table(N, 6, dtype), 10 + i)
        file['labels'] = np.array([0, 1, 2, -1, 2, 1, 0], 'i4')
        file['predictions'] = np.array([0, 1, 1, 0, 2, 1, -3], 'i8')
        file['class_names'] = variable(['Schuh', 'Tüte', 'Tasche'])
        file['superclass'] = np.array([1, 0, 0], 'u1')
        file['superclass_names'] = fixed(['bags', 'shoes'])
        file['superclass2'] = np.array([0, 0, 0], 'i4')
        file['superclass2_names'] = variable(['things'])
        file['sample_ids'] = fixed([f'picture {i}' for i in range(N)])
        file['images'] = grid(N, 4, 5, 3, '|u1')
        file['masks'] = np.minimum(grid(N, 2, 3, dtype='|u1')[..., 0] % 3, 1) * 7


def labels():
    small('labels-values.h5', labels=np.array([3, -1, 10, 3, 7, 7, 10], 'i2'), predictions=np.array([3, 4] * 3 + [10]))
    small('labels-none.h5', labels=np.full(N, -1))
    small('labels-text.h5', labels=fixed(['cat', 'dog', 'cat', '', 'ape', 'dog', 'cat']))
    small('labels-float.h5', labels=np.array([0, 1, 1, 0, 2, 2, -1], 'f4').reshape(N, 1), sample_ids=np.arange(N) * 11)
    small('labels-half.h5', labels=np.array([0, 1, 1, 0.5, 2, 2, 1]))
    small('labels-beyond.h5', labels=np.array([0, 1, 2, 0, 1, 2, 5]), class_names=variable(['a', 'b', 'c']))
    small('labels-short.h5', labels=np.arange(N - 1))
    small('labels-compound.h5', labels=np.zeros(N, [('a', 'i4'), ('b', 'f4')]))
    small('superclass-beyond.h5', labels=np.zeros(N, int), superclass=np.array([0, 4]),
          superclass_names=variable(['a', 'b']))
    small('superclass-short.h5', labels=np.zeros(N, int), class_names=variable(['a', 'b', 'c']),
          superclass=np.array([0, 1]))
    small('superclass-only.h5', labels=np.array([1, 1, 1, 1, 1, 1, 2]), superclass=np.array([5, 5, 9]))
    small('predictions-only.h5', predictions=np.zeros(N, int))
    small('images-float.h5', images=grid(N, 2, 2)[..., 0])
    small('images-flat.h5', images=table(N, 4, '|u1'))


def refused():
    with activations('no-layers.h5') as file:
        file.create_group('layers')
    with activations('version-2.h5') as file:
        file.attrs['version'] = 2
    for rank, shape in ((0, ()), (3, (N, 2, 2)), (5, (N, 1, 1, 1, 1))):
        with activations(f'rank-{rank}.h5') as file:
            file['layers/odd'] = np.zeros(shape, 'f4')
    with activations('rows-differ.h5') as file:
        for i, n in enumerate((N, N - 1, N)):
            layer(file, f'fc{i}', table(n, 3), i)
    with activations('no-rows.h5') as file:
        layer(file, 'empty', np.zeros((0, 4), 'f4'), 0)
    with activations('text-layer.h5') as file:
        file['layers/words'] = variable(['a', 'b'])
    with activations('axes-differ.h5') as file:
        layer(file, 'fc', table(N, 3), 0, axes='NCHW')
    with activations('index-text.h5') as file:
        layer(file, 'fc', table(N, 3), 'first')
    # Headers that claim what no file holds.
    with activations('claims-rows.h5') as file:
        file.create_dataset('layers/huge', (2**60, 2), 'f4', chunks=(1024, 2))
    with activations('claims-width.h5') as file:
        file.create_dataset('layers/wide', (1000, 2**40), 'f4', chunks=(1, 1024))
    with activations('not-finite.h5') as file:
        maps = grid(N, 4, 3, 5)
        maps[5, 3, 0, 4] = np.nan
        layer(file, 'maps', maps, 0, axes='NCHW')
        vectors = table(N, 4, '<f2')
        vectors[2, 1] = -np.inf
        layer(file, 'vectors', vectors, 1)


def damaged_chunk():
    # The latest file layout: its index of chunks is another one.
    with activations('damaged-chunk.h5', libver='latest') as file:
        data = layer(file, 'conv', grid(N, 3, 4, 5, '<f2'), 0, 'conv', 'NCHW', chunks=(2, 3, 4, 5), compression='gzip',
                     shuffle=True)
        place = data.id.get_chunk_info(1).byte_offset
    with open('damaged-chunk.h5', 'r+b') as file:
        file.seek(place + 20)
        file.write(bytes(16))


def damage(name, old, new):
    """Replaces the only place of these bytes."""
    with open(name, 'rb') as file:
        data = file.read()
    assert data.count(old) == 1, name
    with open(name, 'wb') as file:
        file.write(data.replace(old, new))


def contradictions():
    """Headers that don't fit what they are the headers of. Half precision has 11 20 0f 00, then its 2 bytes."""
    half, plain = bytes.fromhex('11200f0002000000'), dict(chunks=(2, 3, 4, 5), compression='gzip')
    for size in (4, 16, 255):
        for name, filters in (('shuffled', dict(plain, shuffle=True)), ('packed', plain), ('flat', {})):
            if size != 16 or name == 'shuffled':
                with activations(f'{name}-type-{size}.h5') as file:
                    layer(file, 'conv', grid(N, 3, 4, 5, '<f2'), 0, 'conv', 'NCHW', **filters)
                damage(f'{name}-type-{size}.h5', half, half.replace(b'\x02', bytes([size])))
    with activations('flat-longer.h5') as file:
        layer(file, 'fc', table(N, 4, '<f2'), 0)
        file['labels'] = np.arange(N)
    damage('flat-longer.h5', struct.pack('<QQQQ', N, 4, N, 4), struct.pack('<QQQQ', N, 9, N, 9))
    # Chunks that are parts of rows, with a checksum too: the first unpacks to too little.
    for name, filters in (('parts', {}), ('sums', dict(fletcher32=True))):
        with activations(f'damaged-{name}.h5') as file:
            data = layer(file, 'conv', grid(N, 3, 4, 5, '<f2'), 0, 'conv', 'NCHW', chunks=(2, 2, 4, 3),
                         compression='gzip', **filters)
            data.id.write_direct_chunk((0, 0, 0, 0), zlib.compress(bytes(10)), 2 if filters else 0)
    with activations('lzf.h5') as file:
        layer(file, 'conv', grid(N, 3, 4, 5, '<f2'), 0, 'conv', 'NCHW', chunks=(2, 3, 4, 5), compression='lzf')
    with activations('parts.h5') as file:
        layer(file, 'auto', grid(N, 3, 4, 5, '<f2'), 0, 'conv', 'NCHW', chunks=(2, 2, 3, 2), compression='gzip',
              shuffle=True, maxshape=(None,) * 4)
        layer(file, 'wider', grid(N, 3, 4, 5, '<f4'), 1, 'conv', 'NCHW', chunks=(2, 2, 8, 5), maxshape=(None,) * 4)
        holes = layer(file, 'holes', None, 2, shape=(N, 5), dtype='<f4', chunks=(3, 2), fillvalue=7.5)
        holes[:2, :1] = 1


def indexes():
    """What an index of chunks says of them."""
    # A chunk's place is another one than it was; of chunks that Nerve unpacks, and of others.
    for name, filters in (('index', dict(compression='gzip')), ('scaled', dict(scaleoffset=0))):
        with activations(f'damaged-{name}.h5') as file:
            layer(file, 'conv', grid(N, 3, 4, 5, '<i4'), 0, 'conv', 'NCHW', chunks=(2, 3, 4, 5), **filters)
        damage(f'damaged-{name}.h5', struct.pack('<5Q', 2, 0, 0, 0, 0), struct.pack('<5Q', 4, 0, 0, 0, 0))
    # One chunk fewer where all were there from the beginning: B-tree, of chunks, leaf, 4 of them.
    early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    early.set_chunk((2, 4))
    early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    with activations('damaged-early.h5') as file:
        h5py.h5d.create(file.create_group('layers').id, b'fc', h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((N, 4)),
                        early).write(h5py.h5s.ALL, h5py.h5s.ALL, table(N, 4))
    damage('damaged-early.h5', b'TREE\1\0\4\0', b'TREE\1\0\3\0')
    with activations('unwritten.h5') as file:
        layer(file, 'none', None, 0, shape=(N, 5), dtype='<f4', fillvalue=7.5)
        layer(file, 'first', None, 1, shape=(N, 5), dtype='<f4', chunks=(3, 5))[:3] = table(3, 5)


def odd_types():
    """Numbers that only HDF5 itself can turn into doubles."""
    brain = h5py.h5t.IEEE_F32LE.copy()
    brain.set_fields(15, 7, 8, 0, 7)
    brain.set_size(2)
    brain.set_ebias(127)
    short = h5py.h5t.STD_I32LE.copy()
    short.set_precision(24)
    bits = h5py.h5t.STD_B8LE
    timeless = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    timeless.set_obj_track_times(False)
    with activations('odd-types.h5') as file:
        group = file.create_group('layers')
        for name, type_ in (('bfloat16', brain), ('int24', short), ('bits', bits)):
            space = h5py.h5s.create_simple((N, 4))
            dataset = h5py.h5d.create(group.id, name.encode(), type_, space, timeless)
            whole = name == 'bits'
            values = table(N, 4, '|u1' if whole else '<i4')
            dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values, bits if whole else h5py.h5t.NATIVE_INT32)


def foreign():
    with h5py.File('foreign.h5', 'w') as file:
        for i in (1, 2, 10):
            file[f'net/layer{i}'] = table(N, 2 + i)
        file['net/keras'] = grid(N, 3, 4, 4).transpose(0, 2, 3, 1)
        file['maps'] = grid(N, 1, 4, 4)[:, 0]
        file['weights'] = table(5, 3)
        file['names'] = variable(['x'] * N)
        file['targets'] = np.array([4, 4, 2, 2, 0, 0, 0])
        file['again'] = file['net/layer1']
        file['net/loop'] = file['net']
    with h5py.File('foreign-ordered.h5', 'w', track_order=True) as file:
        for name in ('z', 'b', 'a'):
            file[name] = table(N, 3)
    with h5py.File('foreign-empty.h5', 'w') as file:
        file['text'] = 'no numbers'


def arrays():
    np.save('cloud.npy', table(N, 6))
    np.save('cloud-fortran.npy', np.asfortranarray(table(N, 6, '>f8')))
    np.save('curve.npy', table(1, 9, '|i1')[0])
    np.save('volume.npy', np.asfortranarray(grid(1, 3, 4, 5)[0]))
    np.save('tensor.npy', grid(N, 3, 4, 5, '<f2'))
    np.save('tensor-fortran.npy', np.asfortranarray(grid(N, 3, 4, 5, '<i4')))
    np.save('truth.npy', table(N, 6, '|b1'))
    np.save('records.npy', np.zeros(3, [('a', 'i4')]))
    np.save('complex.npy', np.zeros((3, 2), 'c8'))
    np.save('rank-0.npy', np.float32(1))
    np.save('rank-5.npy', np.zeros((1,) * 5, 'f4'))
    np.save('no-rows.npy', np.zeros((0, 4), 'f4'))
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1152921504606846976, 4), }".ljust(117) + '\n'
    for name, shape in (('claims-rows.npy', '1152921504606846976'), ('claims-more.npy', '1000000000')):
        with open(name, 'wb') as file:
            text = header.replace('1152921504606846976', shape)
            file.write(b'\x93NUMPY\x01\x00' + struct.pack('<H', len(text)) + text.encode())


def put(archive, name, data, method):
    info = zipfile.ZipInfo(name + '.npy')  # of 1980: the same archive every time
    info.compress_type = method
    with archive.open(info, 'w') as file:
        np.lib.format.write_array(file, data)


def archives():
    for name, method in (('stored.npz', zipfile.ZIP_STORED), ('deflated.npz', zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(name, 'w') as archive:
            for key, data in (('z', table(N, 6)), ('b', np.asfortranarray(grid(N, 3, 4, 5, '<f2'))),
                              ('a', table(N, 3, '>i2')), ('weights', table(3, 3)), ('words', np.array(['x', 'y'])),
                              ('y', np.array([1, 1, 0, 0, 2, 2, 2]))):
                put(archive, key, data, method)
    # Long enough that places to go on from are kept; repeating, so that it packs well.
    with zipfile.ZipFile('long.npz', 'w') as archive:
        put(archive, 'long', np.tile(table(101, 1, '|u1'), (90000, 1)), zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile('empty.npz', 'w'):
        pass
    zip64()


def zip64():
    """All lengths and places in 64 bits, as for members of more than 4 GB."""
    with open('cloud.npy', 'rb') as file:
        data = file.read()
    name, full32 = b'cloud.npy', 0xffffffff
    extra = struct.pack('<HHQQ', 1, 16, len(data), len(data))
    local = struct.pack('<IHHHHHIIIHH', 0x04034b50, 45, 0, 0, 0, 33, zlib.crc32(data), full32, full32, len(name),
                        len(extra)) + name + extra
    extra = struct.pack('<HHQQQ', 1, 24, len(data), len(data), 0)
    entry = struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, 45, 45, 0, 0, 0, 33, zlib.crc32(data), full32, full32,
                        len(name), len(extra), 0, 0, 0, 0, full32) + name + extra
    place = len(local) + len(data)
    end64 = struct.pack('<IQHHIIQQQQ', 0x06064b50, 44, 45, 45, 0, 0, 1, 1, len(entry), place)
    locator = struct.pack('<IIQI', 0x07064b50, 0, place + len(entry), 1)
    end = struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, 0xffff, 0xffff, full32, full32, 0)
    with open('long-lengths.npz', 'wb') as file:
        file.write(local + data + entry + end64 + locator + end)


os.chdir(os.path.dirname(os.path.abspath(__file__)))
full()
labels()
refused()
damaged_chunk()
contradictions()
indexes()
odd_types()
foreign()
arrays()
archives()
