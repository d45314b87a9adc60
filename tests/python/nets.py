"""Small networks with what real ones have: for the tests, and for the command line as NETS.PY:NAME."""

import torch
from torch import nn


class Twice(nn.Module):
    """One ReLU, in place, that is called twice; a module that is never called; outputs of several kinds."""

    def __init__(self, classes=4):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(6)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(6, 8, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.split = Split()
        self.named = Named()
        self.drop = nn.Dropout(.5)
        self.unused = nn.Linear(2, 2)
        self.statistic = Statistic()
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.relu(self.conv2(x))
        a, (b, _) = self.split(self.pool(x))
        x = self.named(a + b)["sum"]
        self.statistic(x)
        return self.head(self.drop(x.mean(dim=(2, 3))))


class Split(nn.Module):
    def forward(self, x):
        return x * 2, (x - 1, torch.arange(3))


class Named(nn.Module):
    def forward(self, x):
        return {"sum": x, "none": None, "square": x * x}


class Statistic(nn.Module):
    def forward(self, x):
        return x.mean()


class Scale(nn.Module):
    """Its output is the input times a number that grows from call to call."""

    def __init__(self, *factors):
        super().__init__()
        self.factors = list(factors)
        self.part = nn.Identity()

    def forward(self, x):
        factor = self.factors.pop(0) if len(self.factors) > 1 else self.factors[0]
        return self.part(x * factor)


class InPlace(nn.Module):
    """Its first module works on its inputs in place."""

    def __init__(self):
        super().__init__()
        self.relu = nn.ReLU(inplace=True)
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, x):
        return self.conv(self.relu(x))


class ByKeyword(InPlace):
    """As from PyTorch 2.0 on: hooks that ask for it see keyword arguments."""

    def register_forward_pre_hook(self, hook, *, with_kwargs=False):
        self.hook = hook if with_kwargs else None
        return Handle(self)

    def __call__(self, *inputs, **named):
        if self.hook is not None:
            self.hook(self, inputs, named)
        return super().__call__(*inputs, **named)


class Handle:
    def __init__(self, module):
        self.module = module

    def remove(self):
        self.module.hook = None


class BothOrders(nn.Module):
    """Convolutions, and norms of channels that stand last: the beginning of a Swin transformer."""

    def __init__(self):
        super().__init__()
        self.patches = Patches()
        self.square = nn.Sequential(nn.Conv2d(6, 6, 1), Turn(), nn.LayerNorm(6))

    def forward(self, x):
        return self.square(self.patches(x).permute(0, 3, 1, 2)).mean(dim=(1, 2))


class Patches(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 6, 4, 4), nn.LayerNorm(6)

    def forward(self, x):
        return self.norm(self.conv(x).permute(0, 2, 3, 1))


class Turn(nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 3, 1)


class Steps(nn.Module):
    """Recurrent modules, steps first as PyTorch has it, or images first."""

    def __init__(self, images_first=False):
        super().__init__()
        self.images_first = images_first
        self.rnn = nn.LSTM(3, 5, num_layers=2, batch_first=images_first)
        self.head = nn.Linear(5, 4)

    def forward(self, x):
        steps = x if self.images_first else x.transpose(0, 1)
        found, _ = self.rnn(steps)
        return self.head(found[:, -1] if self.images_first else found[-1])


class Words(nn.Module):
    """Attention with steps first within a model whose batches have images first."""

    def __init__(self):
        super().__init__()
        self.words = nn.TransformerEncoderLayer(4, 2, 8)
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        return self.head(self.words(x.transpose(0, 1)).mean(dim=0))


class Answers(nn.Module):
    """Gives a dictionary, as many models do."""

    def __init__(self, **widths):
        super().__init__()
        self.heads = nn.ModuleDict({name: nn.Linear(3, width) for name, width in widths.items()})

    def forward(self, x):
        return {name: head(x.mean(dim=(2, 3))) for name, head in self.heads.items()}


def make_twice(classes=4):
    torch.manual_seed(0)
    return Twice(classes)


def make_slow():
    """Endless work, for those who interrupt it."""
    import time

    class Slow(Twice):
        def forward(self, x):
            time.sleep(.02)
            return super().forward(x)
    torch.manual_seed(0)
    return Slow()
