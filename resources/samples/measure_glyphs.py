#!/usr/bin/python3
"""Tables about glyphs.h5, or any file with a class tree: how well neighbours tell classes, and where classes part.

    measure_glyphs.py glyphs.h5
First, for each layer the share of images whose class (superclass) is that of most of their 5 nearest neighbours among
all others (leave one out; of tied classes that of the nearest neighbour), under three samplings; for control the same
with labels permuted. Then mix (below) of the graphs that the window opens with, and how many pairs are parted from each
layer on: from there to the end the upper 95 % bootstrap bound of mix is below 0.1. All this is computed here; at the
end nerve-cli's own verdicts are held against it, with its control, the share of pairs that part under permuted labels.
Runs build/app/nerve-cli (or $NERVE_CLI); needs python3-numpy and python3-h5py.
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
NEIGHBOURS, RESAMPLES, PERMUTATIONS, LEAST_COVERAGE, LIMIT = 5, 200, 20, .3, .1


def nerve_cli(*arguments):
    return subprocess.run([CLI, *arguments, '--quiet'], check=True, capture_output=True).stdout


def get_cloud(path, layer, sampling, folder):
    cloud = pathlib.Path(folder) / 'cloud.npy'
    nerve_cli('cloud', path, '--layer', layer, '--sampling', sampling, '-o', cloud)
    return np.load(cloud)


def find_near(points):
    """The nearest others of each point, the nearest first; of equal ones the first."""
    squares = (points ** 2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * points @ points.T
    np.fill_diagonal(distances, np.inf)
    return np.argsort(distances, axis=1, kind='stable')[:, :NEIGHBOURS]


def vote(near, numbers):
    """Accuracy of the neighbours' vote."""
    votes = np.zeros((len(near), numbers.max() + 1))
    for rank in reversed(range(NEIGHBOURS)):
        column = np.arange(len(near)), numbers[near[:, rank]]
        votes[column] = np.floor(votes[column]) + 1 + .5 / (rank + 1)  # the fraction: how near the nearest of them is
    return float((votes.argmax(axis=1) == numbers).mean())


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


def show_votes(path, layers, tensors, labels, above):
    random = np.random.default_rng(0)
    orders = [random.permutation(len(labels)) for _ in range(PERMUTATIONS)]
    print('5-NN accuracy, class / superclass')
    print('| layer | whole tensor | mean over positions | random position |\n|---|---|---|---|')
    chance = []
    with tempfile.TemporaryDirectory() as folder:
        for layer in layers:
            cells = []
            for sampling in ('flatten', 'pool-mean', 'random') if layer in tensors else ('flatten',):
                near = find_near(get_cloud(path, layer, sampling, folder))
                cells.append(f'{vote(near, labels):.2f} / {vote(near, above):.2f}')
                chance += [(vote(near, labels[order]), vote(near, above[order])) for order in orders]
            print(f'| {layer} | ' + ' | '.join(cells + [''] * (3 - len(cells))) + ' |')
    low, high = np.min(chance, axis=0), np.max(chance, axis=0)
    print(f'labels permuted, any layer and sampling: class {low[0]:.2f} to {high[0]:.2f}, superclass {low[1]:.2f} to '
          f'{high[1]:.2f}')


def get_options(layer, tensors):
    return ('--layer', layer, '--preset', 'auto', *(('--sampling', 'pool-mean') if layer in tensors else ()))


def get_pairs(words, tree, level):
    """All pairs of superclasses; pairs of classes of one superclass."""
    every = [(a, b) for a in range(len(words)) for b in range(a + 1, len(words))]
    return [(a, b) for a, b in every if level == 'group' or tree[a] == tree[b]]


def show_mix(path, layers, tensors, levels, tree):
    """Prints the table; {level: {(a, b): the layer's place from which they are parted, None: never}}"""
    random = np.random.default_rng(0)
    bounds, coverages = {level: [] for level in levels}, {level: [] for level in levels}
    pairs = {level: get_pairs(words, tree, level) for level, (_, words) in levels.items()}
    rows = []
    for layer in layers:
        graph = json.loads(nerve_cli('mapper', path, *get_options(layer, tensors)))
        cells = [layer, str(graph['summary']['nodes']), f'{graph["summary"]["coverage"]:.2f}']
        for level, (numbers, _) in levels.items():
            values, bound, coverage = measure_mix(graph, numbers, random)
            bounds[level].append(bound)
            coverages[level].append(coverage)
            cells.append(f'{max(values[pair] for pair in pairs[level]):.2f} '
                         f'(≤ {max(bound[pair] for pair in pairs[level]):.2f})')
        rows.append(cells)
    parted = {level: {pair: first_parted(bounds[level], coverages[level], *pair) for pair in pairs[level]}
              for level in levels}
    print('\nMix in the opening graphs (mean over positions, automatic preset): the largest of a pair; pairs parted')
    print('| layer | nodes | coverage | ' + ' | '.join(f'mix of {level}' for level in levels) + ' | '
          + ' | '.join(f'parted {level}' for level in levels) + ' |\n|---|---|---|---|---|---|---|')
    for place, cells in enumerate(rows):
        for level in levels:
            done = sum(first is not None and first <= place for first in parted[level].values())
            cells.append(f'{done} of {len(pairs[level])}')
        print('| ' + ' | '.join(cells) + ' |')
    return parted


def hold_against_cli(path, layers, levels, parted):
    found = json.loads(nerve_cli('parting', path, '--preset', 'auto', '--sampling', 'pool-mean', '--format', 'json'))
    verdicts = {(pair['a'], pair['b']): pair.get('layer') for pair in found['pairs']}
    same = sum(verdicts[words[a], words[b]] == (None if first is None else layers[first])
               for level, (_, words) in levels.items() for (a, b), first in parted[level].items())
    print(f'\nnerve-cli says the same of {same} of {sum(map(len, parted.values()))} pairs; with labels permuted '
          f'{found["control"]["permutations"]} times it parts, of all pairs of classes and of superclasses, the shares '
          f'{found["control"]["parted_share_by_level"]}')


def main():
    path = sys.argv[1]
    with h5py.File(path) as file:
        layers = sorted(file['layers'], key=lambda name: file['layers'][name].attrs['index'])
        tensors = [name for name in layers if file['layers'][name].ndim == 4]
        labels, tree = file['labels'][:], file['superclass'][:]
        names, groups = list(file['class_names'].asstr()), list(file['superclass_names'].asstr())
    show_votes(path, layers, tensors, labels, tree[labels])
    levels = {'group': (tree[labels], groups), 'class': (labels, names)}
    hidden = [layer for layer in layers if layer != 'input']  # which is not counted
    parted = show_mix(path, hidden, tensors, levels, tree)
    for level, (_, words) in levels.items():
        print(f'\nParted from which layer on: {"superclasses" if level == "group" else "classes of one superclass"}')
        for (a, b), first in parted[level].items():
            print(f'{words[a]}, {words[b]}: {"never" if first is None else hidden[first]}')
    hold_against_cli(path, hidden, levels, parted)


if __name__ == '__main__':
    main()
