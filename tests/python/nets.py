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
