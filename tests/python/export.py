"""resources/python/nerve_activations.py with a real PyTorch: what stands in the file is what the network computed."""

import contextlib
import importlib.util
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import warnings

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]).resolve()
BUILD = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "build").resolve()
sys.path[:0] = [str(ROOT / "tests/python"), str(ROOT / "resources/python")]
SCRIPT = ROOT / "resources/python/nerve_activations.py"
NETS = ROOT / "tests/python/nets.py"

import h5py  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
import torchvision  # noqa: E402

import nerve_activations as nerve  # noqa: E402
import nets  # noqa: E402
import tapcase  # noqa: E402


def nerve_cli(*arguments):
    return subprocess.run([BUILD / "app/nerve-cli", *arguments], capture_output=True, text=True, check=True).stdout


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


class Values(Case):
    def direct(self, model):
        """What the modules of Twice give, one by one, nothing in place."""
        model.eval()
        relu = torch.nn.functional.relu
        with torch.no_grad():
            conv1 = model.conv1(self.x)
            bn1 = model.bn1(conv1)
            conv2 = model.conv2(relu(bn1))
            pool = model.pool(relu(conv2))
            total = pool * 2 + (pool - 1)
            head = model.head(total.mean(dim=(2, 3)))
        return {"input": self.x, "conv1": conv1, "bn1": bn1, "relu": relu(bn1), "conv2": conv2, "relu#2": relu(conv2),
                "pool": pool, "split[0]": pool * 2, "split[1][0]": pool - 1, "named[sum]": total,
                "named[square]": total * total, "head": head}

    def test_every_kind_of_module_gives_what_a_direct_pass_gives(self):
        model = nets.make_twice()
        file = self.export(["head", "input", "conv", "bn1", "relu", "pool", "split", "named"], model, dtype="float32")
        wanted = self.direct(model)
        self.assertEqual(self.layers(file), list(wanted))
        for name, values in wanted.items():
            np.testing.assert_array_equal(file["layers"][name][:], values.numpy(), err_msg=name)

    def test_half_precision_is_the_direct_pass_rounded(self):
        model = nets.make_twice()
        file = self.export(["conv1", "bn1"], model)
        for name, values in self.direct(model).items():
            if name in file["layers"]:
                np.testing.assert_array_equal(file["layers"][name][:], values.numpy().astype(np.float16))

    def test_resnet18_gives_what_a_direct_pass_gives(self):
        torch.manual_seed(0)
        model = torchvision.models.resnet18(weights=None, num_classes=10)
        x = torch.randn(12, 3, 32, 32)
        file = self.export(["input", "conv1", "bn1", "blocks", "avgpool", "fc"], model, x, batch_size=5,
                           dtype="float32")
        model.eval()
        with torch.no_grad():
            # The same batches: another size may be summed in another order.
            for start in (0, 5, 10):
                part = x[start:start + 5]
                values = {"input": part, "conv1": model.conv1(part)}
                values["bn1"] = model.bn1(values["conv1"])
                maps = model.maxpool(torch.relu(values["bn1"]))
                for stage in (model.layer1, model.layer2, model.layer3, model.layer4):
                    for block in stage:
                        maps = block(maps)
                        values[f"layer{len(values) // 2}.{len(values) % 2 ^ 1}"] = maps
                wanted = list(values.values()) + [maps.mean(dim=(2, 3)), model(part)]
                for name, rows in zip(self.layers(file), wanted):
                    np.testing.assert_allclose(file["layers"][name][start:start + 5], rows.numpy(), rtol=1e-5,
                                               atol=1e-5, err_msg=name)
        blocks = [f"layer{stage}.{block}" for stage in (1, 2, 3, 4) for block in (0, 1)]
        self.assertEqual(self.layers(file), ["input", "conv1", "bn1", *blocks, "avgpool", "fc"])

    def test_channels_stand_where_the_model_puts_them(self):
        nn = torch.nn
        line = nn.Sequential(nn.Conv1d(2, 8, 5), nn.BatchNorm1d(8), nn.ReLU())
        words = nn.Sequential(nn.Linear(3, 6), nn.GELU(), nn.Sequential(nn.LayerNorm(6), nn.Dropout()))
        for model, x, width in ((line, torch.randn(4, 2, 30), 8), (words, torch.randn(4, 7, 5, 3), 6)):
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, 'a.h5')
                nerve.export(model, [x], path, layers=['0', '1', '2'], sampling='pool-mean')
                with h5py.File(path) as file:
                    self.assertEqual({file['layers'][name].shape for name in '012'}, {(4, width)})

    def test_a_limit_is_a_number_of_images(self):
        with self.assertRaisesRegex(nerve.ExportError, 'limit -5'):
            nerve.export(torch.nn.Linear(2, 2), [torch.zeros(3, 2)], 'a.h5', layers='linear', limit=-5)

    def test_layers_say_index_kind_and_axes(self):
        file = self.export(["input", "conv1", "bn1", "relu", "pool", "head"])
        found = [(name, *(file["layers"][name].attrs[key] for key in ("index", "kind", "axes")))
                 for name in self.layers(file)]
        self.assertEqual(found, [("input", 0, "input", "NCHW"), ("conv1", 1, "conv", "NCHW"),
                                 ("bn1", 2, "norm", "NCHW"),
                                 ("relu", 3, "relu", "NCHW"), ("relu#2", 4, "relu", "NCHW"),
                                 ("pool", 5, "pool", "NCHW"), ("head", 6, "linear", "ND")])

    def test_labels_predictions_and_accuracy(self):
        model = nets.make_twice()
        file = self.export("head", model)
        predictions = self.direct(model)["head"].argmax(dim=1).numpy()
        np.testing.assert_array_equal(file["labels"][:], self.y.numpy())
        np.testing.assert_array_equal(file["predictions"][:], predictions)
        self.assertAlmostEqual(file.attrs["test_accuracy"], (predictions == self.y.numpy()).mean())

    def test_thumbnails_undo_the_normalisation(self):
        pictures = torch.randint(0, 256, (23, 3, 8, 8), generator=torch.Generator().manual_seed(3))
        self.x = (pictures / 255 - .5) / .25
        file = self.export("head", mean=[.5] * 3, std=[.25] * 3)
        np.testing.assert_array_equal(file["images"][:], pictures.permute(0, 2, 3, 1).numpy())

    def test_thumbnails_are_no_longer_than_asked(self):
        self.x = torch.rand(23, 3, 32, 16)
        file = self.export("head", thumbnails=8)
        wanted = self.x.reshape(23, 3, 8, 4, 4, 4).mean(dim=(3, 5)) * 255
        self.assertEqual(file["images"].shape, (23, 8, 4, 3))
        self.assertLess(abs(file["images"][:] - wanted.permute(0, 2, 3, 1).numpy()).max(), 1.1)

    def test_noise_is_the_seeds_and_not_the_batches(self):
        noisy = self.export("input", noise=.5, seed=3, dtype="float32")
        first, images = noisy["layers/input"][:], noisy["images"][:]
        self.assertIn("accuracy_with_noise", noisy.attrs)
        self.assertNotIn("test_accuracy", noisy.attrs)
        again = self.export("input", data=self.loader(7), noise=.5, seed=3, dtype="float32", overwrite=True)
        np.testing.assert_array_equal(again["layers/input"][:], first)
        self.assertAlmostEqual((first - self.x.numpy()).std(), .5, delta=.02)
        clean = self.export("input", overwrite=True)
        np.testing.assert_array_equal(clean["images"][:], images)

    def test_masks_of_the_user_and_by_a_function(self):
        masks = np.random.default_rng(0).integers(0, 2, (23, 8, 8))
        file = self.export("head", masks=masks)
        np.testing.assert_array_equal(file["masks"][:], masks)
        file = self.export("head", masks=lambda pictures: pictures[..., 0] > 99, overwrite=True)
        np.testing.assert_array_equal(file["masks"][:], file["images"][:][..., 0] > 99)

    def test_masks_by_grabcut(self):
        ball = np.hypot(*np.mgrid[-20:20, -20:20]) < 9
        self.x = torch.from_numpy(np.where(ball, .9, .1) + np.random.default_rng(0).normal(0, .03, (23, 3, 40, 40)))
        if importlib.util.find_spec("cv2") is None:
            self.assertIn("python3-opencv", self.complaint("head", masks="grabcut"))
            return
        file = self.export("head", masks="grabcut")
        self.assertGreater((file["masks"][:] == ball).mean(), .97)

    def test_classes_and_superclasses(self):
        file = self.export("head", class_names=["cat", "dog", "car", "bus"],
                           superclass={"cat": "animal", "dog": "animal", "car": "vehicle", "bus": "vehicle"})
        self.assertEqual(list(file["class_names"].asstr()), ["cat", "dog", "car", "bus"])
        self.assertEqual(list(file["superclass"]), [0, 0, 1, 1])
        self.assertEqual(list(file["superclass_names"].asstr()), ["animal", "vehicle"])


class Samplings(Case):
    def sampled(self, sampling, **options):
        whole = self.export("bn1", dtype="float32", thumbnails=0)["layers/bn1"][:]
        file = self.export("bn1", dtype="float32", sampling=sampling, overwrite=True, thumbnails=0, **options)
        attributes = file["layers/bn1"].attrs
        self.assertEqual((attributes["sampling"], list(attributes["source_shape"])), (sampling, [6, 8, 8]))
        return whole, file["layers/bn1"][:]

    def test_pool_mean(self):
        whole, points = self.sampled("pool-mean")
        np.testing.assert_array_equal(points, whole.mean(axis=(2, 3), dtype=float).astype(np.float32))

    def test_pool_max(self):
        whole, points = self.sampled("pool-max")
        np.testing.assert_array_equal(points, whole.max(axis=(2, 3)))

    def test_top_norm(self):
        whole, points = self.sampled("top-norm")
        columns = whole.reshape(23, 6, 64)
        at = (columns.astype(float) ** 2).sum(axis=1).argmax(axis=1)
        np.testing.assert_array_equal(points, columns[np.arange(23), :, at])

    def test_all_are_what_nerve_samples_from_the_whole_layer(self):
        for sampling in ("pool-mean", "pool-max", "random", "top-norm"):
            with self.subTest(sampling):
                self.export("bn1", dtype="float32", thumbnails=0, overwrite=True)
                nerve_cli("cloud", self.path, "--layer", "bn1", "--sampling", sampling, "--seed", "5",
                          "-o", self.folder / "cloud.npy")
                file = self.export("bn1", dtype="float32", thumbnails=0, overwrite=True, sampling=sampling, seed=5)
                np.testing.assert_allclose(file["layers/bn1"][:], np.load(self.folder / "cloud.npy"), rtol=1e-7)


class Trouble(Case):
    def test_a_name_that_is_not_there_lists_near_ones(self):
        model = torchvision.models.resnet18(weights=None)
        said = self.complaint("layer1.2.conv1", model)
        self.assertRegex(said, r'no module "layer1\.2\.conv1"; near names: .*layer1\.1\.conv1')

    def test_a_pattern_without_a_match(self):
        self.assertIn('no module "layer*"', self.complaint("layer*"))

    def test_a_module_that_is_never_called(self):
        self.assertEqual(self.complaint("unused"), "unused: never called by the forward pass")

    def test_one_of_many_that_is_never_called_is_left_out(self):
        file = self.export("linear")
        self.assertEqual(self.layers(file), ["head"])
        self.assertTrue(any("never called" in text and "unused" in text for text in self.said), self.said)

    def test_a_call_that_is_chosen_or_not_there(self):
        self.assertEqual(self.layers(self.export("relu#2")), ["relu#2"])
        self.path.unlink()
        self.assertIn("called 2 times", self.complaint("relu#3"))

    def test_an_output_without_rows(self):
        self.assertIn("without a row for each", self.complaint("statistic"))

    def test_half_precision_overflows_in_the_first_batch(self):
        file = self.export("part", nets.Scale(1e5), self.x)
        self.assertEqual(file["layers/part"].dtype, np.float32)
        np.testing.assert_array_equal(file["layers/part"][:], self.x.numpy() * np.float32(1e5))
        self.assertTrue(any("float32" in text for text in self.said), self.said)

    def test_half_precision_overflows_later(self):
        file = self.export("part", nets.Scale(1, 1, 1e5), self.x, batch_size=5, compression=4)
        wanted = self.x.numpy() * np.repeat([1, 1, 1e5], [5, 5, 13])[:, None, None, None].astype(np.float32)
        self.assertEqual(file["layers/part"].dtype, np.float32)
        self.assertEqual(list(file["layers"]), ["part"])
        np.testing.assert_allclose(file["layers/part"][:], wanted, rtol=1e-3, atol=1e-6)
        np.testing.assert_array_equal(file["layers/part"][10:], wanted[10:])
        self.assertTrue(any("10 images before" in text for text in self.said), self.said)

    def test_nan_and_infinity_are_said(self):
        self.x[7, 1, 2, 3], self.x[9, 0, 0, 0] = np.nan, np.inf
        file = self.export("part", nets.Scale(1), self.x)
        self.assertEqual(file["layers/part"].dtype, np.float16)
        self.assertEqual([text for text in self.said if "NaN" in text],
                         ["part: 2 values in 2 of 23 images are NaN or infinite, first in image 7; they stand in the "
                          "file as they are"])

    def test_images_of_two_sizes(self):
        said = self.complaint("conv1", data=[torch.randn(4, 3, 8, 8), torch.randn(4, 3, 9, 9)])
        self.assertIn("one size", said)

    def test_no_images(self):
        self.assertIn("no images", self.complaint("conv1", data=[]))

    def test_what_does_not_fit_is_said(self):
        for options, wanted in (({"sampling": {"cnv1": "random"}}, 'sampling: no layer "cnv1"; near names: conv1'),
                                ({"axes": {"c*2": "NHWC"}}, 'axes: no layer "c*2"'),
                                ({"thumbnails": -3}, "thumbnails -3"), ({"batch_size": 0}, "batch_size 0"),
                                ({"story": {"a": 1}}, "story: dict can't be written"),
                                ({"labels": np.arange(40)}, "labels: 40 rows, but 23 images came"),
                                ({"masks": np.zeros((40, 8, 8))}, "masks: 40 rows, but 23 images came"),
                                ({"masks": np.zeros((9, 8, 8))}, "masks: 9 rows for 23 images"),
                                ({"class_names": ["a", "b"], "superclass": [0, 0]},
                                 "labels: 2 for image 2, but there are 2 classes, numbered from 0")):
            with self.subTest(wanted):
                data = self.x if "labels" in options or "batch_size" in options else self.loader(23)
                self.assertIn(wanted, self.complaint("conv1", data=data, **{"batch_size": 23, **options}))
        self.assertIn("layers: None", self.complaint(None))

    def test_a_full_disk_leaves_nothing_and_python_goes_on(self):
        code = ("import resource, signal, sys; import torch, nerve_activations as nerve, nets\n"
                "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
                "for most in 300, 30_000, 5_000_000:\n"
                "  resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))\n"
                "  for packed in None, 4:\n"
                "    try: nerve.export(nets.make_twice(), torch.randn(4000, 3, 8, 8), sys.argv[1], 'conv',"
                " compression=packed)\n"
                "    except nerve.ExportError as error: print(error)\n")
        path = os.pathsep.join((str(ROOT / "resources/python"), str(ROOT / "tests/python")))
        run = subprocess.run([sys.executable, "-c", code, self.path], env={**os.environ, "PYTHONPATH": path},
                             capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stdout), (0, f"{self.path}: File too large\n" * 6), run.stderr)
        self.assertEqual(os.listdir(self.folder), [])

    def test_an_existing_file_stays(self):
        self.path.write_text("mine")
        with self.assertRaisesRegex(nerve.ExportError, "exists already"):
            self.export("head")
        self.assertEqual((self.path.read_text(), os.listdir(self.folder)), ("mine", ["out.h5"]))


class State(Case):
    def hooks(self, model):
        return sum(len(module._forward_hooks) + len(module._forward_pre_hooks) for module in model.modules())

    def test_modes_gradients_and_hooks_are_as_before(self):
        model = nets.make_twice().train()
        model.bn1.eval()
        modes = [module.training for module in model.modules()]
        statistics = model.bn1.running_mean.clone()
        self.export("all", model)
        self.assertEqual([module.training for module in model.modules()], modes)
        self.assertTrue(torch.is_grad_enabled())
        self.assertEqual(self.hooks(model), 0)
        self.assertTrue(torch.equal(model.bn1.running_mean, statistics))

    def test_so_they_are_after_an_exception_and_nothing_is_left(self):
        model = nets.make_twice().train()

        def data():
            yield self.x
            raise ValueError("a loader broke")
        with self.assertRaisesRegex(ValueError, "a loader broke"):
            self.export("all", model, data())
        self.assertTrue(model.training and model.bn1.training and torch.is_grad_enabled())
        self.assertEqual(self.hooks(model), 0)
        self.assertEqual(os.listdir(self.folder), [])
        self.assertEqual(signal.getsignal(signal.SIGTERM), signal.SIG_DFL)

    def test_so_they_are_after_an_exception_in_the_model(self):
        model = nets.make_twice().train()
        broken = model.conv2.register_forward_pre_hook(lambda module, inputs: 1 / 0)
        with self.assertRaises(ZeroDivisionError):
            nerve.export(model, self.loader(), self.path, "all")
        broken.remove()
        self.assertTrue(model.training and torch.is_grad_enabled())
        self.assertEqual((self.hooks(model), os.listdir(self.folder)), (0, []))

    def test_an_exception_does_not_harm_the_file_that_was_there(self):
        self.export("head").close()
        before = self.path.read_bytes()

        def data():
            yield self.x
            raise KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            self.export("head", data=data(), overwrite=True)
        self.assertEqual((self.path.read_bytes(), os.listdir(self.folder)), (before, ["out.h5"]))

    def test_a_loop_of_ones_own(self):
        model = nets.make_twice()
        with nerve.Recorder(model, self.path, ["conv1", "output"], dtype="float32") as recorder:
            for start in range(0, 23, 10):
                output = model(self.x[start:start + 10])
                recorder.add(labels=self.y[start:start + 10])
                self.assertFalse(output.requires_grad)
        with h5py.File(self.path) as file, torch.no_grad():
            np.testing.assert_array_equal(file["layers/conv1"][:], model.conv1(self.x).numpy())
            np.testing.assert_array_equal(file["labels"][:], self.y.numpy())

    def test_a_batch_that_was_not_added(self):
        model = nets.make_twice()
        with self.assertRaisesRegex(nerve.ExportError, "not added"):
            with nerve.Recorder(model, self.path, "conv1") as recorder:
                recorder.run(self.x)
                model(self.x)
        self.assertEqual(os.listdir(self.folder), [])


class Batches(Case):
    def test_tuples_dictionaries_and_tensors(self):
        wanted = self.export("conv1")["layers/conv1"][:]
        parts = [slice(start, start + 5) for start in range(0, 23, 5)]
        for data in ([{"image": self.x[part], "label": self.y[part], "ids": [f"n{i}" for i in range(23)][part]}
                      for part in parts], [(self.x[part],) for part in parts], (self.x[part] for part in parts),
                     [[self.x[part].numpy(), self.y[part].numpy()] for part in parts],
                     torch.utils.data.TensorDataset(self.x, self.y)):
            with self.subTest(type(data).__name__):
                file = self.export("conv1", data=data, overwrite=True, batch_size=5)
                np.testing.assert_array_equal(file["layers/conv1"][:], wanted)
        file = self.export("conv1", overwrite=True, data=[{"image": self.x, "ids": [f"n{i}" for i in range(23)]}])
        self.assertEqual(list(file["sample_ids"].asstr()), [f"n{i}" for i in range(23)])
        self.assertNotIn("labels", file)

    def test_targets_that_are_no_labels_are_left_out(self):
        file = self.export("conv1", data=[(self.x, torch.rand(23, 4))])
        self.assertNotIn("labels", file)
        self.assertTrue(any("no class numbers" in text for text in self.said), self.said)

    def test_labels_and_a_limit_from_outside(self):
        file = self.export("conv1", data=self.x, labels=np.arange(23) % 3, limit=17, batch_size=5)
        np.testing.assert_array_equal(file["labels"][:], np.arange(17) % 3)
        self.assertEqual(file["layers/conv1"].shape, (17, 6, 8, 8))

    def test_chunks_are_whole_rows_that_nerve_reads_directly(self):
        file = self.export(["conv1", "head"], compression=4)
        conv1 = file["layers/conv1"]
        self.assertEqual((conv1.chunks[1:], conv1.shuffle, conv1.compression), (conv1.shape[1:], True, "gzip"))
        self.assertEqual(conv1.maxshape[0], None)


class Selections(Case):
    def test_convolutional_blocks(self):
        for name, wanted in (("resnet18", ["conv1"] + [f"layer{i}.{j}" for i in (1, 2, 3, 4) for j in (0, 1)]),
                             ("vgg11", [f"features.{i}" for i in (0, 3, 6, 8, 11, 13, 16, 18)]),
                             ("mobilenet_v2", [f"features.{i}" for i in range(19)])):
            with self.subTest(name), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = getattr(torchvision.models, name)(weights=None)
                self.assertEqual(list(nerve.select_modules(model, "blocks")), wanted)
                wrapped = torch.nn.Sequential(torch.nn.Identity(), model)
                self.assertEqual(list(nerve.select_modules(wrapped, "blocks")), ["1." + block for block in wanted])

    def test_patterns(self):
        model = torchvision.models.resnet18(weights=None)
        self.assertEqual(list(nerve.select_modules(model, "layer*")), ["layer1", "layer2", "layer3", "layer4"])
        self.assertEqual(list(nerve.select_modules(model, "layer?.1.bn2")), [f"layer{i}.1.bn2" for i in (1, 2, 3, 4)])
        self.assertEqual(len(nerve.select_modules(model, "**.conv2")), 8)

    def test_channels_last(self):
        class Last(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.turn, self.mix = torch.nn.Identity(), torch.nn.Linear(3, 5)

            def forward(self, x):
                return self.mix(self.turn(x.permute(0, 2, 3, 1)))
        file = self.export(["turn", "mix"], Last(), axes={"turn": "NHWC"}, sampling={"mix": "pool-mean"})
        self.assertEqual(file["layers/turn"].attrs["axes"], "NHWC")
        self.assertEqual(file["layers/turn"].shape, (23, 8, 8, 3))
        self.assertEqual(list(file["layers/mix"].attrs["source_shape"]), [5, 8, 8])
        shapes = {layer["name"]: layer["shape"] for layer in json.loads(
            nerve_cli("info", self.path, "--format", "json"))["layers"]}
        self.assertEqual(shapes["mix"], [23, 5])


class Shell(Case):
    def test_a_model_of_ones_own_and_nerve_opens_the_file(self):
        run = shell("--model", f"{NETS}:make_twice", "--model-arg", "classes=7", "--data", "random:30x3x8x8",
                    "--layers", "input,conv", "head", "--sampling", "conv2=pool-max", "--gzip", "-o", self.path)
        self.assertEqual((run.returncode, run.stderr), (0, f"{self.path}: 30 images\n"))
        info = json.loads(nerve_cli("info", self.path, "--format", "json"))
        self.assertEqual((info["n"], info["model"]), (30, "make_twice"))
        self.assertEqual([(layer["name"], layer["shape"]) for layer in info["layers"]],
                         [("input", [30, 3, 8, 8]), ("conv1", [30, 6, 8, 8]), ("conv2", [30, 8]), ("head", [30, 7])])
        graph = json.loads(nerve_cli("mapper", self.path, "--layer", "head", "--preset", "auto"))
        self.assertGreater(graph["summary"]["nodes"], 0)

    def test_weights_and_a_folder_of_pictures(self):
        from PIL import Image
        model = nets.make_twice()
        with torch.no_grad():
            model.head.bias.add_(torch.tensor([0., 9, 0, 0]))
        torch.save({"state_dict": {"module." + key: value for key, value in model.state_dict().items()}},
                   self.folder / "weights.pth")
        for name in ("cat", "dog", "car", "bus"):
            (self.folder / "pictures" / name).mkdir(parents=True)
            Image.new("RGB", (12, 10), (200, 30, 40)).save(self.folder / "pictures" / name / "1.png")
        (self.folder / "tree.csv").write_text("cat,animal\ndog,animal\ncar,vehicle\nbus,vehicle\n")
        run = shell("--model", f"{NETS}:make_twice", "--weights", self.folder / "weights.pth", "--data",
                    self.folder / "pictures", "--size", 8, "--layers", "head", "--superclass", self.folder / "tree.csv",
                    "-o", self.path)
        self.assertEqual(run.returncode, 0, run.stderr)
        with h5py.File(self.path) as file:
            self.assertEqual(list(file["class_names"].asstr()), ["bus", "car", "cat", "dog"])
            self.assertEqual((list(file["labels"]), list(file["predictions"])), ([0, 1, 2, 3], [1] * 4))
            self.assertEqual(list(file["superclass"]), [0, 0, 1, 1])
            self.assertLess(abs(file["images"][:].astype(int) - [200, 30, 40]).max(), 2)

    def test_mistakes_are_one_line(self):
        for arguments, wanted in (((f"{NETS}:make_twic", "random:4x3x8x8"), "near names: make_twice"),
                                  ((f"{NETS}:make_twice", "/nowhere.npz"), "/nowhere.npz"),
                                  ((f"{NETS}:make_twice", "random:4x5x8x8"), "5 channels")):
            with self.subTest(wanted):
                run = shell("--model", arguments[0], "--data", arguments[1], "-o", self.path)
                self.assertEqual((run.returncode, run.stderr.count("\n")), (1, 1), run.stderr)
                self.assertIn(wanted, run.stderr)
                self.assertEqual(os.listdir(self.folder), [])

    def interrupt(self, number):
        run = subprocess.Popen([sys.executable, SCRIPT, "--model", f"{NETS}:make_slow", "--data",
                                "random:100000x3x8x8", "--batch-size", "8", "-o", self.path])
        deadline = time.monotonic() + 120
        while not any(path.stat().st_size > 8192 for path in self.folder.iterdir()) and time.monotonic() < deadline:
            time.sleep(.02)
        self.assertTrue(any(self.folder.iterdir()), "it never began to write")
        run.send_signal(number)
        status = run.wait(timeout=60)
        self.assertEqual(os.listdir(self.folder), [])
        return status

    def test_sigterm_leaves_nothing(self):
        self.assertEqual(self.interrupt(signal.SIGTERM), 128 + signal.SIGTERM)

    def test_ctrl_c_leaves_nothing(self):
        self.assertEqual(self.interrupt(signal.SIGINT), 130)


class Readme(Case):
    def test_the_examples_work_as_they_stand(self):
        text = (ROOT / "README.md").read_text().split("## From a network to a file", 1)[1].split("\n## ", 1)[0]
        examples = [block for block in re.findall(r"((?:^(?: {4}.*)?\n)+)", text, re.M) if "import" in block]
        self.assertEqual(len(examples), 2)
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "resources/python")}
        for example in examples:
            code = "".join(line[4:] if line.strip() else line for line in example.splitlines(True))
            with contextlib.chdir(self.folder):
                run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stderr)
        for name in re.findall(r"'(\w+\.h5)'", text):
            self.assertGreater(json.loads(nerve_cli("info", self.folder / name, "--format", "json"))["n"], 0)


if __name__ == "__main__":
    tapcase.run()
