"""write_arrays of resources/python/nerve_activations.py, which has to work where there is no PyTorch."""

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
sys.path[:0] = [str(ROOT / "tests/python"), str(ROOT / "resources/python")]
sys.modules["torch"] = None  # to import it is an error from here on

import h5py  # noqa: E402
import numpy as np  # noqa: E402

import nerve_activations as nerve  # noqa: E402
import tapcase  # noqa: E402


class Arrays(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.path = self.folder / "out.h5"
        random = np.random.default_rng(0)
        self.maps, self.vectors = random.normal(size=(50, 6, 5, 4)), random.normal(size=(50, 7))

    def write(self, layers, **options):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            nerve.write_arrays(self.path, layers, **options)
        self.said = [str(warning.message) for warning in said]
        return self.enterContext(h5py.File(self.path))

    def complaint(self, layers, **options):
        with self.assertRaises(nerve.ExportError) as caught:
            self.write(layers, **options)
        self.assertEqual(os.listdir(self.folder), [])
        return str(caught.exception)

    def test_all_that_the_format_has(self):
        random = np.random.default_rng(1)
        columns = {"labels": np.arange(50) % 3, "predictions": np.arange(50) % 2,
                   "images": random.integers(0, 256, (50, 9, 8, 3), dtype=np.uint8),
                   "masks": random.integers(0, 2, (50, 9, 8), dtype=np.uint8), "sample_ids": np.arange(50) * 3}
        layers = {"input": self.maps.transpose(0, 2, 3, 1), "out": self.vectors}
        file = self.write(layers, axes="NHWC", class_names=["a", "b", "c"], superclass=["x", "y", "x"], **columns,
                          model="m", dataset="d", test_accuracy=.5, licence="l", source="s", kinds={"out": "linear"})
        for name, values in layers.items():
            np.testing.assert_array_equal(file["layers"][name][:], values.astype(np.float16))
        for name, values in columns.items():
            np.testing.assert_array_equal(file[name][:], values)
        info = json.loads(subprocess.run([BUILD / "app/nerve-cli", "info", self.path, "--format", "json"],
                                         capture_output=True, check=True).stdout)
        self.assertEqual([(layer["name"], layer["kind"], layer["shape"]) for layer in info["layers"]],
                         [("input", "input", [50, 5, 4, 6]), ("out", "linear", [50, 7])])
        self.assertEqual((info["model"], info["n"], info["classes"], info["superclasses"], info["assumed"]),
                         ("m", 50, ["a", "b", "c"], ["x", "y"], []))

    def test_random_is_what_nerve_draws_from_the_whole_layer(self):
        self.write({"a": self.maps}, dtype="float32")
        subprocess.run([BUILD / "app/nerve-cli", "cloud", self.path, "--layer", "a", "--sampling", "random", "--seed",
                        "11", "-o", self.folder / "cloud.npy"], check=True)
        file = self.write({"a": self.maps}, dtype="float32", sampling="random", seed=11, overwrite=True)
        np.testing.assert_array_equal(file["layers/a"][:], np.load(self.folder / "cloud.npy").astype(np.float32))
        self.assertEqual(file["layers/a"].attrs["seed"], 11)

    def test_labels_that_are_words(self):
        file = self.write({"a": self.vectors}, labels=["dog", "cat"] * 25)
        self.assertEqual(list(file["class_names"].asstr()), ["cat", "dog"])
        np.testing.assert_array_equal(file["labels"][:], [1, 0] * 25)

    def test_memory_maps_and_datasets_are_read_in_parts(self):
        np.save(self.folder / "big.npy", np.arange(6e6, dtype=np.float32).reshape(3000, 20, 10, 10) / 1e6)
        big = np.load(self.folder / "big.npy", mmap_mode="r")
        file = self.write({"a": big}, dtype="float32", compression=1)
        np.testing.assert_array_equal(file["layers/a"][:], big)

    def test_three_and_five_dimensions_become_four(self):
        file = self.write({"tokens": np.zeros((9, 5, 3)), "signal": np.zeros((9, 4, 6)),
                           "volume": np.zeros((9, 2, 3, 4, 5))}, axes={"tokens": "NLC"})
        found = {name: (data.shape, data.attrs["axes"]) for name, data in file["layers"].items()}
        self.assertEqual(found, {"tokens": ((9, 1, 5, 3), "NHWC"), "signal": ((9, 4, 1, 6), "NCHW"),
                                 "volume": ((9, 2, 12, 5), "NCHW")})

    def test_half_precision_that_overflows_becomes_single(self):
        file = self.write({"a": self.vectors * 1e5})
        self.assertEqual(file["layers/a"].dtype, np.float32)
        self.assertTrue(any("float32" in text for text in self.said), self.said)

    def test_mistakes_say_which_and_leave_nothing(self):
        for options, wanted in (({"labels": np.arange(49)}, "labels: 49 rows"),
                                ({"labels": np.arange(50) / 3}, "labels: float64"),
                                ({"superclass": ["x"], "class_names": "abc"}, "1 entries for 3 classes"),
                                ({"images": np.zeros((50, 4, 4))}, "images: float64"),
                                ({"sampling": "most"}, 'no sampling "most"'), ({"dtype": "int8"}, 'no dtype "int8"')):
            with self.subTest(wanted):
                self.assertIn(wanted, self.complaint({"a": self.maps}, **options))
        self.assertIn("complex", self.complaint({"a": self.maps * 1j}))
        self.assertIn("no layers", self.complaint({}))
        self.assertIn("b: 49 rows, but a has 50", self.complaint({"a": self.maps, "b": self.vectors[1:]}))

    def test_an_existing_file_is_replaced_only_if_asked(self):
        self.write({"a": self.maps}).close()
        with self.assertRaisesRegex(nerve.ExportError, "exists already"):
            self.write({"a": self.vectors})
        self.assertEqual(self.write({"a": self.vectors}, overwrite=True)["layers/a"].shape, (50, 7))
        self.assertEqual(os.listdir(self.folder), ["out.h5"])


class Sample(unittest.TestCase):
    """The files that ship, by the same exporter, are what resources/samples/README.md says of them."""

    def open(self, name, most):
        path = ROOT / "resources/samples" / name
        self.assertLess(path.stat().st_size, most)
        return self.enterContext(h5py.File(path))

    def accuracy(self, file):
        return (file["labels"][:] == file["predictions"][:]).mean()

    def test_glyphs(self):
        file = self.open("glyphs.h5", 16 << 20)
        self.assertEqual(list(np.bincount(file["labels"][:])), [100] * 12)
        self.assertEqual(list(np.bincount(file["superclass"][:])), [4, 3, 3, 2])
        self.assertAlmostEqual(self.accuracy(file), 1187 / 1200)
        self.assertAlmostEqual(file.attrs["test_accuracy"], 1187 / 1200)
        for name, layer in file["layers"].items():
            self.assertEqual((layer.dtype, layer.compression, layer.shuffle), (np.float16, "gzip", True), name)
        np.testing.assert_array_equal(np.round(file["layers/input"][:, 0].astype(float) * 255), file["images"][:])
        self.assertEqual(file["layers/block4"].shape, (1200, 24, 6, 6))

    def test_masks_are_the_drawing(self):
        file = self.open("glyphs.h5", 16 << 20)
        inside = file["masks"][:] != 0
        pictures = file["images"][:].astype(float)
        within = np.array([picture[mask].mean() for picture, mask in zip(pictures, inside)])
        without = np.array([picture[~mask].mean() for picture, mask in zip(pictures, inside)])
        self.assertGreater((within - without).min(), 60)

    def test_random_labels(self):
        file, glyphs = self.open("glyphs-random-labels.h5", 3 << 20), self.open("glyphs.h5", 16 << 20)
        self.assertLess(abs(self.accuracy(file) - 1 / 12), .03)
        self.assertEqual(file.attrs["training_accuracy"], 1)
        np.testing.assert_array_equal(file["images"][:], glyphs["images"][:])
        self.assertEqual(list(file["layers"]), list(glyphs["layers"]))
        self.assertEqual(file["layers/block4"].attrs["sampling"], "pool-mean")
        np.testing.assert_array_equal(file["layers/input"][:], glyphs["layers/input"][:])


if __name__ == "__main__":
    tapcase.run()
