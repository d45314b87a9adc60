#!/usr/bin/python3
"""Trains a small residual network on the pictures of draw_glyphs.py and writes its activations.

    train_glyphs.py glyphs.h5                    the sample: 1,200 held-out pictures, whole tensors
    train_glyphs.py --random-labels glyphs-random-labels.h5
                                                 the same network on labels drawn by lot; of each layer the mean over
                                                 positions, of the input all
Needs python3-torch, python3-h5py, and what draw_glyphs.py needs; a minute or two of one core. Seeded: the same versions
on the same kind of processor give the same file.
"""
import argparse
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn

import draw_glyphs

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'python'))
import nerve_activations

PER_CLASS, HELD_OUT_PER_CLASS = 800, 100
FEW_PER_CLASS = 50  # as many as the network can learn by heart
EPOCHS, EPOCHS_BY_HEART = 20, 60
LAYERS = ['input', 'stem', 'block1', 'block2', 'block3', 'block4', 'block5', 'block6', 'block7', 'pool', 'logits']


class Block(nn.Module):
    """Two 3 × 3 convolutions and a shortcut."""

    def __init__(self, before, after, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(after)
        self.shortcut = nn.Sequential()
        if stride != 1 or before != after:
            self.shortcut = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))

    def forward(self, x):
        y = torch.relu(self.norm1(self.conv1(x)))
        return torch.relu(self.norm2(self.conv2(y)) + self.shortcut(x))


class GlyphNet(nn.Module):
    def __init__(self, classes=len(draw_glyphs.CLASSES)):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.block1 = Block(8, 8)
        self.block2 = Block(8, 12)
        self.block3 = Block(12, 20, 2)
        self.block4 = Block(20, 24)
        self.block5 = Block(24, 40, 2)
        self.block6 = Block(40, 48)
        self.block7 = Block(48, 48)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.logits = nn.Linear(48, classes)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.stem(x))))
        x = self.block7(self.block6(self.block5(self.block4(x))))
        return self.logits(self.pool(x).flatten(1))


def to_inputs(pictures):
    return torch.from_numpy(pictures[:, None] / np.float32(255))


def get_accuracy(model, inputs, labels):
    model.eval()
    with torch.no_grad():
        found = torch.cat([model(part).argmax(dim=1) for part in inputs.split(500)])
    model.train()
    return float((found == labels).float().mean())


def train(model, inputs, labels, epochs, rate, decay, batch=96):
    """SGD with momentum under a one-cycle rate."""
    optimizer = torch.optim.SGD(model.parameters(), rate, momentum=.9, nesterov=True, weight_decay=decay)
    steps = -(-len(inputs) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, epochs=epochs, steps_per_epoch=steps)
    for epoch in range(epochs):
        total = 0.
        for part in torch.randperm(len(inputs)).split(batch):
            loss = nn.functional.cross_entropy(model(inputs[part]), labels[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(part)
        if epoch % 5 == 4 or epoch == epochs - 1:
            print(f'epoch {epoch + 1:3}: loss {total / len(inputs):.4f}', file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--random-labels', action='store_true')
    parser.add_argument('--seed', type=int, default=4)
    parser.add_argument('--force', action='store_true')
    parser.add_argument('path')
    options = parser.parse_args()
    torch.set_num_threads(1)  # of such small layers two threads make more work, not less
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    start = time.perf_counter()

    pictures, _, labels = draw_glyphs.draw_set(FEW_PER_CLASS if options.random_labels else PER_CLASS, 11)
    if options.random_labels:
        labels = np.random.default_rng(5).permutation(labels)
    shown, masks, truth = draw_glyphs.draw_set(HELD_OUT_PER_CLASS, 12)
    inputs, targets = to_inputs(pictures), torch.from_numpy(labels)

    model = GlyphNet()
    epochs = EPOCHS_BY_HEART if options.random_labels else EPOCHS
    train(model, inputs, targets, epochs, .15, 0 if options.random_labels else 1e-3)
    learnt = get_accuracy(model, inputs, targets)
    print(f'accuracy {learnt:.4f} on what it was trained on, '
          f'{get_accuracy(model, to_inputs(shown), torch.from_numpy(truth)):.4f} on held-out pictures; '
          f'{time.perf_counter() - start:.0f} s', file=sys.stderr)

    numbers = np.zeros(len(draw_glyphs.CLASSES), int)
    ids = []
    for label in truth:
        ids.append(f'{draw_glyphs.NAMES[label]}-{numbers[label]:03}')
        numbers[label] += 1
    more = {'masks': np.uint8(masks)}
    if options.random_labels:
        more = {'sampling': {'input': 'whole', '*': 'pool-mean'}}
    nerve_activations.export(
        model, to_inputs(shown), options.path, LAYERS, labels=truth, sample_ids=ids, batch_size=100, compression=9,
        class_names=list(draw_glyphs.NAMES), superclass=list(draw_glyphs.SUPERCLASS),
        superclass_names=list(draw_glyphs.SUPERCLASSES), dataset='glyphs', licence='CC0-1.0',
        model_name='GlyphNet, random labels' if options.random_labels else 'GlyphNet',
        source='resources/samples/train_glyphs.py', overwrite=options.force, attributes={
            'training': 'random labels' if options.random_labels else 'labels', 'training_accuracy': learnt}, **more)


if __name__ == '__main__':
    main()
