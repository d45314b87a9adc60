"""resources/python/nerve_activations.py when something is wrong: it is said in a line, and no half file is left."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
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

    def test_a_part_that_is_not_there_lists_those_that_are(self):
        said = self.complaint("0[c]", torch.nn.Sequential(nets.Answers(a=3, b=4)), torch.zeros(5, 3, 8, 8))
        self.assertTrue(said.endswith("its first output 0[a], 0[b]"), said)

    def test_layers_and_normalisation_of_other_types(self):
        self.assertIn("layers: Linear where a name", self.complaint([torch.nn.Linear(2, 2)]))
        self.assertIn("mean 0.5: a list", self.complaint("head", mean=.5))

    def test_labels_that_are_no_numbers_of_classes(self):
        for labels in (np.full(23, np.inf), np.full(23, 1 << 63, np.uint64)):
            self.assertNotIn("labels", self.export("head", labels=labels, overwrite=True))
            self.assertTrue(any("labels: left out" in text for text in self.said), self.said)

    def test_an_accuracy_is_a_finite_number(self):
        for accuracy in (float("nan"), "95 %"):
            self.assertIn(f"test_accuracy {accuracy}: a finite", self.complaint("head", test_accuracy=accuracy))

    def test_one_block_is_said(self):
        layers = torch.nn.Conv2d(3, 4, 3), torch.nn.Flatten(), torch.nn.Linear(144, 4)
        self.export("blocks", torch.nn.Sequential(*layers))
        said = " ".join(self.said)
        self.assertIn('"blocks" is 1 layer here, 0, the only one with convolutions; layers=… names others', said)

    def test_a_list_that_is_cut_short(self):
        command = f"{sys.executable} {SCRIPT} --model torchvision.models:resnet152 --list | head -1"
        run = subprocess.run(command, shell=True, capture_output=True, text=True)
        self.assertEqual((run.stderr, len(run.stdout.splitlines())), ("", 1))

    def test_what_is_no_ordinary_file_is_not_replaced(self):
        os.mkfifo(self.path)
        with self.assertRaisesRegex(nerve.ExportError, "no ordinary file"):
            self.export("head", overwrite=True)
        self.assertTrue(self.path.is_fifo())

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

    def test_names_that_hdf5_reads_as_paths(self):
        for names, wanted in ((("block1", "block1/conv2"), '"block1/conv2": within "block1"'),
                              (("a/b/c", "a/b"), '"a/b/c": within "a/b"'), (("a//b",), "empty part"),
                              (("/a",), "empty part or"), (("a\0b",), "can't be written as text"),
                              (("a\ud800",), "can't be written as text"), (("x" * 70000,), "70000 characters")):
            model = torch.nn.Sequential()
            for number, name in enumerate(names):
                model.add_module(name, torch.nn.Identity())
            with self.subTest(names[0][:9]):
                self.assertIn(wanted, self.complaint(list(names), model))
        model = torch.nn.Sequential()
        for name in ("größe", "a b/c", "x" * 3000):
            model.add_module(name, torch.nn.Identity())
        self.export("all", model).close()
        self.assertEqual([layer["name"] for layer in nerve_info(self.path)["layers"]], ["größe", "a b/c", "x" * 3000])

    def test_an_argument_that_is_none_names_near_ones(self):
        for name, near in (("thumbnail", "thumbnails"), ("license", "licence"), ("class_name", "class_names"),
                           ("batchsize", "batch_size")):
            said = self.complaint("conv1", **{name: 1})
            self.assertRegex(said, f"^{name}: there is no such argument; near names: .*{near}")
        file = self.export("conv1", attributes={"story": "long"}, licence="free")
        self.assertEqual((file.attrs["story"], file.attrs["licence"]), ("long", "free"))

    def test_masks_are_shares_or_whole_numbers(self):
        shares = np.random.default_rng(0).random((23, 8, 8))
        file = self.export("head", masks=shares)
        np.testing.assert_array_equal(file["masks"][:], shares >= .5)
        self.path.unlink()
        for masks, wanted in ((shares * 255, "masks: float64 from"), (shares - 1, "masks: float64 from -"),
                              (shares * np.nan, "masks: float64 from nan"), (shares.astype("U3"), "masks: <U3")):
            self.assertIn(wanted, self.complaint("head", masks=masks))

    def test_double_precision_that_overflows(self):
        x = self.x.double()
        file = self.export("part", nets.Scale(1, 1e30, 1e300), x, batch_size=8, dtype="float32")
        self.assertEqual(file["layers/part"].dtype, np.float64)
        self.assertTrue(np.isfinite(file["layers/part"][:]).all())
        np.testing.assert_array_equal(file["layers/part"][16:], x.numpy()[16:] * 1e300)
        self.assertTrue(any("what float32 holds" in text for text in self.said), self.said)

    def test_axes_for_vectors_of_a_layer_that_has_maps(self):
        self.assertIn("conv1: axes ND, but its shape is 5×6×8×8", self.complaint("conv1", axes="ND"))

    def test_inputs_that_are_not_one_tensor(self):
        said = self.complaint("conv1", data=[({"a": self.x}, self.y)])
        self.assertIn("the inputs are dict, not one tensor", said)
        self.assertIn("data: int;", self.complaint("conv1", data=5))

    def test_models_and_inputs_that_show_nothing(self):
        model = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3))
        for made in (torch.jit.script(model), torch.jit.trace(model, self.x)):
            self.assertIn("TorchScript", self.complaint("0", made, [self.x]))
        self.assertIn("one number", self.complaint("0", model, [torch.tensor(3.)]))
        self.assertIn("0: rows of shape 0×8×8", self.complaint("0", torch.nn.Sequential(torch.nn.Identity()),
                                                               [torch.zeros(5, 0, 8, 8)]))

    def test_classes_that_are_none(self):
        self.assertIn("class_names: no classes", self.complaint("conv1", class_names=[]))
        self.assertIn("'a\\x00'", self.complaint("conv1", class_names=["a\0", "b", "c", "d"]))
        file = self.export("conv1", data=self.x, class_names=["鳥", "жук", "c" * 999, ""])
        self.assertEqual(list(file["class_names"].asstr()), ["鳥", "жук", "c" * 999, ""])
        self.assertNotIn("labels", file)

    def test_two_exports_at_once_into_one_file(self):
        """The first to end has it; the other says so, and takes nothing away."""
        def data():
            yield self.x
            nerve.export(nets.make_twice(), self.x, self.path, "head")
        with self.assertRaisesRegex(nerve.ExportError, "exists already"):
            nerve.export(nets.make_twice(), data(), self.path, "conv1")
        self.assertEqual(os.listdir(self.folder), ["out.h5"])
        with h5py.File(self.path) as file:
            self.assertEqual(list(file["layers"]), ["head"])

    def test_places_where_no_file_can_be(self):
        for path, wanted in (("/proc/out.h5", "/proc/out.h5: No such file"),
                             (self.folder / "no" / "out.h5", "there is no folder"),
                             (self.folder / ("x" * 300), "File name too long"), (self.folder, "is a folder"),
                             (f"{self.folder}/a\0b", "null")):
            with self.subTest(wanted), self.assertRaisesRegex(nerve.ExportError, wanted):
                nerve.export(nets.make_twice(), self.x, path, "head")
        self.assertEqual(os.listdir(self.folder), [])

    def test_an_interruption_at_any_call_leaves_a_whole_file_or_none(self):
        code = """
import inspect, itertools, os, sys
import torch, h5py, nerve_activations as nerve, nets
folder, x, y, model = sys.argv[1], torch.randn(9, 3, 8, 8), torch.arange(9) % 4, nets.make_twice()
def trace(frame, event, unused):
    global left, where
    generator = frame.f_code.co_flags & inspect.CO_GENERATOR  # what is raised while one is closed gets lost
    if event == "call" and frame.f_code.co_filename == nerve.__file__ and not generator:
        left, where = left - 1, frame.f_code.co_name
        if left == 0:
            raise KeyboardInterrupt
whole = none = 0
for at in itertools.count(int(sys.argv[2]), 3):
    path, left = f"{folder}/{at}.h5", at
    sys.setprofile(trace)
    try:
        nerve.export(model, [(x[:5], y[:5]), (x[5:], y[5:])], path, ["input", "conv"])
        done = True
    except KeyboardInterrupt:
        done = False
    finally:
        sys.setprofile(None)
    if os.path.exists(path):
        assert h5py.File(path)["layers/conv2"].shape[0] == 9
        whole += 1
    else:
        none += 1
    # Not where a block has ended and its end has not begun.
    restored = torch.is_grad_enabled() and not any(module._forward_hooks for module in model.modules())
    assert restored or where == "__exit__", where
    torch.set_grad_enabled(True)
    for module in model.modules():
        module._forward_hooks.clear(), module._forward_pre_hooks.clear()
    if done:
        break
print(whole, none)
"""
        path = os.pathsep.join((str(ROOT / "resources/python"), str(ROOT / "tests/python")))
        run = subprocess.run([sys.executable, "-W", "ignore", "-c", code, self.folder, "1"], capture_output=True,
                             text=True, env={**os.environ, "PYTHONPATH": path})
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        whole, none = map(int, run.stdout.split())
        self.assertGreater(none, 20)
        self.assertEqual(len(os.listdir(self.folder)), whole)

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

    def test_nothing_is_recorded_outside_the_block(self):
        recorder = nerve.Recorder(nets.make_twice(), self.path, "conv1")
        with self.assertRaisesRegex(nerve.UsageError, "outside the block"):
            recorder.run(self.x)
        with recorder:
            recorder.run(self.x)
        with self.assertRaisesRegex(nerve.UsageError, "outside the block"):
            recorder.add(self.x)
        with self.assertRaisesRegex(nerve.UsageError, "one block"), recorder:
            pass
        self.assertEqual(os.listdir(self.folder), ["out.h5"])

    def test_in_a_thread(self):
        thread = threading.Thread(target=nerve.export, args=(nets.make_twice(), self.x, self.path, "conv1"))
        thread.start()
        thread.join()
        with h5py.File(self.path) as file:
            self.assertEqual(len(file["layers/conv1"]), 23)

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

    def refused(self, *arguments):
        """Exit status and what is said, without a new Python."""
        words = io.StringIO()
        with contextlib.redirect_stderr(words):
            try:
                status = nerve.main(["--model", f"{NETS}:make_twice", "-o", str(self.path), *map(str, arguments)])
            except SystemExit as end:
                status = end.code
        self.assertEqual([name for name in os.listdir(self.folder) if name.endswith((".part", "out.h5"))], [])
        self.assertEqual(words.getvalue().count("\n"), 1, words.getvalue())
        return status, words.getvalue()

    def test_wrong_options_are_a_line_and_status_2(self):
        try_out = ("--data", "random:4x3x8x8")
        no_device = "nowhere" if torch.cuda.is_available() else "cuda"
        np.save(self.folder / "text.npy", np.array([["a"]]))
        np.save(self.folder / "flat.npy", np.zeros((4, 8)))
        np.savez(self.folder / "objects.npz", x=np.zeros((2, 3, 8, 8)), y=np.array([None, {}], dtype=object))
        np.savez(self.folder / "short.npz", x=np.zeros((2, 3, 8, 8)), y=[1])
        (self.folder / "junk.npy").write_bytes(b"junk")
        (self.folder / "latin").write_bytes(b"\xe4")
        (self.folder / "tree").write_text("a,x,1\nb,y\n")
        (self.folder / "broken.py").write_text("def make():\n    return {}[3]\nx = 3\n")
        for arguments, wanted in (((*try_out, "--model-arg", "classes"), '--model-arg "classes": key=value'),
                                  ((*try_out, "--model-arg", "=3"), '--model-arg "=3": key=value'),
                                  ((*try_out, "--model-arg", "width=3"), "unexpected keyword argument 'width'"),
                                  ((*try_out, "--masks", self.folder / "text.npy"), "text.npy: <U1 of shape 1×1"),
                                  ((*try_out, "--masks", self.folder / "flat.npy"), "flat.npy: float64 of shape 4×8"),
                                  ((*try_out, "--masks", self.folder / "none.npy"), "none.npy: No such file"),
                                  ((*try_out, "--masks", self.folder / "junk.npy"), "junk.npy: no arrays"),
                                  ((*try_out, "--workers", -1), "--workers: -1: a whole number from 0 on"),
                                  ((*try_out, "--seed", -1, "--noise", .1), "--seed: -1: a whole number from 0 to"),
                                  ((*try_out, "--noise", -1), "noise -1.0"),
                                  ((*try_out, "--gzip", 12), "compression 12"),
                                  ((*try_out, "--std", "0"), "std [0.0]: numbers above 0"),
                                  ((*try_out, "--mean", "1,2"), "mean: 2 numbers for inputs of 3 channels"),
                                  ((*try_out, "--layers", "cnv1"), 'no module "cnv1"; near names: conv1'),
                                  ((*try_out, "--axes", "NWHC"), 'no axes "NWHC"'),
                                  ((*try_out, "--device", no_device), f"--device {no_device}"),
                                  ((*try_out, "--class-names", self.folder / "latin"), "latin: no text in UTF-8"),
                                  ((*try_out, "--class-names", os.devnull), "/dev/null: no name is in it"),
                                  ((*try_out, "--superclass", self.folder / "tree"), '"b,y" where "class,superclass"'),
                                  ((*try_out, "--superclass", "/none"), "--superclass /none: No such file"),
                                  ((*try_out, "--weights", "/none"), "--weights /none: there is no such file"),
                                  (("--data", "random:4x3"), "random:NxCxHxW is needed"),
                                  (("--data", self.folder / "photos/"), "there is no such folder"),
                                  (("--data", self.folder), "Couldn't find any class folder"),
                                  (("--data", self.folder / "objects.npz"), "objects.npz: no arrays of numbers"),
                                  (("--data", self.folder / "short.npz"), "short.npz: 1 labels for 2 inputs"),
                                  (("--data", f"{self.folder}/broken.py:make"), "KeyError: 3 (broken.py, line 2)"),
                                  (("--data", f"{self.folder}/broken.py:x"), "data: int; a loader"),
                                  (("--data", "no.such:thing"), "No module named 'no'")):
            with self.subTest(" ".join(map(str, arguments))):
                status, said = self.refused(*arguments)
                self.assertEqual(status, 2, said)
                self.assertIn(wanted, said)

    def test_an_array_larger_than_memory_streams_through(self):
        path = self.folder / "large.npy"
        with open(path, "wb") as file:
            np.lib.format.write_array_header_1_0(file, {"descr": "|u1", "fortran_order": False,
                                                        "shape": (200000, 3, 512, 512)})
            file.truncate(file.tell() + 200000 * 3 * 512 * 512)
        run = shell("--model", f"{NETS}:make_twice", "--data", path, "--layers", "head", "--limit", 3, "--batch-size",
                    2, "--quiet", "-o", self.path)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        with h5py.File(self.path) as file:
            self.assertEqual(len(file["layers/head"]), 3)

    def test_labels_of_a_file_that_are_words(self):
        np.savez(self.folder / "words.npz", x=np.zeros((3, 8, 8, 3), "u1"), y=["b", "ä", "b"])
        self.assertEqual(nerve.main(["--model", f"{NETS}:make_twice", "--data", str(self.folder / "words.npz"),
                                     "--layers", "head", "--quiet", "-o", str(self.path)]), 0)
        with h5py.File(self.path) as file:
            self.assertEqual((list(file["labels"]), list(file["class_names"].asstr())), ([0, 1, 0], ["b", "ä"]))

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
