"""What the tests of exporting from PyTorch share."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import warnings

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]).resolve()
BUILD = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "build").resolve()
sys.path.insert(0, str(ROOT / "resources/python"))
SCRIPT = ROOT / "resources/python/nerve_activations.py"
NETS = ROOT / "tests/python/nets.py"

import h5py  # noqa: E402
import torch  # noqa: E402

import nerve_activations as nerve  # noqa: E402
import nets  # noqa: E402


def nerve_cli(*arguments):
    return subprocess.run([BUILD / "app/nerve-cli", *arguments], capture_output=True, text=True, check=True).stdout


def nerve_info(path):
    return json.loads(nerve_cli("info", path, "--format", "json"))


def shell(*arguments, **options):
    return subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, **options)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.path = self.folder / "out.h5"
        torch.manual_seed(1)
        self.x = torch.randn(23, 3, 8, 8)
        self.y = torch.arange(23) % 4

    def loader(self, batch_size=5):
        return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(self.x, self.y), batch_size=batch_size)

    def export(self, layers, model=None, data=None, **options):
        model = nets.make_twice() if model is None else model
        data = self.loader() if data is None else data
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            nerve.export(model, data, self.path, layers, **options)
        self.said = [str(warning.message) for warning in said]
        return self.enterContext(h5py.File(self.path))

    def complaint(self, layers, model=None, data=None, **options):
        with self.assertRaises(nerve.ExportError) as caught:
            self.export(layers, model, data, **options)
        self.assertEqual(os.listdir(self.folder), [])
        return str(caught.exception)

    def layers(self, file):
        return sorted(file["layers"], key=lambda name: file["layers"][name].attrs["index"])
