"""resources/python/nerve_activations.py when something is wrong: it is said in a line, and no half file is left."""

import json
import os
import signal
import subprocess
import sys
import time

import h5py
import numpy as np
import torch
import torchvision

import nets
import tapcase
from case import NETS, ROOT, SCRIPT, Case, nerve, nerve_cli, nerve_info, shell


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
                                ({"attributes": {"story": {"a": 1}}}, "story: this dict can't be written"),
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


class Shell(Case):
    def test_a_model_of_ones_own_and_nerve_opens_the_file(self):
        run = shell("--model", f"{NETS}:make_twice", "--model-arg", "classes=7", "--data", "random:30x3x8x8",
                    "--layers", "input,conv", "head", "--sampling", "conv2=pool-max", "--gzip", "-o", self.path)
        self.assertEqual((run.returncode, run.stderr), (0, f"{self.path}: 30 images\n"))
        info = nerve_info(self.path)
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
                status = 1 if wanted == "5 channels" else 2
                self.assertEqual((run.returncode, run.stderr.count("\n")), (status, 1), run.stderr)
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


if __name__ == "__main__":
    tapcase.run()
