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

    def test_labels_in_bytes(self):
        file = self.write({"a": self.vectors}, labels=np.array(["dög".encode(), b"cat"] * 25))
        self.assertEqual(list(file["class_names"].asstr()), ["cat", "dög"])

    def test_lists_are_arrays(self):
        file = self.write({"a": [[1, 2], [3, 4.5]], 1: [7, 8]}, labels=[0, 1], masks=[[[0, 3]], [[1, 0]]])
        np.testing.assert_array_equal(file["layers/a"][:], [[1, 2], [3, 4.5]])
        np.testing.assert_array_equal(file["layers/1"][:], [[7], [8]])
        np.testing.assert_array_equal(file["masks"][:], [[[0, 1]], [[1, 0]]])

    def test_single_precision_that_overflows_becomes_double_also_later(self):
        values = np.ones((9000, 3))
        values[8999] = 1e300
        file = self.write({"a": values}, dtype="float32")
        self.assertEqual(file["layers/a"].dtype, np.float64)
        np.testing.assert_array_equal(file["layers/a"][:], values)
        self.assertTrue(any("beyond what float32 holds" in text for text in self.said), self.said)

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
        for options, wanted in (({"kinds": {"b": "conv"}}, 'kinds: no layer "b"; near names: a'),
                                ({"axes": "ND"}, "a: axes ND, but its shape is 50×6×5×4"),
                                ({"axes": {"a": "NWHC"}}, 'a: no axes "NWHC"'), ({"seed": -1}, "seed -1"),
                                ({"label": [0] * 50}, "label: there is no such argument; near names: labels"),
                                ({"attributes": {"format": "mine"}}, "format: an attribute of this name"),
                                ({"labels": ["a", "b"] * 25, "class_names": ["a"]}, '"b" is not among class_names'),
                                ({"superclass": [("x", 1), ("x", 2)], "class_names": "ab"}, "that is no tree"),
                                ({"superclass": ["x", ("x", 2)], "class_names": "ab"}, "more levels above them"),
                                ({"masks": np.full((50, 4, 4), 7.5)}, "masks: float64 from 7.5 to 7.5")):
            with self.subTest(wanted):
                self.assertIn(wanted, self.complaint({"a": self.maps}, **options))
        self.assertIn("a: no array: rows of different shapes", self.complaint({"a": [[1, 2], [3]]}))
        self.assertIn("a: one value where an array with a row", self.complaint({"a": 3}))
        self.assertIn('"a/b": within "a"', self.complaint({"a/b": self.maps, "a": self.maps}))
        self.assertIn("complex", self.complaint({"a": self.maps * 1j}))
        self.assertIn("no layers", self.complaint({}))
        self.assertIn('layers: two are called "1"', self.complaint({1: self.maps, "1": self.maps}))
        self.assertIn("layers: list where {name: array} is needed", self.complaint([self.maps]))
        self.assertIn("seed 2147483648: a whole number from 0 to 2147483647",
                      self.complaint({"a": self.maps}, seed=1 << 31))
        masked = np.ma.masked_less(self.vectors, 0)
        self.assertIn(f"a: {masked.mask.sum()} of its values are masked", self.complaint({"a": masked}))
        self.assertIn("labels: 1 of its values are masked",
                      self.complaint({"a": self.maps}, labels=np.ma.masked_equal(np.arange(50), 7)))
        with self.assertRaisesRegex(nerve.ExportError, "the name of the file to write is empty"):
            nerve.write_arrays("", {"a": self.maps})
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

    def cloud(self, layer, sampling, positions):
        with tempfile.TemporaryDirectory() as folder:
            points, origins = pathlib.Path(folder) / "points.npy", pathlib.Path(folder) / "origins.csv"
            subprocess.run([BUILD / "app/nerve-cli", "cloud", ROOT / "resources/samples/glyphs.h5", "--layer", layer,
                            "--sampling", sampling, "--positions", str(positions), "--seed", "3", "-o", points,
                            "--points", origins, "--quiet"], check=True, capture_output=True)
            return np.load(points), np.genfromtxt(origins, delimiter=",", skip_header=1, usecols=(1, 2, 3), dtype=int)

    def places(self, file, maps, sampling, positions):
        """Rows of (image, i, j), as NumPy chooses them."""
        n, _, height, width = maps.shape
        if sampling == "random":
            return [(image, *nerve.random_position(3, image, height, width)) for image in range(n)]
        if sampling == "full":
            order = np.tile(np.arange(height * width), (n, 1))
        elif sampling == "top-norm":
            squares = (maps ** 2).sum(axis=1).reshape(n, -1)
            order = np.argsort(-squares, axis=1, kind="stable")[:, :positions]
        else:
            # The pixels that a position covers: 24 = 4 × 6 = 2 × 12.
            masks, side = file["masks"][:] != 0, 24 // height
            weights = masks.reshape(n, height, side, width, side).sum(axis=(2, 4)).reshape(n, -1)
            weights = weights if sampling == "foreground" else side ** 2 - weights
            order = np.empty((n, positions), int)
            for image in range(n):
                stream = nerve._Stream(3, image)
                lots = np.array([stream.next() for _ in range(height * width)], dtype=np.uint64)
                order[image] = np.lexsort((lots, -weights[image]))[:positions]
        return [(image, *divmod(int(place), width)) for image in range(n) for place in order[image]]

    def test_all_samplings_are_those_of_numpy(self):
        file = self.open("glyphs.h5", 16 << 20)
        for layer in ("block2", "block4"):
            maps = file["layers"][layer][:].astype(float)
            for sampling, wanted in (("flatten", maps.reshape(len(maps), -1)), ("pool-mean", maps.mean(axis=(2, 3))),
                                     ("pool-max", maps.max(axis=(2, 3)))):
                found, origins = self.cloud(layer, sampling, 1)
                np.testing.assert_allclose(found, wanted, rtol=1e-13, err_msg=sampling)
                np.testing.assert_array_equal(origins[:, 0], np.arange(len(maps)))
            for sampling in ("random", "full", "top-norm", "foreground", "background"):
                for positions in (1, 5) if sampling in ("top-norm", "foreground", "background") else (1,):
                    with self.subTest(f"{layer} {sampling} {positions}"):
                        found, origins = self.cloud(layer, sampling, positions)
                        image, i, j = wanted = np.array(self.places(file, maps, sampling, positions)).T
                        np.testing.assert_array_equal(origins, wanted.T)
                        np.testing.assert_array_equal(found, maps[image, :, i, j])


if __name__ == "__main__":
    tapcase.run()
