#!/usr/bin/python3
"""Writes the activations of a neural network into a file that Nerve opens (HDF5, `nerve-activations` version 1).

    from nerve_activations import export
    export(model, loader, 'resnet18.h5', layers=['blocks', 'avgpool', 'fc'])

`export` is one call for a PyTorch model and a loader; `Recorder` is the same for a loop of one's own; `write_arrays`
takes NumPy arrays, from Keras or wherever, and works without PyTorch. From a shell: `nerve_activations.py --help`.

Batches are written as they come, so memory does not grow with the number of images. The file is there whole or not at
all. One file, to be copied wherever it is needed; needs NumPy, h5py and, except for arrays, PyTorch.
"""
from __future__ import annotations

import argparse
import contextlib
import dataclasses
import difflib
import fnmatch
import importlib
import importlib.util
import inspect
import itertools
import json
import math
import os
import pathlib
import re
import signal
import sys
import threading
import traceback
import types
import typing
import warnings
import weakref
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

import h5py  # type: ignore[import]
import numpy as np

if typing.TYPE_CHECKING:
    import torch
    Rows = np.ndarray[Any, Any]

Array = Any  # ndarray, or anything of rows that can be sliced into one
PathLike = Union[str, 'os.PathLike[str]']

SAMPLINGS = ('whole', 'pool-mean', 'pool-max', 'random', 'top-norm')
AXES = ('NCHW', 'NHWC', 'NCL', 'NLC', 'ND')
KEYWORDS = ('blocks', 'conv', 'norm', 'relu', 'pool', 'linear', 'all', 'input', 'output')
ATTRIBUTES = ('model', 'dataset', 'test_accuracy', 'transfer_accuracy', 'licence', 'source')
RESERVE_BYTES = 4 << 20    # of the disk, ahead of what is written
CHUNK_BYTES = 512 << 10    # Nerve reads blocks of whole chunks, of 4 MiB
PICTURE_BYTES = 128 << 10  # and pictures one by one
MOST_ROWS = 1024           # in a chunk, so that a short file of short rows has no long tail
MASK64 = (1 << 64) - 1
MOST_SEED = (1 << 31) - 1  # Nerve's own
NARROW = ' (narrow)'
LONGEST_NAME = 4000


class ExportError(Exception):
    """The activations can't be written; the message says why."""


class UsageError(ExportError):
    """What was asked for can't be: an argument, or the file it names, is wrong."""


class ExportWarning(UserWarning):
    """Something was assumed, left out or changed."""


def _say(text: str) -> None:
    warnings.warn(text, ExportWarning, stacklevel=2)


# ---- Samplings ------------------------------------------------------------------------------------------------------

def _splitmix(state: int) -> Tuple[int, int]:
    state = (state + 0x9e3779b97f4a7c15) & MASK64
    z = state
    z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & MASK64
    z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & MASK64
    return state, z ^ (z >> 31)


def _rotate(x: int, k: int) -> int:
    return ((x << k) | (x >> (64 - k))) & MASK64


class _Stream:
    """Nerve's random numbers for one image: what is sampled here is what Nerve would sample from the whole layer."""

    def __init__(self, seed: int, image: int) -> None:
        mixed = _splitmix(seed & MASK64)[1]
        state = mixed ^ _rotate((image * 0xd1342543de82ef95) & MASK64, 32)
        state = _splitmix(state)[1]
        self.words: List[int] = []
        for _ in range(4):
            state, word = _splitmix(state)
            self.words.append(word)

    def next(self) -> int:
        s = self.words
        result = (_rotate((s[1] * 5) & MASK64, 7) * 9) & MASK64
        t = (s[1] << 17) & MASK64
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = _rotate(s[3], 45)
        return result

    def below(self, bound: int) -> int:
        product = self.next() * bound
        if product & MASK64 < bound:
            threshold = ((1 << 64) - bound) % bound
            while product & MASK64 < threshold:
                product = self.next() * bound
        return product >> 64


def random_position(seed: int, image: int, height: int, width: int) -> Tuple[int, int]:
    """The row and column that Nerve's sampling `random` takes of an image, in a map of that size."""
    stream = _Stream(seed, image)
    row = stream.below(height)
    return row, stream.below(width)


def sample(maps: Rows, sampling: str, first: int = 0, seed: int = 0) -> Rows:
    """One point [N,C] for each image of `maps` [N,C,H,W], whose first image is number `first` of the file."""
    n, channels, height, width = maps.shape
    if sampling == 'pool-mean':
        return np.asarray(maps.mean(axis=(2, 3), dtype=np.float64))
    if sampling == 'pool-max':
        return np.asarray(maps.max(axis=(2, 3)))
    if sampling == 'random':
        at = [random_position(seed, first + i, height, width) for i in range(n)]
        rows, columns = np.array(at, dtype=np.intp).reshape(n, 2).T
    elif sampling == 'top-norm':
        squares = np.square(maps, dtype=np.float64).sum(axis=1).reshape(n, -1)
        rows, columns = np.divmod(squares.argmax(axis=1), width)
    else:
        raise UsageError(f'no sampling "{sampling}"; there are {", ".join(SAMPLINGS)}')
    return np.asarray(maps[np.arange(n), :, rows, columns])


# ---- The file -------------------------------------------------------------------------------------------------------

class _Column:
    """A dataset that grows by rows and is written in whole chunks."""

    def __init__(self, group: h5py.Group, name: str, dtype: Any, shape: Tuple[int, ...], chunk_bytes: int,
                 filters: Mapping[str, Any]) -> None:
        self.group, self.name, self.shape, self.filters = group, name, shape, dict(filters)
        row_bytes = max(1, math.prod(shape) * np.dtype(dtype).itemsize)
        if 0 in shape:
            raise ExportError(f'{name}: rows of shape {_shape(shape)} have no values')
        self.chunk_rows = max(1, min(MOST_ROWS, chunk_bytes // row_bytes))
        self.dataset = self._create(name, dtype)
        self.waiting: List[Rows] = []
        self.n_waiting = self.n = 0

    def _create(self, name: str, dtype: Any) -> h5py.Dataset:
        return self.group.create_dataset(name, shape=(0, *self.shape), maxshape=(None, *self.shape), dtype=dtype,
                                         chunks=(self.chunk_rows, *self.shape), **self.filters)

    def append(self, rows: Rows) -> None:
        if tuple(rows.shape[1:]) != self.shape:
            raise ExportError(f'{self.name}: rows of shape {_shape(rows.shape[1:])} after rows of '
                              f'{_shape(self.shape)}; all images of a file need one size')
        if len(rows) == 0:
            return
        if rows.dtype.kind == self.dataset.dtype.kind == 'f' and rows.dtype.itemsize > self.dataset.dtype.itemsize:
            self._widen(rows.dtype)
        self.waiting.append(rows)
        self.n_waiting += len(rows)
        self.n += len(rows)
        self._write(self.n_waiting - self.n_waiting % self.chunk_rows)

    def _write(self, count: int) -> None:
        if count == 0:
            return
        rows = self.waiting[0] if len(self.waiting) == 1 else np.concatenate(self.waiting)
        start = self.dataset.shape[0]
        self.dataset.resize(start + count, axis=0)
        self.dataset[start:] = rows[:count]
        rest = rows[count:]
        self.waiting = [rest.copy()] if len(rest) else []
        self.n_waiting = len(rest)

    def _widen(self, dtype: Any) -> None:
        """The precision was not enough: the rows written so far move into a wider dataset."""
        old = self.dataset
        attributes = dict(old.attrs)
        self.group.move(self.name, self.name + NARROW)
        self.dataset = self._create(self.name, dtype)
        self.dataset.resize(old.shape[0], axis=0)
        for start in range(0, old.shape[0], self.chunk_rows):
            self.dataset[start:start + self.chunk_rows] = old[start:start + self.chunk_rows]
        self.dataset.attrs.update(attributes)
        del self.group[self.name + NARROW]

    def finish(self) -> None:
        self._write(self.n_waiting)


def _remove(path: pathlib.Path, process: int) -> None:
    """In a process that was forked off the file is not its own."""
    if os.getpid() == process:
        with contextlib.suppress(OSError):
            path.unlink()


def _shape(extents: Iterable[int]) -> str:
    return '×'.join(str(extent) for extent in extents) or 'one number'


class _Stop(SystemExit):
    """A signal asked to end: an ordinary exception, so that what is half done is taken away on the way out."""


class _Signals:
    """While it lasts SIGTERM and SIGHUP raise an exception, unless the program has handlers of its own."""

    def __init__(self) -> None:
        self.previous: Dict[int, Any] = {}

    def __enter__(self) -> '_Signals':
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name, None) for name in ('SIGTERM', 'SIGHUP')):
                if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                    self.previous[number] = signal.signal(number, self._stop)
        return self

    def __exit__(self, *unused: Any) -> None:
        for number, handler in self.previous.items():
            signal.signal(number, handler)
        self.previous.clear()

    @staticmethod
    def _stop(number: int, frame: Optional[types.FrameType]) -> None:
        raise _Stop(128 + number)


class _Layer:
    """What is known of a layer, and its column once the first rows are there."""

    def __init__(self, name: str, kind: str, axes: str, sampling: str) -> None:
        self.name, self.kind, self.axes, self.sampling = name, kind, axes, sampling
        self.column: Optional[_Column] = None
        self.source_shape: Optional[Tuple[int, ...]] = None  # C, H, W, if its points were sampled
        self.not_finite = self.images_not_finite = 0
        self.first_not_finite = -1


def _to_four(values: Rows, axes: str, name: str) -> Tuple[Rows, str]:
    """The tensor with two or four axes, and which these are."""
    if values.ndim == 1:
        return values[:, None], 'ND'
    if values.ndim == 2:
        return values, 'ND'
    if axes == 'ND':
        raise UsageError(f'{name}: axes ND, but its shape is {_shape(values.shape)}; say which axis has the channels: '
                         + ', '.join(word for word in AXES if word != 'ND'))
    if values.ndim == 3:
        return (values[:, None], 'NHWC') if axes in ('NLC', 'NHWC') else (values[:, :, None], 'NCHW')
    if values.ndim == 4:
        return values, 'NHWC' if axes in ('NLC', 'NHWC') else 'NCHW'
    if values.ndim == 5:
        n, a, b, c, d = values.shape
        return (values.reshape(n, a * b, c, d), 'NHWC') if axes in ('NLC', 'NHWC') else \
               (values.reshape(n, a, b * c, d), 'NCHW')
    raise ExportError(f'{name}: {values.ndim} dimensions ({_shape(values.shape)}); a layer has 1 to 5')


def _narrow(values: Rows, dtype: Any, name: str) -> Rows:
    """A copy in `dtype`, or in float32 (float64) where that overflows."""
    if values.dtype.kind == 'c':
        raise ExportError(f'{name}: complex numbers; record their real and imaginary parts or their modulus')
    if values.dtype.kind not in 'fiub':
        raise ExportError(f'{name}: {values.dtype} where numbers are needed')
    narrow = _round(values, np.dtype(dtype))
    if _all_finite(narrow) or np.array_equal(np.isfinite(narrow), np.isfinite(values)):
        return narrow
    return _narrow(values, np.float32 if np.dtype(dtype) == np.float16 else np.float64, name)


def _round(values: Rows, dtype: 'np.dtype[Any]') -> Rows:
    torch: Any = sys.modules.get('torch')
    plain = values.flags.c_contiguous and values.flags.writeable
    if torch is not None and plain and values.dtype == np.float32 and dtype == np.float16:
        return np.asarray(torch.from_numpy(values).to(torch.float16).numpy())  # the same, in an eighth of the time
    with np.errstate(over='ignore', invalid='ignore'):
        return values.astype(dtype, order='C')


def _all_finite(values: Rows) -> bool:
    if values.dtype == np.float16:
        return not bool(((values.view(np.uint16) & 0x7c00) == 0x7c00).any())
    return bool(np.isfinite(values).all())


class ActivationFile:
    """A file in the format `nerve-activations`, written batch by batch; a context manager.

    Nothing stands under `path` until the block has ended well: what is written has a temporary name in the same
    folder, and is taken away if there is an exception, Ctrl-C or SIGTERM.
    """

    def __init__(self, path: PathLike, *, dtype: str = 'float16', seed: int = 0, compression: Optional[int] = None,
                 overwrite: bool = False, attributes: Optional[Mapping[str, Any]] = None) -> None:
        self.given, self.overwrite = str(path), overwrite
        if not self.given:
            raise UsageError('the name of the file to write is empty')
        try:
            self.path = pathlib.Path(os.path.realpath(path))
        except ValueError as error:
            raise UsageError(f'{self.given!r}: {error}') from error
        if dtype not in ('float16', 'float32', 'float64'):
            raise UsageError(f'no dtype "{dtype}"; there are float16, float32, float64')
        if compression is not None and not 0 <= compression <= 9:
            raise UsageError(f'compression {compression}: gzip has levels 0 to 9')
        if not 0 <= seed <= MOST_SEED:
            raise UsageError(f'seed {seed}: a whole number from 0 to {MOST_SEED}, as in Nerve')
        self.dtype, self.seed = dtype, seed
        self.filters = {} if compression is None else \
            {'compression': 'gzip', 'compression_opts': compression, 'shuffle': True}
        self.attributes = {key: value for key, value in (attributes or {}).items() if value is not None}
        for key in ('format', 'version'):
            if key in self.attributes:
                raise UsageError(f'{key}: an attribute of this name says what the file is')
        for key in ('test_accuracy', 'transfer_accuracy'):
            value = self.attributes.get(key, 0.)
            if not isinstance(value, (float, int, np.number)) or not math.isfinite(value):
                raise UsageError(f'{key} {value}: a finite number is needed')
        self.layers: Dict[str, _Layer] = {}
        self.columns: Dict[str, _Column] = {}
        self.n = self.reserved = 0
        self.n_classes: Optional[int] = None
        self.signals = _Signals()
        self.process = os.getpid()
        self._check_free()

    def _check_free(self) -> None:
        try:
            if not self.path.parent.is_dir():
                raise ExportError(f'{self.given}: there is no folder {self.path.parent}')
            if self.path.is_dir():
                raise ExportError(f'{self.given}: is a folder')
            if self.path.exists() and not self.path.is_file():
                raise ExportError(f'{self.given}: is no ordinary file; it would be replaced')
            if self.path.exists() and not self.overwrite:
                raise ExportError(f'{self.given}: exists already (overwrite=True, --force)')
        except (OSError, ValueError) as error:
            raise ExportError(f'{self.given}: {getattr(error, "strerror", None) or error}') from error

    def __enter__(self) -> 'ActivationFile':
        self.signals.__enter__()
        try:
            self._open()
        except BaseException:
            self.signals.__exit__()
            raise
        return self

    def _open(self) -> None:
        for number in itertools.count():
            self.temporary = self.path.with_name(f'.nerve-{os.getpid()}-{number}.part')
            # Where an interruption comes before anything else could tidy up, this does when Python ends.
            self.tidy = weakref.finalize(self, _remove, self.temporary, self.process)
            try:
                os.close(os.open(self.temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
                break
            except FileExistsError:
                self.tidy.detach()  # it is another's
            except OSError as error:
                self.tidy.detach()
                raise ExportError(f'{self.given}: {error.strerror}') from error
        try:
            self._take_room(0, RESERVE_BYTES)  # HDF5 gives it back
            self.file = h5py.File(self.temporary, 'w')
        except BaseException:
            self._remove_temporary()
            raise
        for key, value in {'format': 'nerve-activations', 'version': 1, **self.attributes}.items():
            self._describe_file(key, value)
        self.group = self.file.create_group('layers')

    def _describe_file(self, key: str, value: Any) -> None:
        try:
            self.file.attrs[key] = value
        except (TypeError, ValueError, OSError, RuntimeError) as error:
            self._abandon()
            raise UsageError(f'{key}: this {type(value).__name__} can\'t be written as an attribute') from error

    def __exit__(self, kind: Any, error: Optional[BaseException], trace: Any) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._abandon()
            self.signals.__exit__()

    def _finish(self) -> None:
        if self.n == 0:
            raise ExportError(f'{self.given}: no images came, so nothing was written')
        for column in self._all_columns():
            column.finish()
        self._say_not_finite()
        self.file.flush()
        os.truncate(self.temporary, self.file.id.get_filesize())
        self.file.close()
        descriptor = os.open(self.temporary, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._give_name()
        with contextlib.suppress(OSError):
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _give_name(self) -> None:
        """In one step; a file that another has put there meanwhile is not replaced unasked."""
        self._check_free()
        if not self.overwrite:
            try:
                os.link(self.temporary, self.path)
                return
            except FileExistsError:
                self._check_free()
            except OSError:
                pass  # a file system without links
        os.replace(self.temporary, self.path)

    def _abandon(self) -> None:
        with contextlib.suppress(Exception):
            self.file.close()
        self._remove_temporary()

    def _remove_temporary(self) -> None:
        _remove(self.temporary, self.process)
        self.tidy.detach()  # not before, should this be interrupted

    def _all_columns(self) -> List[_Column]:
        return [layer.column for layer in self.layers.values() if layer.column] + list(self.columns.values())

    def add_layer(self, name: str, kind: str = 'other', axes: str = 'NCHW', sampling: str = 'whole') -> None:
        """Announces a layer; the order of these calls is that of the network."""
        if sampling not in SAMPLINGS:
            raise UsageError(f'{name}: no sampling "{sampling}"; there are {", ".join(SAMPLINGS)}')
        if axes not in AXES:
            raise UsageError(f'{name}: no axes "{axes}"; there are {", ".join(AXES)}')
        self._check_name(name)
        self.layers[name] = _Layer(name, kind, axes, sampling)

    def _check_name(self, name: str) -> None:
        """HDF5 reads a name as a path."""
        if name in self.layers:
            raise UsageError(f'{name}: two layers of this name')
        if any(part in ('', '.') for part in _text([name], 'the name of a layer')[0].split('/')):
            raise UsageError(f'"{name}": no name for a layer; it has an empty part or "." between slashes')
        if len(name.encode()) > LONGEST_NAME:
            raise UsageError(f'{name[:40]}…: a name of {len(name)} characters; HDF5 takes {LONGEST_NAME} bytes')
        for other in self.layers:
            if other.startswith(name + '/') or name.startswith(other + '/'):
                whole, part = sorted((name, other), key=len)
                raise UsageError(f'"{part}": within "{whole}", as HDF5 reads it, which is a layer itself; '
                                 'another name is needed')

    def prepare(self, name: str, values: Rows) -> Rows:
        """A layer's rows for the images to come next, sampled, and a copy: safe from changes in place."""
        layer = self.layers[name]
        tensor, axes = _to_four(values, layer.axes, name)
        layer.axes = axes if layer.column is None else layer.axes
        if tensor.ndim == 2 or layer.sampling == 'whole':
            return self._narrowed(layer, tensor)
        maps = tensor.transpose(0, 3, 1, 2) if axes == 'NHWC' else tensor
        if layer.sampling == 'top-norm':
            maps = self._narrowed(layer, maps)  # ranked as they would stand in the file
        layer.source_shape = tuple(int(extent) for extent in maps.shape[1:])
        return self._narrowed(layer, sample(maps, layer.sampling, self.n, self.seed))

    def _narrowed(self, layer: _Layer, values: Rows) -> Rows:
        return _narrow(values, layer.column.dataset.dtype if layer.column else self.dtype, layer.name)

    def append(self, layers: Mapping[str, Rows], columns: Optional[Mapping[str, Any]] = None) -> None:
        """Rows of every layer, as `prepare` gave them, and of labels, predictions, images, masks, sample_ids."""
        columns = {name: values for name, values in (columns or {}).items() if values is not None}
        missing = [name for name in self.layers if name not in layers]
        if missing:
            raise ExportError(f'{missing[0]}: no rows for the images from {self.n} on')
        counts = {name: len(values) for name, values in {**columns, **layers}.items()}
        n = len(next(iter(layers.values()))) if layers else next(iter(counts.values()), 0)
        for name, count in counts.items():
            if count != n:
                raise ExportError(f'{name}: {count} rows for {n} images')
        lost = [name for name in self.columns if name not in columns]
        if self.n and (lost or any(name not in self.columns for name in columns)):
            name = (lost or [name for name in columns if name not in self.columns])[0]
            raise ExportError(f'{name}: some batches have it and some have not')
        self._reserve(sum(np.asarray(values).nbytes for values in (*layers.values(), *columns.values())))
        for name, values in layers.items():
            self._append_layer(self.layers[name], values)
        for name, values in columns.items():
            self._append_column(name, values)
        self.n += n

    def _reserve(self, more: int) -> None:
        """Takes room on the disk for `more` bytes: where HDF5 itself meets a full disk, it crashes later."""
        columns = self._all_columns()
        waiting = sum(math.prod(column.shape) * column.dataset.dtype.itemsize * column.n_waiting for column in columns)
        wanted = self.file.id.get_filesize() + more + waiting + CHUNK_BYTES * (len(columns) + 2)
        if wanted > self.reserved:
            self._take_room(self.reserved, wanted + RESERVE_BYTES)
            self.reserved = wanted + RESERVE_BYTES

    def _take_room(self, start: int, end: int) -> None:
        if not hasattr(os, 'posix_fallocate'):
            return
        descriptor = os.open(self.temporary, os.O_WRONLY)
        try:
            os.posix_fallocate(descriptor, start, end - start)
        except OSError as error:
            raise ExportError(f'{self.given}: {error.strerror}') from error
        finally:
            os.close(descriptor)

    def _append_layer(self, layer: _Layer, rows: Rows) -> None:
        if layer.column is None:
            layer.column = _Column(self.group, layer.name, rows.dtype, rows.shape[1:], CHUNK_BYTES, self.filters)
            self._describe(layer, layer.column)
        kept = layer.column.dataset.dtype
        if rows.dtype.itemsize > (kept if self.n else np.dtype(self.dtype)).itemsize:
            _say(f'{layer.name}: a value beyond what {kept if self.n else self.dtype} holds, in images from {self.n} '
                 f'on; the layer is written as {rows.dtype}'
                 + (f', with the {self.n} images before rounded to {kept}' if self.n else ''))
        if not _all_finite(rows):
            self._count_not_finite(layer, rows)
        layer.column.append(rows)

    def _describe(self, layer: _Layer, column: _Column) -> None:
        sampled = layer.source_shape is not None
        attributes = {'index': list(self.layers).index(layer.name), 'kind': layer.kind,
                      'axes': layer.axes if len(column.shape) == 3 else 'ND'}
        if sampled:
            attributes.update(sampling=layer.sampling, source_shape=np.array(layer.source_shape, dtype=np.int64))
        if sampled and layer.sampling == 'random':
            attributes['seed'] = self.seed
        column.dataset.attrs.update(attributes)

    def _count_not_finite(self, layer: _Layer, rows: Rows) -> None:
        bad = ~np.isfinite(rows).reshape(len(rows), -1)
        images = bad.any(axis=1)
        if layer.first_not_finite < 0:
            layer.first_not_finite = self.n + int(images.argmax())
        layer.not_finite += int(bad.sum())
        layer.images_not_finite += int(images.sum())

    def _say_not_finite(self) -> None:
        for layer in self.layers.values():
            if layer.not_finite:
                _say(f'{layer.name}: {layer.not_finite} values in {layer.images_not_finite} of {self.n} images are NaN '
                     f'or infinite, first in image {layer.first_not_finite}; they stand in the file as they are')

    def _append_column(self, name: str, values: Any) -> None:
        rows = _column_rows(name, values)
        if name in ('labels', 'predictions') and self.n_classes is not None and len(rows):
            self._check_numbers(name, rows)
        if name not in self.columns:
            dtype = h5py.string_dtype() if rows.dtype.kind == 'O' else rows.dtype
            picture = name in ('images', 'masks')
            self.columns[name] = _Column(self.file, name, dtype, rows.shape[1:],
                                         PICTURE_BYTES if picture else CHUNK_BYTES, self.filters if picture else {})
        self.columns[name].append(rows)

    def _check_numbers(self, name: str, rows: Rows) -> None:
        beyond = np.flatnonzero(rows >= self.n_classes)
        if len(beyond):
            raise ExportError(f'{name}: {rows[beyond[0]]} for image {self.n + beyond[0]}, but there are '
                              f'{self.n_classes} classes, numbered from 0')

    def describe_classes(self, class_names: Optional[Sequence[str]] = None, superclass: Any = None,
                         superclass_names: Any = None) -> None:
        """Names of the classes and the tree above them.

        superclass: for each class its superclass, a name or a number, or {class name: superclass}; of several levels
        (superclass, superclass above it, …). superclass_names: what numbers are called, a list a level.
        """
        self.n_classes = _count_classes(class_names, superclass)
        found: Dict[str, Any] = {}
        if class_names is not None:
            found['class_names'] = _text(class_names, 'class_names')
        for level, (numbers, names) in enumerate(_read_tree(class_names, superclass, superclass_names), 1):
            key = 'superclass' if level == 1 else f'superclass{level}'
            found[key] = np.array(numbers, dtype=np.int32)
            if names is not None:
                found[key + '_names'] = _text(names, key + '_names')
        self._reserve(sum(64 + len(str(value).encode()) for values in found.values() for value in values))
        for key, values in found.items():
            self.file[key] = values


def _count_classes(class_names: Optional[Sequence[str]], superclass: Any) -> Optional[int]:
    known = class_names if class_names is not None else superclass
    if known is not None and len(known) == 0:
        raise UsageError(f'{"superclass" if class_names is None else "class_names"}: no classes')
    return None if known is None else len(known)


def _text(values: Iterable[Any], what: str) -> List[str]:
    """Strings as HDF5 can keep them."""
    words = [value.decode('utf-8', 'replace') if isinstance(value, bytes) else str(value) for value in values]
    for word in words:
        if '\0' in word or any('\ud800' <= sign <= '\udfff' for sign in word):
            raise UsageError(f'{what}: {word!r} can\'t be written as text')
    return words


def _are_words(values: Any) -> bool:
    if hasattr(values, 'detach') or getattr(getattr(values, 'dtype', None), 'kind', 'O') not in 'OUS':
        return False
    return len(values) > 0 and all(isinstance(value, (str, bytes)) for value in values)


def _column_rows(name: str, values: Any) -> Rows:
    """Labels and the like as the format wants them."""
    rows = np.asarray(values)
    if name == 'sample_ids' and rows.dtype.kind in 'OUS':
        return np.array(_text(rows.ravel(), name), dtype=object)
    if name in ('images', 'masks'):
        if name == 'masks':
            rows = _mask_rows(rows)
        if rows.dtype != np.uint8 or not (rows.ndim == 3 or (rows.ndim == 4 and rows.shape[3] == 3)):
            raise ExportError(f'{name}: {rows.dtype} of shape {_shape(rows.shape)}; uint8 N×H×W'
                              + (' or N×H×W×3' if name == 'images' else '') + ' is needed')
        return rows
    if rows.ndim == 2 and rows.shape[1] == 1:
        rows = rows[:, 0]
    if rows.ndim != 1 or not _are_whole(rows):
        raise ExportError(f'{name}: {rows.dtype} of shape {_shape(rows.shape)}; one whole number per image is needed')
    return rows.astype(np.int64)


def _are_whole(rows: Rows) -> bool:
    """Whole numbers, of any type, that an int64 holds."""
    if rows.dtype.kind == 'f':
        return bool(((rows == np.floor(rows)) & (np.abs(rows) < 2. ** 63)).all())
    return rows.dtype.kind in 'ib' or (rows.dtype.kind == 'u' and bool((rows < 2 ** 63).all()))


def _mask_rows(rows: Rows) -> Rows:
    """1 where there is foreground: whole numbers that are not 0, shares of at least a half."""
    if rows.ndim == 4 and 1 in (rows.shape[1], rows.shape[3]):
        rows = rows[:, 0] if rows.shape[1] == 1 else rows[..., 0]
    if rows.dtype.kind == 'f':
        if rows.size and not (rows.min() >= 0 and rows.max() <= 1):
            raise UsageError(f'masks: {rows.dtype} from {rows.min():g} to {rows.max():g}; shares of foreground from 0 '
                             'to 1, or whole numbers, 0 where there is background, are needed')
        return np.asarray(rows >= .5, dtype=np.uint8)
    if rows.dtype.kind not in 'iub':
        raise UsageError(f'masks: {rows.dtype} where numbers are needed')
    return np.asarray(rows != 0, dtype=np.uint8)


def _read_tree(class_names: Optional[Sequence[str]], superclass: Any,
               superclass_names: Any) -> List[Tuple[List[int], Optional[List[str]]]]:
    """Of each level, from the classes up, the group of every class, and the names of the groups."""
    if superclass is None:
        return []
    if isinstance(superclass, Mapping):
        if class_names is None:
            raise UsageError('superclass: a mapping of names needs class_names')
        missing = [name for name in class_names if name not in superclass]
        if missing:
            raise UsageError(f'superclass: nothing is said of the class "{missing[0]}"')
        superclass = [superclass[name] for name in class_names]
    if class_names is not None and len(superclass) != len(class_names):
        raise UsageError(f'superclass: {len(superclass)} entries for {len(class_names)} classes')
    paths = [tuple(path) if isinstance(path, (tuple, list, np.ndarray)) else (path,) for path in superclass]
    if len(set(map(len, paths))) != 1:
        raise UsageError('superclass: some classes have more levels above them than others')
    if superclass_names is None or all(isinstance(name, (str, bytes)) for name in superclass_names):
        superclass_names = [superclass_names]
    _check_tree(paths)
    return [_read_level(groups, names)
            for groups, names in itertools.zip_longest(zip(*paths), superclass_names[:len(paths[0])])]


def _check_tree(paths: Sequence[Tuple[Any, ...]]) -> None:
    for level in range(1, len(paths[0])):
        above: Dict[Any, Any] = {}
        for path in paths:
            if above.setdefault(path[level - 1], path[level]) != path[level]:
                raise UsageError(f'superclass: "{path[level - 1]}" is below "{above[path[level - 1]]}" and below '
                                 f'"{path[level]}"; that is no tree')


def _read_level(groups: Sequence[Any], given: Optional[Sequence[str]]) -> Tuple[List[int], Optional[List[str]]]:
    names = None if given is None else _text(given, 'superclass_names')
    if any(isinstance(group, (str, bytes)) for group in groups):
        words = _text(groups, 'superclass')
        names = names or list(dict.fromkeys(words))
        unknown = [word for word in words if word not in names]
        if unknown:
            raise UsageError(f'superclass: "{unknown[0]}" is not among superclass_names')
        return [names.index(word) for word in words], names
    numbers = [int(group) for group in groups]
    if min(numbers) < 0 or (names is not None and max(numbers) >= len(names)):
        raise UsageError('superclass: a number without a name in superclass_names')
    return numbers, names


# ---- NumPy arrays ---------------------------------------------------------------------------------------------------

def _choice(choices: Union[str, Mapping[str, str], None], name: str, default: str) -> str:
    """One word for all layers, or {name or pattern: word}."""
    if choices is None or isinstance(choices, str):
        return choices or default
    if name in choices:
        return choices[name]
    return next((word for pattern, word in choices.items() if fnmatch.fnmatchcase(name, pattern)), default)


def _check_choices(what: str, choices: Any, layers: Iterable[str]) -> None:
    for key in choices if isinstance(choices, Mapping) else ():
        if not any(layer == key or fnmatch.fnmatchcase(layer, key) for layer in layers):
            raise UsageError(f'{what}: no layer "{key}"; near names: {_near(key, list(layers))}')


def _attributes(said: Mapping[str, Any], more: Optional[Mapping[str, Any]], takers: Sequence[Any]) -> Dict[str, Any]:
    """Attributes of the file: those of the format, by keyword, and any others; a mistyped keyword is none."""
    for key in said:
        if key not in ATTRIBUTES:
            known = [name for taker in takers for name in inspect.signature(taker).parameters] + list(ATTRIBUTES)
            raise UsageError(f'{key}: there is no such argument; near names: {_near(key, sorted(set(known)))}; what '
                             f'else the file is to say goes into attributes={{"{key}": …}}')
    return {**said, **(more or {})}


def _part(values: Array, part: slice) -> Rows:
    rows = values[part]
    return _to_numpy(rows) if hasattr(rows, 'detach') else np.asarray(rows)


def _as_array(name: str, values: Any) -> Array:
    """What has a shape and can be sliced by rows; lists become arrays."""
    if not hasattr(values, 'shape') or not hasattr(values, '__getitem__'):
        try:
            values = np.array(values)
        except ValueError as error:
            raise UsageError(f'{name}: no array: rows of different shapes') from error
    if isinstance(values, np.ma.MaskedArray) and np.any(values.mask):
        raise UsageError(f'{name}: {np.sum(values.mask)} of its values are masked; say by .filled(…) what is '
                         'to stand there, or leave these images out')
    if len(values.shape) == 0:
        raise UsageError(f'{name}: one value where an array with a row for each image is needed')
    return values


def write_arrays(path: PathLike, layers: Mapping[str, Array], *, labels: Optional[Array] = None,
                 predictions: Optional[Array] = None, images: Optional[Array] = None, masks: Optional[Array] = None,
                 sample_ids: Optional[Array] = None, class_names: Optional[Sequence[str]] = None,
                 superclass: Any = None, superclass_names: Any = None,
                 kinds: Union[str, Mapping[str, str], None] = None,
                 axes: Union[str, Mapping[str, str], None] = None,
                 sampling: Union[str, Mapping[str, str]] = 'whole', seed: int = 0, dtype: str = 'float16',
                 compression: Optional[int] = None, overwrite: bool = False,
                 attributes: Optional[Mapping[str, Any]] = None, **said: Any) -> None:
    """Writes arrays, one a layer, in the order of `layers`. Works without PyTorch.

    layers: {name: array [N,C,H,W], [N,H,W,C] (axes='NHWC', as Keras has it) or [N,D]}. An array may be anything that
    is sliced by rows (np.memmap, an h5py dataset): it is read in parts. labels, predictions: whole numbers [N], labels
    also strings; images: uint8 [N,H,W] or [N,H,W,3]; masks: [N,h,w], 0 where background, or shares of foreground.
    superclass: for each class its superclass, see `ActivationFile.describe_classes`. kinds, axes, sampling: one word,
    or {layer name or pattern: word}. compression: a level of gzip, after a shuffle. model, dataset, test_accuracy,
    transfer_accuracy, licence, source: said in the file; attributes: what else it is to say.
    """
    if not isinstance(layers, Mapping):
        raise UsageError(f'layers: {type(layers).__name__} where {{name: array}} is needed')
    if not layers:
        raise UsageError('no layers were given')
    attributes = _attributes(said, attributes, [write_arrays])
    names = [str(name) for name in layers]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f'layers: two are called "{name}"')
    layers = {str(name): _as_array(str(name), values) for name, values in layers.items()}
    for what, choices in (('kinds', kinds), ('axes', axes), ('sampling', sampling)):
        _check_choices(what, choices, layers)
    n = len(next(iter(layers.values())))
    if labels is not None and _are_words(labels):
        labels, class_names = _number_labels(labels, class_names)
    columns = {'labels': labels, 'predictions': predictions, 'images': images, 'masks': masks,
               'sample_ids': sample_ids}
    given: Dict[str, Array] = {name: _as_array(name, values) for name, values in columns.items() if values is not None}
    for name, values in {**layers, **given}.items():
        if len(values) != n:
            raise UsageError(f'{name}: {len(values)} rows, but {next(iter(layers))} has {n}')
    largest = max(math.prod(values.shape[1:]) for values in layers.values())
    step = max(1, min(4096, (8 << 20) // max(1, 8 * largest)))
    with ActivationFile(path, dtype=dtype, seed=seed, compression=compression, overwrite=overwrite,
                        attributes=attributes) as file:
        for name in layers:
            file.add_layer(name, _choice(kinds, name, 'input' if name == 'input' else 'other'),
                           _choice(axes, name, 'NCHW'), _choice(sampling, name, 'whole'))
        file.describe_classes(class_names, superclass, superclass_names)
        for start in range(0, n, step):
            part = slice(start, start + step)
            file.append({name: file.prepare(name, _part(values, part)) for name, values in layers.items()},
                        {name: _part(values, part) for name, values in given.items()})


def _number_labels(labels: Array, class_names: Optional[Sequence[str]]) -> Tuple[Array, Sequence[str]]:
    words = _text(labels, 'labels')
    names = sorted(set(words)) if class_names is None else _text(class_names, 'class_names')
    numbers = {name: number for number, name in enumerate(names)}
    unknown = [word for word in words if word not in numbers]
    if unknown:
        raise UsageError(f'labels: "{unknown[0]}" is not among class_names')
    return np.array([numbers[word] for word in words]), names


# ---- Which modules --------------------------------------------------------------------------------------------------

KINDS = (
    ('conv', r'(Lazy)?Conv(Transpose)?[123]d|.*Conv2d'),
    ('norm', r'.*Norm([123]d)?'),
    ('relu', r'(Leaky|P|R|C)?ReLU6?|[CGS]?ELU|SELU|SiLU|Hardswish|Mish|Hardtanh'),
    ('softmax', r'(Log)?Softmax(2d)?'),
    ('pool', r'(Adaptive|Fractional)?(Avg|Max|LP)Pool[123]d'),
    ('linear', r'(Lazy|Bi|NonDynamicallyQuantizable)?[Ll]inear'),
    ('dropout', r'.*Dropout([123]d)?'),
)
CONTAINERS = ('Sequential', 'ModuleList', 'ModuleDict')
CALL = re.compile(r'^(?P<name>.*?)(?P<call>#\d+)?(?P<part>(\[[^\[\]]*\])*)$')


def _kind(module: 'torch.nn.Module') -> str:
    name = type(module).__name__
    kind = next((kind for kind, pattern in KINDS if re.fullmatch(pattern, name)), None)
    return kind or ('block' if next(module.children(), None) is not None else 'other')


def _convolutional_blocks(model: 'torch.nn.Module') -> List[str]:
    """The outermost modules with convolutions in them that are no mere containers; convolutions that stand alone."""
    def holds(module: 'torch.nn.Module') -> bool:
        return any(_kind(part) == 'conv' for part in module.modules())

    def below(name: str, module: 'torch.nn.Module') -> List[str]:
        found: List[str] = []
        for key, child in module.named_children():
            path = f'{name}.{key}' if name else key
            if holds(child):
                found += below(path, child) if type(child).__name__ in CONTAINERS else [path]
        return found

    modules = dict(model.named_modules())
    blocks = below('', model)
    # A wrapper around the whole network is not its only block.
    while len(blocks) == 1 and _kind(modules[blocks[0]]) != 'conv':
        blocks = below(blocks[0], modules[blocks[0]])
    return blocks


def _glob(pattern: str) -> 're.Pattern[str]':
    """`*` within one part of a dotted name, `**` across parts."""
    pieces = re.split(r'(\*\*|\*|\?)', pattern)
    return re.compile(''.join({'**': '.*', '*': '[^.]*', '?': '[^.]'}.get(piece, re.escape(piece))
                              for piece in pieces))


class _Wanted:
    """Of one module: which calls, which parts of its output; nothing said: all."""

    def __init__(self) -> None:
        self.exact: Dict[str, str] = {}  # layers that must come, by the word that named them
        self.everything = False

    def takes(self, layer: str) -> bool:
        return self.everything or any(_is_part(layer, choice) for choice in self.exact.values())


def _is_part(layer: str, of: str) -> bool:
    return layer == of or layer.startswith(of + '[')


def _near(wanted: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(wanted, names, n=5, cutoff=.5)
    last = wanted.rsplit('.', 1)[-1]
    close += [name for name in names if name not in close and (wanted in name or name.rsplit('.', 1)[-1] == last)]
    return ', '.join(close[:6] or list(names)[:8])


def select_modules(model: 'torch.nn.Module', layers: Union[str, Sequence[str]]) -> Dict[str, _Wanted]:
    """The modules that the words in `layers` mean; '' is the model itself (`output`), '<input>' what it is given."""
    modules = {name: module for name, module in model.named_modules(remove_duplicate=False) if name}
    chosen: Dict[str, _Wanted] = {}
    if not isinstance(layers, Iterable):
        raise UsageError(f'layers: {layers!r}; names, patterns or words are needed')
    for word in [layers] if isinstance(layers, str) else layers:
        if not isinstance(word, str):
            raise UsageError(f'layers: {type(word).__name__} where a name, a pattern or a word is needed')
        for name, exact in _meaning(word, model, modules):
            wanted = chosen.setdefault(name, _Wanted())
            if exact:
                wanted.exact[exact] = exact.replace('#1[', '[') if '#1[' in exact else re.sub('#1$', '', exact)
            wanted.everything |= exact in (None, name)
    if not chosen:
        raise UsageError('no layers were chosen')
    if list(layers) == ['blocks'] or layers == 'blocks':
        _say_if_one(model, list(chosen))
    return chosen


def _say_if_one(model: 'torch.nn.Module', chosen: Sequence[str]) -> None:
    """A transformer has one convolution, and so one block."""
    if len(chosen) > 1:
        return
    others = [name for name, module in model.named_modules() if name and name not in chosen and
              type(module).__name__ not in CONTAINERS and _kind(module) == 'block']
    _say(f'"blocks" is 1 layer here, {chosen[0]}, the only one with convolutions; layers=… names others'
         + (f': {", ".join(others[:3])}, …' if others else ''))


def _meaning(word: str, model: 'torch.nn.Module',
             modules: Mapping[str, 'torch.nn.Module']) -> List[Tuple[str, Optional[str]]]:
    """(module, the layer asked for by name) for a word: a name, a name with call or part, a keyword, a pattern."""
    if word in modules:
        return [(word, word)]
    if word in ('input', 'output'):
        return [('<input>' if word == 'input' else '', None)]
    if word in KEYWORDS:
        names = _convolutional_blocks(model) if word == 'blocks' else \
            [name for name, module in model.named_modules() if name and
             (_kind(module) == word or (word == 'all' and next(module.children(), None) is None))]
        if not names:
            raise UsageError(f'{type(model).__name__} has no module for "{word}"; it has '
                              + _near(word, list(modules)))
        return [(name, None) for name in names]
    matched = CALL.match(word)
    if matched and matched['name'] in modules:
        return [(matched['name'], word)]
    if any(sign in word for sign in '*?'):
        pattern = _glob(word)
        found = [name for name in modules if pattern.fullmatch(name)]
        if found:
            return [(name, None) for name in found]
    raise UsageError(f'{type(model).__name__} has no module "{word}"; near names: {_near(word, list(modules))}')


def _tensors(output: Any, part: str = '') -> Iterator[Tuple[str, 'torch.Tensor']]:
    """The tensors in what a module gave, each with its place: '', '[0]', '[out]', '[1][0]'."""
    import torch
    if isinstance(output, torch.Tensor):
        yield part, output
    elif isinstance(output, Mapping):
        for key, value in output.items():
            yield from _tensors(value, f'{part}[{key}]')
    elif dataclasses.is_dataclass(output):
        yield from _tensors(vars(output), part)
    elif isinstance(output, (tuple, list)):
        fields = getattr(output, '_fields', range(len(output)))
        for key, value in zip(fields, output):
            yield from _tensors(value, f'{part}[{key}]')


def _as_tensor(inputs: Any) -> 'torch.Tensor':
    import torch
    try:
        tensor = torch.as_tensor(inputs)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ExportError(f'the inputs are {type(inputs).__name__}, not one tensor; say by unpack= which, or call the '
                          'model in a loop of your own, within a Recorder') from error
    if tensor.ndim == 0:
        raise ExportError('the inputs are one number; a batch has a row for each image')
    return tensor


def _to_numpy(tensor: 'torch.Tensor') -> Rows:
    """On the CPU the same memory: to be copied before anything runs on."""
    import torch
    tensor = tensor.detach()
    if tensor.is_quantized:
        tensor = tensor.dequantize()
    if tensor.layout != torch.strided:
        tensor = tensor.to_dense()
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.float()
    return np.asarray(tensor.resolve_conj().resolve_neg().cpu().numpy())


FIRST = re.compile(r'(Conv|BatchNorm|InstanceNorm|LayerNorm|SyncBatchNorm|(Adaptive)?(Max|Avg)Pool)\w*')
LAST = ('Linear', 'LayerNorm', 'MultiheadAttention', 'Embedding', 'RNN', 'LSTM', 'GRU')


def _declared_order(part: 'torch.nn.Module', dimensions: int) -> Optional[bool]:
    """Whether a module of this type has channels last; None: it doesn't say."""
    name = type(part).__name__
    if name == 'GroupNorm' or (name.endswith(f'{dimensions - 2}d') and FIRST.fullmatch(name)):
        return False
    return True if name in LAST else None


def _channel_counts(part: 'torch.nn.Module') -> List[int]:
    found = [getattr(part, name, None) for name in ('out_channels', 'num_features', 'num_channels', 'out_features',
                                                    'embed_dim', 'embedding_dim', 'hidden_size')]
    shape = getattr(part, 'normalized_shape', None)
    return [count for count in found if isinstance(count, int)] + ([int(shape[-1])] if shape else [])


def _channels_are_last(module: 'torch.nn.Module', shape: Sequence[int]) -> Tuple[Optional[bool], bool]:
    """(which, whether that is sure) of the output of a module, as its parts say; None: they don't."""
    declared = [(order, part) for part in module.modules()
                for order in (_declared_order(part, len(shape)),) if order is not None]
    orders = {order for order, _ in declared}
    # Behind convolutions a mere linear layer is a classifier of vectors.
    if len(orders) < 2 or not any(order and type(part).__name__ != 'Linear' for order, part in declared):
        return (None if not declared else False not in orders), True
    counts = {count for _, part in declared for count in _channel_counts(part)}
    fits = [order for order in (False, True) if shape[-1 if order else 1] in counts]
    return (fits[0] if len(fits) == 1 else declared[-1][0]), False


def _natural_axes(name: str, shape: Sequence[int], modules: Mapping[str, 'torch.nn.Module']) -> Tuple[str, bool]:
    """Which axis has the channels, as the module's parts say, else what stands around it; whether that is sure."""
    parts = name.split('.') if name else []
    for end in range(len(parts), -1, -1):
        is_last, sure = _channels_are_last(modules['.'.join(parts[:end])], shape)
        if is_last is not None:
            return ('NLC' if len(shape) == 3 else 'NHWC') if is_last else 'NCHW', sure
    return 'NCHW', True


def _unwrap(model: 'torch.nn.Module') -> 'torch.nn.Module':
    """What spreads a model over devices, or compiles it, hides the modules from hooks."""
    wrappers = {'DataParallel': 'module', 'DistributedDataParallel': 'module', 'OptimizedModule': '_orig_mod'}
    while type(model).__name__ in wrappers:
        model = getattr(model, wrappers[type(model).__name__])
    return model


# ---- Pictures and masks ---------------------------------------------------------------------------------------------

def _check_normalisation(mean: Optional[Sequence[float]], std: Optional[Sequence[float]]) -> None:
    for name, numbers in (('mean', mean), ('std', std)):
        if not isinstance(numbers, (Iterable, type(None))):
            raise UsageError(f'{name} {numbers!r}: a list is needed, with one number or one for each channel')
        if numbers is not None and not all(math.isfinite(x) and (x > 0 or name == 'mean') for x in numbers):
            raise UsageError(f'{name} {list(numbers)}: numbers{" above 0" if name == "std" else ""} are needed')


def _per_channel(name: str, numbers: Optional[Sequence[float]], default: float, channels: int) -> 'torch.Tensor':
    import torch
    values = [default] if numbers is None else [float(x) for x in numbers]
    if len(values) not in (1, channels):
        raise UsageError(f'{name}: {len(values)} numbers for inputs of {channels} channels')
    return torch.tensor(values).reshape(1, -1, 1, 1)


def _pictures(inputs: 'torch.Tensor', mean: Optional[Sequence[float]],
              std: Optional[Sequence[float]]) -> Optional[Rows]:
    """The inputs as they look, uint8 [N,H,W] or [N,H,W,3]; without mean and std each is stretched if it has to be."""
    import torch
    if inputs.ndim != 4 or inputs.shape[1] not in (1, 3):
        return None
    x = inputs.detach().cpu()
    if x.dtype != torch.uint8:
        x = x.float()
        if mean is not None or std is not None:
            x = x * _per_channel('std', std, 1, x.shape[1]) + _per_channel('mean', mean, 0, x.shape[1])
        else:
            flat = torch.nan_to_num(x.flatten(1), 0., 0., 0.)
            low = flat.min(1).values.reshape(-1, 1, 1, 1)
            high = flat.max(1).values.reshape(-1, 1, 1, 1)
            outside = (low < 0) | (high > 1)
            x = torch.where(outside, (x - low) / (high - low).clamp(min=1e-12), x)
        x = (torch.nan_to_num(x, 0., 1., 0.).clamp(0, 1) * 255).round().to(torch.uint8)
    pictures = x.permute(0, 2, 3, 1).numpy()
    return np.ascontiguousarray(pictures[..., 0] if pictures.shape[3] == 1 else pictures)


def _shrink(pictures: Rows, side: int) -> Rows:
    """Thumbnails no longer than `side`."""
    import torch
    height, width = pictures.shape[1:3]
    if max(height, width) <= side:
        return pictures
    size = [max(1, round(extent * side / max(height, width))) for extent in (height, width)]
    x = torch.from_numpy(pictures.reshape(*pictures.shape[:3], -1)).permute(0, 3, 1, 2).float()
    small = torch.nn.functional.interpolate(x, size=size, mode='area').round().to(torch.uint8)
    thumbnails = small.permute(0, 2, 3, 1).numpy()
    return np.ascontiguousarray(thumbnails[..., 0] if pictures.ndim == 3 else thumbnails)


def grabcut_masks(pictures: Rows, margin: float = .1, rounds: int = 5) -> Rows:
    """Foreground masks of pictures, uint8 [N,H,W] or [N,H,W,3], by OpenCV's GrabCut (Rother et al. 2004).

    What lies outside a frame of `margin` is taken for background. A picture that can't be cut has an empty mask.
    """
    try:
        import cv2  # type: ignore[import]
    except ImportError as error:
        raise UsageError('masks by GrabCut need OpenCV (python3-opencv)') from error
    height, width = pictures.shape[1:3]
    left, top = max(1, round(width * margin)), max(1, round(height * margin))
    frame = (left, top, max(1, width - 2 * left), max(1, height - 2 * top))
    masks = np.zeros(pictures.shape[:3], dtype=np.uint8)
    for picture, out in zip(pictures, masks):
        colour = np.ascontiguousarray(np.repeat(picture[..., None], 3, axis=2) if picture.ndim == 2 else picture)
        found = np.zeros((height, width), dtype=np.uint8)
        cv2.setRNGSeed(0)
        try:
            cv2.grabCut(colour, found, frame, np.zeros((1, 65)), np.zeros((1, 65)), rounds, cv2.GC_INIT_WITH_RECT)
            out[:] = (found == cv2.GC_FGD) | (found == cv2.GC_PR_FGD)
        except cv2.error:
            pass
    return masks


# ---- PyTorch --------------------------------------------------------------------------------------------------------

SCORES = ('', '[logits]', '[scores]', '[out]', '[output]', '[predictions]')  # what predictions are taken from
Masks = Union[None, str, Array, Callable[[Any], Any]]


class Recorder:
    """Records the activations of a PyTorch model in a loop of one's own; a context manager.

        with Recorder(model, 'out.h5', layers=['blocks', 'fc']) as recorder:
            for x, y in loader:
                recorder.run(x, labels=y)

    Within the block the model is in evaluation mode and without gradients; afterwards both are as they were, and the
    hooks are gone. Who calls the model himself calls `add` after each batch instead of `run`; a model that is spread
    over devices or compiled is to be called without that, as `recorder.model`. For the arguments see `export`.
    """

    def __init__(self, model: 'torch.nn.Module', path: PathLike, layers: Union[str, Sequence[str]] = 'blocks', *,
                 sampling: Union[str, Mapping[str, str]] = 'whole',
                 axes: Union[str, Mapping[str, str], None] = None, dtype: str = 'float16', seed: int = 0,
                 noise: float = 0., thumbnails: int = 64, mean: Optional[Sequence[float]] = None,
                 std: Optional[Sequence[float]] = None, masks: Masks = None,
                 class_names: Optional[Sequence[str]] = None, superclass: Any = None,
                 superclass_names: Any = None, compression: Optional[int] = None,
                 overwrite: bool = False, model_name: Optional[str] = None,
                 attributes: Optional[Mapping[str, Any]] = None, **said: Any) -> None:
        attributes = _attributes(said, attributes, [export, Recorder])
        if not (noise >= 0 and math.isfinite(noise)):
            raise UsageError(f'noise {noise}: a standard deviation is 0 or more')
        if isinstance(masks, str) and masks != 'grabcut':
            raise UsageError(f'masks "{masks}": an array, a function or "grabcut"')
        if thumbnails < 0:
            raise UsageError(f'thumbnails {thumbnails}: the longest side, or 0 for none')
        _check_normalisation(mean, std)
        self.model = _unwrap(model)
        if type(self.model).__module__.startswith('torch.jit'):
            raise UsageError('a model compiled by TorchScript shows nothing of its modules; the one that it was made '
                             'from is needed')
        self.wanted = select_modules(self.model, layers)
        self.modules = dict(self.model.named_modules(remove_duplicate=False))
        self.steps_first = any(getattr(module, 'batch_first', True) is False for module in self.modules.values())
        self.sampling, self.axes, self.noise, self.seed = sampling, axes, noise, seed
        self.thumbnails, self.mean, self.std, self.masks = thumbnails, mean, std, masks
        self.classes = (class_names, superclass, superclass_names)
        attributes['model'] = model_name or attributes.get('model') or type(self.model).__name__
        if noise:
            attributes.update(noise=noise, noise_seed=seed)
        self.file = ActivationFile(path, dtype=dtype, seed=seed, compression=compression, overwrite=overwrite,
                                   attributes=attributes)
        self.file.n_classes = _count_classes(class_names, superclass)
        _read_tree(*self.classes)  # what is wrong with it is said before the work
        self.caught: Dict[str, Rows] = {}
        self.calls: Dict[str, int] = {}
        self.heard: Dict[str, List[str]] = {}  # all that the first call of a module gave
        self.odd: Dict[str, str] = {}
        self.turned: set[str] = set()  # layers that have steps first
        self.unsure: Dict[str, str] = {}  # axes that were assumed
        self.seen: Optional['torch.Tensor'] = None
        self.pictures: Optional[Rows] = None
        self.runs = False  # by `run`, which has the inputs itself
        self.batch: Optional[int] = None
        self.correct = self.judged = 0
        self.said: set[str] = set()
        self.stack: Optional[contextlib.ExitStack] = None  # what is to be undone, within the block

    @property
    def n(self) -> int:
        """How many images have been recorded."""
        return self.file.n

    def __enter__(self) -> 'Recorder':
        import torch
        if self.stack is not None or self.n:
            raise UsageError('a Recorder is for one block; another needs a new one')
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.file)
            stack.push(self._conclude)
            for module in list(self.model.modules()):
                stack.callback(setattr, module, 'training', module.training)
            self.model.eval()
            stack.callback(torch.set_grad_enabled, torch.is_grad_enabled())
            torch.set_grad_enabled(False)
            stack.callback(self._watch_inputs().remove)
            for name in self.wanted:
                if name != '<input>':
                    stack.callback(self.modules[name].register_forward_hook(self._hook(name)).remove)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> Optional[bool]:
        stack, self.stack = self.stack, None
        return stack.__exit__(kind, error, trace) if stack is not None else None

    def _conclude(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is not None:
            return
        if self.caught:
            raise ExportError('the last batch ran through the model, but was not added')
        self.file.describe_classes(*self.classes)
        if self.judged and 'test_accuracy' not in self.file.attributes:
            # With noise the accuracy is not the model's.
            name = 'accuracy_with_noise' if self.noise else 'test_accuracy'
            self.file.file.attrs[name] = self.correct / self.judged

    def _watch_inputs(self) -> Any:
        register: Any = self.model.register_forward_pre_hook
        if 'with_kwargs' in inspect.signature(register).parameters:  # from PyTorch 2.0 on
            return register(self._before, with_kwargs=True)
        return register(self._before)

    def _before(self, module: Any, inputs: Tuple[Any, ...], named: Optional[Mapping[str, Any]] = None) -> None:
        self.caught.clear()
        self.calls.clear()
        self.heard.clear()
        self.batch = self.seen = self.pictures = None
        for _, tensor in itertools.chain(_tensors(inputs), _tensors(named)):
            if tensor.ndim > 0:
                self._look_at(tensor)
                break

    def _look_at(self, tensor: 'torch.Tensor') -> None:
        """Takes what is needed of the inputs before any module can work on them in place."""
        self.batch, self.seen = len(tensor), tensor
        if self._needs_pictures() and not self.runs:
            self.pictures = _pictures(tensor, self.mean, self.std)
        if '<input>' in self.wanted:
            self._catch('input', 'input', _to_numpy(tensor), _choice(self.axes, 'input', 'NCHW'))

    def _needs_pictures(self) -> bool:
        return bool(self.thumbnails) or callable(self.masks) or isinstance(self.masks, str)

    def _axes(self, layer: str, name: str, shape: Sequence[int]) -> str:
        given = _choice(self.axes, layer, '')
        if given or len(shape) < 3:
            return given or 'ND'
        axes, sure = _natural_axes(name, shape, self.modules)
        if not sure:
            self.unsure[layer] = axes
        return axes

    def _hook(self, name: str) -> Callable[[Any, Any, Any], None]:
        label, wanted = name or 'output', self.wanted[name]

        def hook(module: 'torch.nn.Module', inputs: Any, output: Any) -> None:
            call = self.calls[label] = self.calls.get(label, 0) + 1
            for part, tensor in _tensors(output):
                layer = f'{label}{"" if call == 1 else f"#{call}"}{part}'
                if call == 1 and self.n == 0:
                    self.heard.setdefault(name, []).append(layer)
                if not wanted.takes(layer):
                    continue
                # A smaller last batch may have as many images as something else has rows.
                if layer in self.odd and self.n:
                    continue
                tensor = self._images_first(layer, module, part, tensor)
                if tensor.ndim == 0 or (self.batch is not None and len(tensor) != self.batch):
                    self.odd[layer] = _shape(tensor.shape)
                    continue
                axes = '' if layer in self.file.layers else self._axes(layer, name, tensor.shape)
                self._catch(layer, 'output' if not name else _kind(module), _to_numpy(tensor), axes)
        return hook

    def _images_first(self, layer: str, module: 'torch.nn.Module', part: str,
                      tensor: 'torch.Tensor') -> 'torch.Tensor':
        """Recurrent modules and attention may put steps first, the states of recurrent ones are layers first."""
        import torch
        if tensor.ndim != 3 or not (self.steps_first or isinstance(module, torch.nn.RNNBase)):
            return tensor
        if isinstance(module, torch.nn.RNNBase):
            turn = part != '[0]' or not module.batch_first
        elif self.n == 0 and self.batch is not None:
            if tensor.shape[0] == tensor.shape[1] == self.batch:
                raise ExportError(f'{layer}: its output is {_shape(tensor.shape)}: which are the images, and which the '
                                  'steps? batches of another size tell')
            turn = tensor.shape[0] != self.batch and tensor.shape[1] == self.batch
            self.turned.update([layer] if turn else [])
        else:
            turn = layer in self.turned
        return tensor.transpose(0, 1) if turn else tensor

    def _catch(self, layer: str, kind: str, values: Rows, axes: str) -> None:
        if layer not in self.file.layers:
            if self.n:
                raise ExportError(f'{layer}: comes in the batch from image {self.n} on, but not in those before')
            self.file.add_layer(layer, kind, axes, _choice(self.sampling, layer, 'whole'))
        if kind == 'pool' and values.ndim == 4 and values.shape[2:] == (1, 1):
            values = values[:, :, 0, 0]  # a global pool has no positions left
        # At once, since the next module may work in place.
        self.caught[layer] = self.file.prepare(layer, values)

    def _check_first(self) -> None:
        for name, wanted in self.wanted.items():
            for word, layer in wanted.exact.items():
                if not any(_is_part(found, layer) for found in self.caught):
                    raise ExportError(f'{word}: {self._why_absent(name, layer)}')
        if '<input>' in self.wanted and 'input' not in self.caught:
            raise ExportError('input: the model was given no tensor, or by keyword only, which this version of PyTorch '
                              'does not show (2.0 does): call model(x), or leave "input" out')
        if not self.caught:
            raise ExportError('none of the chosen modules gave a tensor with a row for each image')
        silent = [name for name in self.wanted if name not in ('', '<input>') and not self.calls.get(name)]
        if silent:
            _say(f'never called, left out: {", ".join(silent)}')
        _check_choices('sampling', self.sampling, self.caught)
        _check_choices('axes', self.axes, self.caught)
        for layer, shape in self.odd.items():
            _say(f'{layer}: left out, its output is {shape}, without a row for each image')
        for axes in sorted(set(self.unsure.values())):
            names = [layer for layer, assumed in self.unsure.items() if assumed == axes]
            more = f' and {len(names) - 6} more' if len(names) > 6 else ''
            _say(f'{", ".join(names[:6])}{more}: channels taken to be {"first" if axes == "NCHW" else "last"}, '
                 f'but parts for both orders are in there; axes={{"{names[0]}": …}} says it for sure')

    def _why_absent(self, name: str, layer: str) -> str:
        calls = self.calls.get(name, 0)
        shape = next((shape for found, shape in self.odd.items() if _is_part(found, layer)), None)
        if shape is not None:
            return f'its output is {shape}, without a row for each of the {self.batch} images'
        if calls == 0:
            return 'never called by the forward pass'
        return f'there is no such output; the module is called {calls} time{"s" if calls > 1 else ""} and its first ' \
               'output ' + (', '.join(self.heard.get(name, [])) or 'holds no tensor')

    def run(self, inputs: Any, **columns: Any) -> Any:
        """Puts a batch through the model and records it; returns what the model gave. See `add`."""
        self._check_open()
        inputs = _as_tensor(inputs)
        place = next(itertools.chain(self.model.parameters(), self.model.buffers()), None)
        clean = inputs
        if self.noise:
            inputs = inputs + self._draw_noise(inputs)
        if place is not None:
            inputs = inputs.to(device=place.device,
                               dtype=place.dtype if inputs.is_floating_point() and place.is_floating_point() else None)
        if inputs.data_ptr() == clean.data_ptr():
            inputs = inputs.clone()  # a first module may work in place, and these are not the model's
        self.runs = True
        try:
            output = self.model(inputs)
        finally:
            self.runs = False
        if columns.get('predictions') is None:
            columns['predictions'] = self._predict(output)
        self.add(clean, **columns)
        return output

    def _check_open(self) -> None:
        if self.stack is None:
            raise UsageError('nothing is recorded outside the block: with Recorder(…) as recorder')

    def _draw_noise(self, inputs: 'torch.Tensor') -> 'torch.Tensor':
        """From the seed and the image's number alone, whatever the size of a batch."""
        import torch
        if not inputs.is_floating_point():
            raise ExportError(f'noise: the inputs are {inputs.dtype}; noise is added to floating-point inputs')
        drawn = [np.random.default_rng([self.seed, self.n + i]).standard_normal(tuple(inputs.shape[1:]), np.float32)
                 for i in range(len(inputs))]
        return torch.from_numpy(np.stack(drawn) * np.float32(self.noise)).to(inputs)

    def _predict(self, output: Any) -> Optional[Rows]:
        scores = {part: tensor for part, tensor in _tensors(output) if tensor.ndim == 2 and tensor.shape[1] > 1}
        names = self.classes[0]
        fitting = {part: tensor for part, tensor in scores.items() if names is None or tensor.shape[1] == len(names)}
        called = [part for part in fitting if part in SCORES]
        if len(called) == 1 or len(fitting) == 1:
            return np.asarray(_to_numpy(fitting[called[0] if called else next(iter(fitting))].argmax(dim=1)))
        if fitting:
            self._say_once(f'predictions: left out, they could be any of the outputs {", ".join(fitting)}; give them '
                           'by predictions=')
        elif scores and names is not None:
            widths = ', '.join(str(tensor.shape[1]) for tensor in scores.values())
            self._say_once(f'predictions: left out, the model tells {widths} classes apart and class_names has '
                           f'{len(names)}')
        return None

    def _say_once(self, text: str) -> None:
        if text not in self.said:
            self.said.add(text)
            _say(text)

    def add(self, inputs: Any = None, *, labels: Any = None, predictions: Any = None, images: Any = None,
            masks: Any = None, sample_ids: Any = None) -> None:
        """Records the batch that has just run through the model.

        inputs: what pictures are made of, if neither `images` (uint8) are given nor what the model got will do.
        """
        import torch
        self._check_open()
        if self.n == 0:
            self._check_first()
        count = len(next(iter(self.caught.values()))) if self.caught else 0
        if images is None and self._needs_pictures():
            images = self._make_pictures(inputs)
        if masks is None and self.masks is not None:
            masks = self._make_masks(images, count)
        if images is not None and self.thumbnails:
            images = _shrink(np.asarray(images), self.thumbnails)
        columns = {'labels': labels, 'predictions': predictions, 'images': images if self.thumbnails else None,
                   'masks': masks, 'sample_ids': sample_ids}
        columns = {name: _to_numpy(values) if isinstance(values, torch.Tensor) else values
                   for name, values in columns.items() if values is not None}
        self.file.append(self.caught, columns)
        self.caught.clear()
        self.calls.clear()
        if 'labels' in columns and 'predictions' in columns:
            labels = np.asarray(columns['labels']).ravel()
            self.correct += int((labels == columns['predictions']).sum())
            self.judged += int((labels >= 0).sum())

    def _make_pictures(self, inputs: Any) -> Optional[Rows]:
        import torch
        same = inputs is None or (self.seen is not None and isinstance(inputs, torch.Tensor)
                                  and inputs.data_ptr() == self.seen.data_ptr())
        if same and self.pictures is not None:
            return self.pictures  # from before the model ran
        return _pictures(inputs, self.mean, self.std) if isinstance(inputs, torch.Tensor) else None

    def _make_masks(self, images: Optional[Rows], count: int) -> Any:
        if not callable(self.masks) and not isinstance(self.masks, str):
            return typing.cast(Any, self.masks)[self.n:self.n + count]
        if images is None:
            raise ExportError('masks: no pictures to make them from; inputs of 1 or 3 channels are needed')
        return grabcut_masks(images) if isinstance(self.masks, str) else self.masks(images)


INPUT_KEYS = ('pixel_values', 'image', 'images', 'img', 'input', 'inputs', 'x', 'data')
COLUMN_KEYS = {'labels': ('labels', 'label', 'targets', 'target', 'y'), 'masks': ('masks', 'mask'),
               'sample_ids': ('sample_ids', 'sample_id', 'ids', 'id')}


def unpack_batch(batch: Any) -> Tuple[Any, Dict[str, Any]]:
    """(inputs, {labels, masks, sample_ids}) of a batch: a tensor, a tuple (inputs, labels, …), or a dictionary.

    Of what follows the inputs in a tuple N×h×w is masks, the first of the others labels, words after them sample_ids.
    """
    return _unpack(batch)[:2]


def _unpack(batch: Any) -> Tuple[Any, Dict[str, Any], List[str]]:
    """The same, and what was left out."""
    if isinstance(batch, Mapping):
        key = next((key for key in INPUT_KEYS if key in batch), None)
        if key is None:
            raise ExportError(f'the batch has {", ".join(map(str, batch))}, none of {", ".join(INPUT_KEYS)}; '
                              'say which by unpack=')
        columns = {name: batch[key] for name, keys in COLUMN_KEYS.items() for key in reversed(keys) if key in batch}
        known = (key, *itertools.chain(*COLUMN_KEYS.values()))
        return batch[key], columns, [f'"{other}"' for other in batch if other not in known]
    if not isinstance(batch, (tuple, list)):
        return batch, {}, []
    if not batch:
        raise ExportError('an empty batch')
    columns, left = {}, []
    for place, item in enumerate(batch[1:], 1):
        name = _column_of(item, columns)
        if name is None:
            left.append(f'item {place}')
        else:
            columns[name] = item
    return batch[0], columns, left


def _column_of(item: Any, taken: Mapping[str, Any]) -> Optional[str]:
    shape = tuple(getattr(item, 'shape', ()))
    if len(shape) == 3 or (len(shape) == 4 and 1 in (shape[1], shape[3])):
        return 'masks' if 'masks' not in taken else None
    if 'labels' not in taken and not isinstance(item, Mapping):
        return 'labels'
    words = isinstance(item, (tuple, list)) and all(isinstance(word, (str, bytes)) for word in item)
    return 'sample_ids' if words and 'sample_ids' not in taken else None


def _usable_labels(labels: Any, recorder: Recorder) -> Any:
    import torch
    if labels is None:
        return None
    try:
        values = _to_numpy(labels) if isinstance(labels, torch.Tensor) else np.asarray(labels)
    except ValueError:  # boxes, one list an image
        values = np.empty((len(labels), 0), dtype=object)
    names = recorder.classes[0]
    if _are_words(labels) and names is not None:
        return _number_labels(labels, names)[0]
    if values.ndim == 1 or (values.ndim == 2 and values.shape[1] == 1):
        if _are_whole(values):
            return values
    recorder._say_once('labels: left out, they are words; class_names=[…] numbers them' if _are_words(labels) else
                       f'labels: left out, {values.dtype} of shape {_shape(values.shape)} are no class numbers')
    return None


def _batches(data: Any, batch_size: int) -> Iterable[Any]:
    import torch
    if isinstance(data, (torch.Tensor, np.ndarray)):
        return (data[start:start + batch_size] for start in range(0, len(data), batch_size))
    if isinstance(data, torch.utils.data.Dataset):
        return torch.utils.data.DataLoader(data, batch_size=batch_size)
    if not isinstance(data, Iterable) and not hasattr(data, '__getitem__'):
        raise UsageError(f'data: {type(data).__name__}; a loader, batches one by one, a dataset or a tensor is needed')
    return typing.cast(Iterable[Any], data)


def _of_dataset(data: Any) -> Tuple[Optional[str], Optional[List[str]]]:
    """Name and class names of the dataset behind a loader, below subsets of it."""
    dataset = getattr(data, 'dataset', data)
    while not hasattr(dataset, 'classes') and hasattr(dataset, 'dataset'):
        dataset = dataset.dataset
    names = getattr(dataset, 'classes', None)
    named = isinstance(names, (list, tuple)) and names and all(isinstance(name, str) for name in names)
    generic = type(dataset).__name__ in ('TensorDataset', 'ndarray', 'Tensor', 'list', 'tuple', 'generator')
    return (None if generic else type(dataset).__name__), (list(typing.cast(Any, names)) if named else None)


def export(model: 'torch.nn.Module', data: Any, path: PathLike, layers: Union[str, Sequence[str]] = 'blocks', *,
           labels: Optional[Array] = None, sample_ids: Optional[Array] = None, limit: Optional[int] = None,
           batch_size: int = 64, unpack: Callable[[Any], Tuple[Any, Dict[str, Any]]] = unpack_batch,
           progress: Optional[Callable[[int], None]] = None, **options: Any) -> int:
    """Runs a PyTorch model over images and writes the activations of its layers; returns how many images.

    data: a DataLoader or any iterable of batches (see `unpack_batch`), a Dataset, or one tensor of inputs.
    layers: names as in `model.named_modules()`, patterns (`*` within a part of a name, `**` across), or words: `blocks`
    (all convolutional blocks), `conv`, `norm`, `relu`, `pool`, `linear`, `all` (modules without parts), `input`,
    `output`. A module that is called again gives a layer `name#2`; one that gives a tuple or dictionary gives
    `name[0]`, `name[key]`. What recurrent modules and attention give with steps first is turned: images first. Their
    order in the file is that in which they are computed.
    labels, sample_ids: for all images, if the batches do not bring them.
    limit: no more images than that. unpack: how a batch is to be read. progress: is told the number of images done.

    Options, by keyword; what there is not is refused:
    sampling: `whole`, or one point per image: `pool-mean`, `pool-max`, `random` (seeded as in Nerve), `top-norm`.
    axes: `NCHW`, `NHWC`, `NLC`, `NCL` where the types of modules do not tell. sampling and axes: one word for all
    layers, or {layer name or pattern: word}.
    dtype: `float16` (a layer that overflows becomes float32, with a warning) or `float32`. compression: level of gzip.
    noise: standard deviation of Gaussian noise added to the inputs as the model gets them. seed: of noise and sampling.
    thumbnails: the longest side, 0 for none; mean, std: the normalisation of the inputs, undone in thumbnails.
    masks: whole numbers [N,h,w], 0 where background (or shares of foreground, 0 to 1), a function from pictures (uint8)
    to masks, or `grabcut`; batches may bring them too.
    class_names (taken from the dataset if it has any), superclass, superclass_names: see `describe_classes`.
    overwrite: replace a file that is there.
    dataset, test_accuracy (computed, if there are labels), transfer_accuracy, licence, source, and the model's name as
    `model_name`: said in the file; attributes: what else it is to say.

    Raises ExportError; what is assumed, left out or not finite is an ExportWarning.
    """
    if limit is not None and limit < 0:
        raise UsageError(f'limit {limit}: a number of images')
    if batch_size < 1:
        raise UsageError(f'batch_size {batch_size}: 1 or more')
    dataset, classes = _of_dataset(data)
    options.setdefault('dataset', dataset)
    if options.get('class_names') is None:
        options['class_names'] = classes
    if labels is not None and _are_words(labels):
        labels, options['class_names'] = _number_labels(labels, options['class_names'])
    given = {'labels': labels, 'sample_ids': sample_ids}
    with Recorder(model, path, layers, **options) as recorder:
        for batch in _batches(data, batch_size):
            inputs, columns = _read_batch(batch, unpack, recorder)
            inputs = _as_tensor(inputs)
            count = len(inputs) if limit is None else min(len(inputs), limit - recorder.n)
            if count > 0:
                place = slice(recorder.n, recorder.n + count)
                columns.update({name: values[place] for name, values in given.items() if values is not None})
                columns['labels'] = _usable_labels(columns.get('labels'), recorder)
                recorder.run(inputs[:count], **{name: values[:count] for name, values in columns.items()
                                                if values is not None})
                if progress is not None:
                    progress(recorder.n)
            if recorder.n == limit:
                break
        masks = options.get('masks')
        if not callable(masks) and not isinstance(masks, str):
            given['masks'] = masks
        for name, values in given.items():
            if values is not None and limit is None and len(values) != recorder.n:
                raise UsageError(f'{name}: {len(values)} rows, but {recorder.n} images came')
        return recorder.n


def _read_batch(batch: Any, unpack: Callable[[Any], Tuple[Any, Dict[str, Any]]],
                recorder: Recorder) -> Tuple[Any, Dict[str, Any]]:
    if unpack is not unpack_batch:
        inputs, columns = unpack(batch)
        return inputs, dict(columns)
    inputs, columns, left = _unpack(batch)
    if left:
        recorder._say_once(f'of each batch {", ".join(left)} left out; unpack= says what they are')
    return inputs, columns


# ---- Command line ---------------------------------------------------------------------------------------------------

NAME = 'nerve_activations.py'
IMAGENET_MEAN, IMAGENET_STD = (.485, .456, .406), (.229, .224, .225)
EPILOG = """examples:
  nerve_activations.py --model torchvision.models:resnet18 --weights resnet18.pth --data photos/ \\
      --layers input blocks avgpool fc -o resnet18.h5
  nerve_activations.py --model net.py:make_net --weights none --data random:1000x3x32x32 -o try.h5
  nerve_activations.py --model torchvision.models:resnet18 --list

exit status: 0 done, 1 the export failed, 2 an option, or the file it names, is wrong
"""


def _load(what: str, spec: str) -> Any:
    """The object that `package.module:name` or `file.py:name` means."""
    place, colon, name = spec.rpartition(':')
    if not colon or not name:
        raise UsageError(f'{what} {spec}: package.module:name or file.py:name is needed')
    try:
        if place.endswith('.py'):
            folder = str(pathlib.Path(place).resolve().parent)
            sys.path.insert(0, folder)
            found = importlib.util.spec_from_file_location(pathlib.Path(place).stem, place)
            assert found is not None and found.loader is not None
            module = importlib.util.module_from_spec(found)
            sys.modules.setdefault(found.name, module)
            found.loader.exec_module(module)
        else:
            sys.path.insert(0, os.getcwd())
            module = importlib.import_module(place)
    except Exception as error:
        raise UsageError(f'{what} {spec}: {_blame(error)}') from error
    if not hasattr(module, name):
        raise UsageError(f'{what} {spec}: {place} has no "{name}"; near names: '
                         + _near(name, [key for key in vars(module) if not key.startswith('_')]))
    return getattr(module, name)


def _blame(error: BaseException) -> str:
    """An exception of somebody else's code in one line: what it is, and where it was raised."""
    text = ' '.join(str(error).split())
    if isinstance(error, (ExportError, OSError, ImportError)) and text:
        return text
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    where = f' ({pathlib.Path(frames[-1].filename).name}, line {frames[-1].lineno})' if frames else ''
    return f'{type(error).__name__}{": " if text else ""}{text}{where}'


def _call(what: str, spec: str, make: Any, pairs: Sequence[str]) -> Any:
    arguments = _arguments(what, pairs)
    if not callable(make):
        raise UsageError(f'{what} {spec}: is {type(make).__name__}, not a function')
    try:
        return make(**arguments)
    except Exception as error:
        raise UsageError(f'{what} {spec}: {_blame(error)}') from error


def _arguments(what: str, pairs: Sequence[str]) -> Dict[str, Any]:
    """key=value, the value as JSON if it is, else as text."""
    result: Dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition('=')
        if not equals or not key.isidentifier():
            raise UsageError(f'{what}-arg "{pair}": key=value is needed')
        try:
            result[key] = json.loads(text)
        except ValueError:
            result[key] = {'None': None, 'True': True, 'False': False}.get(text, text)
    return result


def _load_model(options: argparse.Namespace) -> 'torch.nn.Module':
    import torch
    made = _load('--model', options.model)
    model = made if isinstance(made, torch.nn.Module) else _call('--model', options.model, made, options.model_arg)
    if not isinstance(model, torch.nn.Module):
        raise UsageError(f'--model {options.model}: gave {type(model).__name__}, not a torch.nn.Module')
    if options.weights != 'none':
        _load_weights(model, options.weights)
    device = options.device or ('cuda' if torch.cuda.is_available() else 'cpu')
    try:
        return model.to(device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise UsageError(f'--device {device}: {str(error).splitlines()[0]}') from error


def _load_weights(model: 'torch.nn.Module', path: str) -> None:
    import torch
    if not os.path.exists(path):
        raise UsageError(f'--weights {path}: there is no such file; "none" for weights as the model comes')
    try:
        state = torch.load(path, map_location='cpu', weights_only=True)
    except Exception as error:
        raise UsageError(f'--weights {path}: no state dictionary that can be loaded safely ({error})') from error
    for key in ('state_dict', 'model_state_dict', 'model'):
        if isinstance(state, Mapping) and isinstance(state.get(key), Mapping):
            state = state[key]
    if isinstance(state, Mapping) and state and all(str(key).startswith('module.') for key in state):
        state = {key[len('module.'):]: value for key, value in state.items()}
    try:
        model.load_state_dict(state)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise UsageError(f'--weights {path}: ' + ' '.join(str(error).split())) from error


def _load_data(options: argparse.Namespace) -> Any:
    """Batches, and the normalisation that thumbnails have to undo in options.mean and options.std."""
    import torch
    spec = options.data
    drawn = re.fullmatch(r'random:(\d+)x(\d+)x(\d+)x(\d+)', spec)
    if drawn:
        n, channels, height, width = map(int, drawn.groups())
        return _random_batches(n, (channels, height, width), options.batch_size, options.seed)
    if spec.startswith('random:'):
        raise UsageError(f'--data {spec}: random:NxCxHxW is needed, as in random:1000x3x32x32')
    if os.path.isdir(spec):
        data: Any = _load_folder(options)
    elif spec.endswith(('.npz', '.npy')):
        data = _load_arrays(options)
    elif ':' not in spec:
        raise UsageError(f'--data {spec}: there is no such folder' + (', but a file' if os.path.exists(spec) else ''))
    else:
        made = _load('--data', spec)
        data = _call('--data', spec, made, options.data_arg) if callable(made) else made
    if not isinstance(data, torch.utils.data.Dataset):
        return data
    return torch.utils.data.DataLoader(data, batch_size=options.batch_size, num_workers=options.workers)


def _random_batches(n: int, shape: Tuple[int, ...], batch_size: int, seed: int) -> Iterator['torch.Tensor']:
    """Inputs to try with: standard normal, without labels."""
    import torch
    generator = torch.Generator().manual_seed(seed)
    for start in range(0, n, batch_size):
        yield torch.randn(min(batch_size, n - start), *shape, generator=generator)


def _load_folder(options: argparse.Namespace) -> Any:
    """A folder with a folder of pictures for each class."""
    try:
        from torchvision import datasets, transforms  # type: ignore[import]
    except ImportError as error:
        raise UsageError(f'--data {options.data}: a folder of pictures needs torchvision') from error
    options.mean, options.std = options.mean or IMAGENET_MEAN, options.std or IMAGENET_STD
    size = options.size or 224
    steps = [transforms.Resize(size), transforms.CenterCrop(size), transforms.ToTensor(),
             transforms.Normalize(options.mean, options.std)]
    try:
        return datasets.ImageFolder(options.data, transforms.Compose(steps))
    except (OSError, RuntimeError) as error:
        raise UsageError(f'--data {options.data}: {_blame(error)}') from error


def _load_numpy(what: str, path: str) -> Dict[str, Rows]:
    """Arrays by their names; the one of a .npy file is "x"."""
    try:
        found = np.load(path, mmap_mode='r' if path.endswith('.npy') else None)
        arrays = {'x': found} if isinstance(found, np.ndarray) else dict(found)
    except OSError as error:
        raise UsageError(f'{what} {path}: {error.strerror or error}') from error
    except Exception as error:  # NumPy has many for a file that is none of its own
        raise UsageError(f'{what} {path}: no arrays of numbers or words can be read from it '
                         f'({" ".join(str(error).split())})') from error
    for key, values in arrays.items():  # of any other ZIP, bytes
        if not isinstance(values, np.ndarray):
            raise UsageError(f'{what} {path}: {key} in it is no array')
    return arrays


def _load_masks(path: Optional[str]) -> Any:
    if path in (None, 'grabcut'):
        return path
    masks = next(iter(_load_numpy('--masks', str(path)).values()), None)
    if masks is None or masks.ndim < 3 or masks.dtype.kind not in 'fiub':
        raise UsageError(f'--masks {path}: ' + ('is empty' if masks is None else
                         f'{masks.dtype} of shape {_shape(masks.shape)}; numbers N×h×w are needed'))
    return masks


def _load_arrays(options: argparse.Namespace) -> Any:
    arrays = _load_numpy('--data', options.data)
    key = next((key for key in (*INPUT_KEYS, 'x_test') if key in arrays), None)
    if key is None:
        raise UsageError(f'--data {options.data}: holds {", ".join(arrays)}, none of {", ".join(INPUT_KEYS)}')
    x = arrays[key]
    if x.dtype.kind not in 'fiub' or x.ndim < 2:
        raise UsageError(f'--data {options.data}: {key} is {x.dtype} of shape {_shape(x.shape)}; inputs are needed')
    if x.ndim == 3:
        x = x[:, None]
    elif x.ndim == 4 and x.shape[3] in (1, 3) and x.shape[1] not in (1, 3):
        x = np.moveaxis(x, 3, 1)
    if options.mean or options.std:
        _check_normalisation(options.mean, options.std)
    labels = next((arrays[key] for key in (*COLUMN_KEYS['labels'], 'y_test') if key in arrays), None)
    if labels is None:
        return _array_batches(x, None, options)
    if len(labels) != len(x):
        raise UsageError(f'--data {options.data}: {len(labels)} labels for {len(x)} inputs')
    if _are_words(labels.ravel()):
        labels, options.named = _number_labels(labels.ravel(), _read_class_names(options.class_names))
    return _array_batches(x, _column_rows('labels', labels), options)


def _array_batches(x: Rows, labels: Optional[Rows], options: argparse.Namespace) -> Iterator[Any]:
    """What `x` is mapped from may be larger than memory."""
    import torch
    for start in range(0, len(x), options.batch_size):
        part = slice(start, start + options.batch_size)
        inputs = torch.from_numpy(np.array(x[part], dtype=np.float32, order='C'))
        if x.dtype == np.uint8:
            inputs /= 255
        if options.mean or options.std:
            inputs = (inputs - _per_channel('mean', options.mean, 0, x.shape[1])) / \
                _per_channel('std', options.std, 1, x.shape[1])
        yield inputs if labels is None else (inputs, torch.from_numpy(labels[part]))


def _read_lines(what: str, path: Optional[str]) -> Optional[List[str]]:
    if path is None:
        return None
    try:
        text = pathlib.Path(path).read_text(encoding='utf-8')
    except OSError as error:
        raise UsageError(f'{what} {path}: {error.strerror}') from error
    except ValueError as error:
        raise UsageError(f'{what} {path}: no text in UTF-8') from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _read_class_names(path: Optional[str]) -> Optional[List[str]]:
    lines = _read_lines('--class-names', path)
    if lines is not None and not lines:
        raise UsageError(f'--class-names {path}: no name is in it')
    return lines


def _read_superclass(path: Optional[str]) -> Optional[Dict[str, Tuple[str, ...]]]:
    """Lines "class,superclass", or with further levels after it."""
    lines = _read_lines('--superclass', path)
    if lines is None:
        return None
    rows = [[word.strip() for word in line.split(',')] for line in lines]
    for line, row in zip(lines, rows):
        if len(row) < 2 or len(row) != len(rows[0]) or not all(row):
            raise UsageError(f'--superclass {path}: "{line}" where "class,superclass" is needed'
                             + (f', with {len(rows[0]) - 1} levels as in the first line' if len(rows[0]) > 2 else ''))
    return {row[0]: tuple(row[1:]) for row in rows}


def _choices(words: Optional[Sequence[str]]) -> Union[str, Dict[str, str], None]:
    """One word, or pattern=word several times."""
    if not words:
        return None
    if len(words) == 1 and '=' not in words[0]:
        return words[0]
    return {key: word for key, _, word in (text.partition('=') if '=' in text else ('*', '=', text)
                                           for text in words)}


def _numbers(text: str) -> List[float]:
    return [float(number) for number in text.split(',')]


def _at_least(least: int, most: Optional[int] = None) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not re.fullmatch(r'[+-]?\d+', text) or int(text) < least or (most is not None and int(text) > most):
            raise argparse.ArgumentTypeError(f'{text}: a whole number from {least} {"on" if most is None else "to"} '
                                             f'{"" if most is None else f"{most} "}is needed')
        return int(text)
    return number


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> typing.NoReturn:
        self.exit(2, f'{NAME}: {message}; --help lists the options\n')


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(description='Writes the activations of a PyTorch model into a file for Nerve.',
                     epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add('--model', required=True, metavar='MODULE:NAME', help='a function that makes the model, or the model: '
        'torchvision.models:resnet18, net.py:make_net')
    add('--model-arg', action='append', default=[], metavar='KEY=VALUE', help='an argument for that function')
    add('--weights', default='none', metavar='FILE', help='a state dictionary, or "none" (the default)')
    add('--list', action='store_true', help="show the model's modules and their kinds, and end")
    add('--data', metavar='WHAT', help='a folder with a folder for each class; FILE.npz with x and y; FILE.npy; '
        'MODULE:NAME of a loader or dataset or what makes it; random:NxCxHxW for a try')
    add('--data-arg', action='append', default=[], metavar='KEY=VALUE', help='an argument for what makes the data')
    add('--layers', nargs='+', default=['blocks'], metavar='LAYER', help='names of modules, patterns (* in one part of '
        f'a name, ** across), or: {", ".join(KEYWORDS)} (default: blocks)')
    add('-o', '--output', metavar='FILE.h5')
    add('--sampling', nargs='+', metavar='S', help=f'{", ".join(SAMPLINGS)}, or LAYER=SAMPLING several times')
    add('--axes', nargs='+', metavar='A', help=f'{", ".join(AXES)}, or LAYER=AXES several times')
    add('--dtype', choices=('float16', 'float32'), default='float16')
    add('--gzip', nargs='?', type=_at_least(0), const=4, metavar='LEVEL', help='pack the layers (slower, smaller)')
    add('--noise', type=float, default=0., metavar='SIGMA', help='Gaussian noise on the inputs, as the model gets them')
    add('--seed', type=_at_least(0, MOST_SEED), default=0)
    add('--limit', type=_at_least(0), metavar='N', help='no more images than that')
    add('--batch-size', type=_at_least(1), default=64)
    add('--workers', type=_at_least(0), default=0, help='processes that load data')
    add('--device', help='cpu, cuda, … (default: cuda if there is one)')
    add('--size', type=_at_least(1), help='of pictures from a folder (224)')
    add('--mean', type=_numbers, help="normalisation of the inputs (folders: ImageNet's): 0.485,0.456,0.406")
    add('--std', type=_numbers)
    add('--thumbnails', type=_at_least(0), default=64, metavar='SIDE', help='the longest side, 0 for none (64)')
    add('--masks', metavar='FILE.npy|grabcut', help='N×h×w, 0 where background')
    add('--class-names', metavar='FILE', help='one name a line')
    add('--superclass', metavar='FILE', help='lines "class,superclass", or further levels after it')
    for name in ('model-name', 'dataset', 'licence', 'source'):
        add(f'--{name}', help='said in the file')
    for name in ('test-accuracy', 'transfer-accuracy'):
        add(f'--{name}', type=float, help='said in the file')
    add('--force', action='store_true', help='replace a file that is there')
    add('--quiet', action='store_true', help='no progress')
    return parser


def _list_modules(model: 'torch.nn.Module') -> None:
    blocks = set(_convolutional_blocks(model))
    for name, module in model.named_modules():
        if name:
            print(f'{name:40} {_kind(module):8} {type(module).__name__}{"  (in blocks)" if name in blocks else ""}')


def _show_progress(done: int) -> None:
    print(f'\r{done} images', end='', file=sys.stderr, flush=True)


def _run(options: argparse.Namespace) -> None:
    model = _load_model(options)
    if options.list:
        _list_modules(model)
        return
    options.named = None
    data, masks = _load_data(options), _load_masks(options.masks)
    said = {name: getattr(options, name) for name in ATTRIBUTES[1:] if getattr(options, name) is not None}
    shows = not options.quiet and sys.stderr.isatty()
    model_name = options.model_name or options.model.rpartition(':')[2]
    class_names = _read_class_names(options.class_names) or options.named
    try:
        n = export(model, data, options.output, [word for part in options.layers for word in part.split(',')],
                   sampling=_choices(options.sampling) or 'whole', axes=_choices(options.axes), dtype=options.dtype,
                   compression=options.gzip, noise=options.noise, seed=options.seed, limit=options.limit,
                   batch_size=options.batch_size, thumbnails=options.thumbnails, mean=options.mean, std=options.std,
                   masks=masks, class_names=class_names, superclass=_read_superclass(options.superclass),
                   overwrite=options.force, model_name=model_name, progress=_show_progress if shows else None, **said)
    finally:
        if shows:
            print(file=sys.stderr)
    if not options.quiet:
        print(f'{options.output}: {n} images', file=sys.stderr)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Exit status: 0 done, 1 the export failed, 2 an option, or the file it names, is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.list:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # | head
    elif options.data is None or not options.output:
        parser.error('--data and -o are needed')

    def show(message: Any, category: Any, *unused: Any, **more: Any) -> None:
        print(f'{NAME}: note: {message}', file=sys.stderr)

    with warnings.catch_warnings():
        warnings.simplefilter('always', ExportWarning)
        warnings.showwarning = show
        try:
            _run(options)
        except KeyboardInterrupt:
            return 130
        except Exception as error:
            print(f'{NAME}: {_blame(error)}', file=sys.stderr)
            return 2 if isinstance(error, UsageError) else 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
