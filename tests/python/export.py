"""resources/python/nerve_activations.py with a real PyTorch: what stands in the file is what the network computed."""

import contextlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import warnings

import h5py
import numpy as np
import torch
import torchvision

import nets
import tapcase
from case import ROOT, Case, nerve, nerve_cli, nerve_info


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

    def test_pytorch_rounds_as_numpy_does(self):
        random = np.random.default_rng(0)
        values = (random.normal(size=99990) * 10. ** random.integers(-9, 5, 99990)).astype(np.float32)
        edges = np.array([np.inf, -np.inf, 65519, -0., 1e-8, 6e-8, 2.98e-8, 2.9802323e-8, 6.1e-5, 2049], np.float32)
        values = np.concatenate([values[np.abs(values) < 65520], edges])
        np.testing.assert_array_equal(nerve._round(values, np.dtype(np.float16)).view(np.uint16),
                                      values.astype(np.float16).view(np.uint16))

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
        self.y[::2] = -1  # of no class that is known
        file = self.export("head", model, overwrite=True)
        self.assertAlmostEqual(file.attrs["test_accuracy"], (predictions == self.y.numpy())[1::2].mean())

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

    def test_pictures_and_inputs_are_from_before_a_module_in_place(self):
        x = self.x.clone()
        wanted = nerve._pictures(x, [0] * 3, [1] * 3)
        for data in (self.x, self.x.numpy(), self.loader()):
            file = self.export(["input", "conv"], nets.InPlace(), data, dtype="float32", mean=[0] * 3, overwrite=True)
            np.testing.assert_array_equal(file["images"][:], wanted)
            np.testing.assert_array_equal(file["layers/input"][:], x.numpy())
            self.assertTrue(torch.equal(self.x, x), "the user's own inputs")

    def test_pictures_of_a_loop_of_ones_own_too(self):
        model, wanted = nets.InPlace(), nerve._pictures(self.x.clone(), [0] * 3, None)
        for given in (True, False):
            x = self.x.clone()
            with nerve.Recorder(model, self.path, "conv", mean=[0] * 3, overwrite=True) as recorder:
                model(x)
                recorder.add(x if given else None)
            with h5py.File(self.path) as file:
                np.testing.assert_array_equal(file["images"][:], wanted)

    def test_a_model_called_by_keyword(self):
        model = nets.ByKeyword()
        with nerve.Recorder(model, self.path, ["input", "conv"], dtype="float32") as recorder:
            model(x=self.x.clone())
            recorder.add()
        with h5py.File(self.path) as file:
            np.testing.assert_array_equal(file["layers/input"][:], self.x.numpy())
        if "with_kwargs" not in torch.nn.Module.register_forward_pre_hook.__code__.co_varnames:
            model = nets.InPlace()
            with self.assertRaisesRegex(nerve.ExportError, "input: .*by keyword"):
                with nerve.Recorder(model, self.path, ["input", "conv"], overwrite=True) as recorder:
                    model(x=self.x)
                    recorder.add()

    def test_models_of_both_orders_are_told_by_the_shape_and_it_is_said(self):
        x = torch.randn(23, 3, 24, 24)
        file = self.export(["patches", "square"], nets.BothOrders(), x)
        self.assertEqual([file["layers"][name].attrs["axes"] for name in ("patches", "square")], ["NHWC"] * 2)
        said = [text for text in self.said if "channels taken to be last" in text]
        self.assertEqual(len(said), 1, self.said)
        self.assertIn('patches, square: ', said[0])
        file = self.export(["patches", "square"], nets.BothOrders(), x, axes={"p*": "NHWC", "square": "NCHW"},
                           overwrite=True)
        self.assertEqual(file["layers/square"].attrs["axes"], "NCHW")
        self.assertFalse(any("channels" in text for text in self.said), self.said)

    def test_recurrent_modules_give_a_row_for_each_image(self):
        x = torch.randn(23, 7, 3)
        for images_first in (False, True):
            model = nets.Steps(images_first)
            with torch.no_grad():
                found, (hidden, _) = model.rnn(x if images_first else x.transpose(0, 1))
            file = self.export("rnn", model, x, dtype="float32", batch_size=7, overwrite=True)
            wanted = (found if images_first else found.transpose(0, 1)).numpy()
            self.assertEqual(self.layers(file), ["rnn[0]", "rnn[1][0]", "rnn[1][1]"])
            np.testing.assert_allclose(file["layers/rnn[0]"][:].reshape(23, 7, 5), wanted, atol=1e-6)
            self.assertEqual({file["layers"][name].attrs["axes"] for name in self.layers(file)}, {"NHWC"})
            np.testing.assert_allclose(file["layers/rnn[1][0]"][:].reshape(23, 2, 5), hidden.transpose(0, 1).numpy(),
                                       atol=1e-6)

    def test_attention_with_steps_first(self):
        """Told by the first batch, so that a later one of as many images as steps is no riddle."""
        model, x = nets.Words(), torch.randn(19, 5, 4)
        wanted = []
        model.words.register_forward_hook(lambda module, inputs, output: wanted.append(output.transpose(0, 1)))
        for sizes in ((7, 7, 5), (19,)):
            wanted.clear()
            file = self.export("words", model, list(x.split(sizes)), dtype="float32", overwrite=True)
            self.assertEqual(file["layers/words"].attrs["axes"], "NHWC")
            np.testing.assert_allclose(file["layers/words"][:, 0], torch.cat(wanted).numpy(), atol=1e-6)
        self.path.unlink()
        self.assertIn("which are the images", self.complaint("words", model, x, batch_size=5))

    def test_predictions_of_models_that_give_several_outputs(self):
        torch.manual_seed(0)
        for widths, names, wanted in (({"features": 9, "logits": 4}, None, "logits"),
                                      ({"a": 9, "b": 4}, ["p", "q", "r", "s"], "b"), ({"a": 9, "b": 4}, None, None)):
            model = nets.Answers(**widths)
            file = self.export("output", model, class_names=names, overwrite=True)
            if wanted is None:
                self.assertNotIn("predictions", file)
                self.assertTrue(any("could be any of the outputs [a], [b]" in text for text in self.said), self.said)
                continue
            with torch.no_grad():
                np.testing.assert_array_equal(file["predictions"][:], model(self.x)[wanted].argmax(dim=1).numpy())

    def test_wrappers_and_types_of_numbers(self):
        model = torch.nn.DataParallel(nets.make_twice())
        self.assertEqual(self.layers(self.export("conv", model)), ["conv1", "conv2"])
        model = nets.make_twice().to(torch.bfloat16)
        file = self.export(["input", "conv1"], model, overwrite=True, noise=.1)
        with torch.no_grad():
            first = torch.from_numpy(file["layers/input"][:]).to(torch.bfloat16)
            np.testing.assert_array_equal(file["layers/conv1"][:], model.conv1(first).float().numpy().astype("f2"))
        file = self.export("conv1", nets.make_twice().double(), overwrite=True)
        self.assertEqual(file["layers/conv1"].dtype, np.float16)


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

    def test_masks_and_names_in_a_tuple(self):
        masks = torch.rand(23, 8, 8) > .5
        for data in ([(self.x, self.y, masks)], [(self.x, masks, self.y)], [(self.x, self.y[:, None], masks[:, None])]):
            file = self.export("conv1", data=data, overwrite=True)
            np.testing.assert_array_equal(file["masks"][:], masks.numpy())
            np.testing.assert_array_equal(file["labels"][:], self.y.numpy())
        names = [f"n{i}" for i in range(23)]
        file = self.export("conv1", data=[(self.x, self.y, names, torch.zeros(23))], overwrite=True)
        self.assertEqual(list(file["sample_ids"].asstr()), names)
        self.assertTrue(any("of each batch item 3 left out" in text for text in self.said), self.said)
        self.export("conv1", data=[{"image": self.x, "boxes": self.y}], overwrite=True)
        self.assertTrue(any('"boxes" left out' in text for text in self.said), self.said)

    def test_targets_that_are_lists_or_dictionaries(self):
        for targets in ({"boxes": torch.zeros(23, 4)}, [[1, 2], [3]] + [[4]] * 21, [{"a": 1}] * 23):
            file = self.export("conv1", data=[(self.x, targets)], overwrite=True)
            self.assertNotIn("labels", file)
            self.assertTrue(any("left out" in text for text in self.said), self.said)

    def test_labels_that_are_words(self):
        words = [("ä", "b", "c", "d")[label] for label in self.y]
        for options in ({"data": [(self.x, words)], "class_names": ["ä", "b", "c", "d"]},
                        {"data": self.x, "labels": words}, {"data": self.x, "labels": [w.encode() for w in words]}):
            file = self.export("conv1", overwrite=True, **options)
            self.assertEqual([file["class_names"].asstr()[label] for label in file["labels"]], words)
        self.assertNotIn("labels", self.export("conv1", data=[(self.x, words)], overwrite=True))
        self.assertTrue(any("class_names=" in text for text in self.said), self.said)

    def test_batches_of_any_length(self):
        data = [self.x[:0], self.x[:1], self.x[1:9], self.x[:0], self.x[9:]]
        file = self.export(["conv1", "split"], data=iter(data))
        self.assertEqual(file["layers/conv1"].shape, (23, 6, 8, 8))

    def test_two_levels_of_classes(self):
        names, tree = list("abcd"), {"a": ("x", "1"), "b": ("y", "1"), "c": ("z", "2"), "d": ("z", "2")}
        file = self.export("conv1", class_names=names, superclass=tree)
        self.assertEqual((list(file["superclass"]), list(file["superclass2"])), ([0, 1, 2, 2], [0, 0, 1, 1]))
        self.assertEqual(list(file["superclass2_names"].asstr()), ["1", "2"])
        self.assertEqual(nerve_info(self.path)["superclasses"], ["x", "y", "z"])
        again = self.export("conv1", class_names=names, superclass=np.array([[0, 0], [1, 0], [2, 1], [2, 1]]),
                            superclass_names=[["x", "y", "z"], ["1", "2"]], overwrite=True)
        for key in ("superclass", "superclass_names", "superclass2", "superclass2_names"):
            np.testing.assert_array_equal(again[key][:], file[key][:])
        tree["d"] = ("z", "1")
        self.path.unlink()
        self.assertIn("no tree", self.complaint("conv1", class_names=names, superclass=tree))

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
        shapes = {layer["name"]: layer["shape"] for layer in nerve_info(self.path)["layers"]}
        self.assertEqual(shapes["mix"], [23, 5])


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
            self.assertGreater(nerve_info(self.folder / name)["n"], 0)


if __name__ == "__main__":
    tapcase.run()
