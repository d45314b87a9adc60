#!/usr/bin/python3
"""Makes transport.txt: costs, masses and the least total cost, by SciPy's linear programme.

Usage: make_transport.py > transport.txt        (needs python3-scipy)
Lines:  problem rows columns / costs … / supplies … / demands … / total
"""
import numpy as np
from scipy.optimize import linprog


def solve(costs, supplies, demands):
    rows, columns = costs.shape
    constraints = np.zeros((rows + columns, rows * columns))
    for i in range(rows):
        constraints[i, i * columns:(i + 1) * columns] = 1
    for j in range(columns):
        constraints[rows + j, j::columns] = 1
    result = linprog(costs.ravel(), A_eq=constraints, b_eq=np.r_[supplies, demands], method='highs')
    assert result.status == 0
    return result.fun


def write(costs, supplies, demands):
    print('problem', *costs.shape)
    print('costs', *[repr(float(v)) for v in costs.ravel()])
    print('supplies', *supplies)
    print('demands', *demands)
    print('total', repr(float(solve(costs, supplies, demands))))


def uniform(rows, columns):
    common = np.gcd(rows, columns)
    return np.full(rows, columns // common), np.full(columns, rows // common)


random = np.random.default_rng(5)
for rows, columns in ((1, 1), (1, 5), (6, 1), (3, 3), (4, 7), (9, 6), (12, 12), (20, 15), (31, 17)):
    write(random.random((rows, columns)).round(4), *uniform(rows, columns))
    write(random.integers(0, 3, (rows, columns)).astype(float), *uniform(rows, columns))
costs = (random.normal(size=(15, 1)) - random.normal(size=(1, 15)))**2
supplies = random.integers(0, 9, 15)
demands = np.bincount(random.choice(15, supplies.sum()), minlength=15)
write(costs.round(4), supplies, demands)
