#!/usr/bin/python3
"""Tables about glyphs.h5, or any file with a class tree: how well neighbours tell classes, and where classes part.

    measure_glyphs.py glyphs.h5
First, for each layer the share of images whose class (superclass) is that of most of their 5 nearest neighbours among
all others (leave one out; a tie goes to the nearest of the tied), under three samplings. Then mix (below) of the
graphs that the window opens with, and from which layer on pairs are parted: from there to the end the upper 95 %
bootstrap bound of mix is below 0.1. Runs build/app/nerve-cli (or $NERVE_CLI); needs python3-numpy and python3-h5py.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLI = os.environ.get('NERVE_CLI', ROOT / 'build/app/nerve-cli')
NEIGHBOURS, RESAMPLES, LEAST_COVERAGE, LIMIT = 5, 200, .3, .1


def nerve_cli(*arguments):
    return subprocess.run([CLI, *arguments, '--quiet'], check=True, capture_output=True).stdout


def get_cloud(path, layer, sampling, folder):
    cloud = pathlib.Path(folder) / 'cloud.npy'
    nerve_cli('cloud', path, '--layer', layer, '--sampling', sampling, '-o', cloud)
    return np.load(cloud)


def vote(points, *labels):
    """Accuracy of the neighbours' vote, for each numbering of the classes."""
    squares = (points ** 2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * points @ points.T
    np.fill_diagonal(distances, np.inf)
    near = np.argsort(distances, axis=1, kind='stable')[:, :NEIGHBOURS]
    found = []
    for numbers in labels:
        votes = np.zeros((len(points), numbers.max() + 1))
        for rank in range(NEIGHBOURS):
            votes[np.arange(len(points)), numbers[near[:, rank]]] += 1 - 1e-3 * rank
        found.append(float((votes.argmax(axis=1) == numbers).mean()))
    return found


def mix(together, covered, numbers, weights):
    """Of pairs from A and B that are both covered, how many share a node: over the geometric mean of A's and B's own.

    together: [n,n], whether two points share a node. weights: how often each point is drawn. [K,K]
    """
    members = np.eye(numbers.max() + 1)[numbers].T * weights * covered
    shared = members @ together @ members.T - np.diag((members ** 2) @ covered)
    possible = np.outer(members.sum(axis=1), members.sum(axis=1)) - np.diag((members ** 2).sum(axis=1))
    with np.errstate(divide='ignore', invalid='ignore'):
        share = shared / possible
        own = np.sqrt(np.diag(share))
        return share / np.outer(own, own)


def measure_mix(graph, numbers, random):
    """(mix, its upper bound, coverage of each class)"""
    n = len(numbers)
    together = np.zeros((n, n), np.float32)
    for node in graph['nodes']:
        together[np.ix_(node['members'], node['members'])] = 1
    covered = np.diag(together).astype(float)
    coverage = np.array([covered[numbers == group].mean() for group in range(numbers.max() + 1)])
    drawn = []
    for _ in range(RESAMPLES):
        weights = np.zeros(n)
        for group in range(numbers.max() + 1):
            own = np.flatnonzero(numbers == group)
            weights += np.bincount(random.choice(own, len(own)), minlength=n)
        drawn.append(mix(together, covered, numbers, weights))
    return mix(together, covered, numbers, np.ones(n)), np.nanquantile(drawn, .95, axis=0), coverage


def first_parted(bounds, coverages, a, b):
    """The first layer of the last stretch that reaches the end; None: never."""
    first = None
    for layer in reversed(range(len(bounds))):
        if min(coverages[layer][a], coverages[layer][b]) < LEAST_COVERAGE or not bounds[layer][a, b] < LIMIT:
            break
        first = layer
    return first


def main():
    path = sys.argv[1]
    with h5py.File(path) as file:
        layers = sorted(file['layers'], key=lambda name: file['layers'][name].attrs['index'])
        tensors = [name for name in layers if file['layers'][name].ndim == 4]
        labels, tree = file['labels'][:], file['superclass'][:]
        names, groups = list(file['class_names'].asstr()), list(file['superclass_names'].asstr())
    above = tree[labels]

    print('5-NN accuracy, class / superclass')
    print('| layer | whole tensor | mean over positions | random position |\n|---|---|---|---|')
    with tempfile.TemporaryDirectory() as folder:
        for layer in layers:
            samplings = ('flatten', 'pool-mean', 'random') if layer in tensors else ('flatten',)
            cells = ['{:.2f} / {:.2f}'.format(*vote(get_cloud(path, layer, sampling, folder), labels, above))
                     for sampling in samplings]
            print(f'| {layer} | ' + ' | '.join(cells + [''] * (3 - len(cells))) + ' |')

    print('\nMix in the opening graphs (mean over positions, automatic preset): largest over pairs')
    print('| layer | nodes | coverage | superclasses | classes of one superclass |\n|---|---|---|---|---|')
    random = np.random.default_rng(0)
    same = tree[:, None] == tree
    bounds, coverages = {'class': [], 'group': []}, {'class': [], 'group': []}
    for layer in layers:
        graph = json.loads(nerve_cli('mapper', path, '--layer', layer, '--preset', 'auto',
                                     *(('--sampling', 'pool-mean') if layer in tensors else ())))
        largest = {}
        for level, numbers in (('class', labels), ('group', above)):
            values, bound, coverage = measure_mix(graph, numbers, random)
            bounds[level].append(bound)
            coverages[level].append(coverage)
            pairs = np.triu(np.ones_like(bound, bool), 1) & (same if level == 'class' else True)
            largest[level] = f'{np.nanmax(values[pairs]):.2f} (≤ {np.nanmax(bound[pairs]):.2f})'
        print(f'| {layer} | {graph["summary"]["nodes"]} | {graph["summary"]["coverage"]:.2f} | {largest["group"]} | '
              f'{largest["class"]} |')

    hidden = layers[1:] if layers[0] == 'input' else layers  # the input is shown and not counted
    skip = len(layers) - len(hidden)
    for level, words in (('group', groups), ('class', names)):
        print(f'\nParted from which layer on: {"superclasses" if level == "group" else "classes of one superclass"}')
        for a in range(len(words)):
            for b in range(a + 1, len(words)):
                if level == 'group' or same[a, b]:
                    first = first_parted(bounds[level][skip:], coverages[level][skip:], a, b)
                    print(f'{words[a]}, {words[b]}: {"never" if first is None else hidden[first]}')


if __name__ == '__main__':
    main()
