#!/usr/bin/python3
"""Makes ranking.txt: correlations by SciPy, and LogME, H-score, LEEP and NCE by their formulas in NumPy.

LogME is the evidence written out with whole matrices, A = αI + βFᵀF, at its largest by MacKay's fixed point.

Usage: make_ranking.py > ranking.txt        (needs python3-scipy, python3-numpy)
Lines:  pairs N / x … / y … / correlations pearson spearman kendall weighted
        transfer N D CLASSES / features … / labels … / probabilities (N × Z) … / scores logme hscore leep nce
"""
import numpy as np
import scipy.stats


def logme(f, labels):
    n, d = f.shape
    evidences = []
    for c in np.unique(labels):
        y = (labels == c).astype(float)
        alpha = beta = 1.
        for _ in range(2000):
            a = alpha * np.eye(d) + beta * f.T @ f
            m = beta * np.linalg.solve(a, f.T @ y)
            gamma = d - alpha * np.trace(np.linalg.inv(a))
            square, residual = m @ m, ((y - f @ m) ** 2).sum()
            alpha, beta = gamma / (square + 1e-5), (n - gamma) / (residual + 1e-5)
        a = alpha * np.eye(d) + beta * f.T @ f
        m = beta * np.linalg.solve(a, f.T @ y)
        evidences.append((d / 2 * np.log(alpha) + n / 2 * np.log(beta) - np.linalg.slogdet(a)[1] / 2
                          - beta / 2 * ((y - f @ m) ** 2).sum() - alpha / 2 * m @ m - n / 2 * np.log(2 * np.pi)) / n)
    return np.mean(evidences)


def hscore(f, labels):
    means = np.array([f[labels == c].mean(axis=0) for c in labels])
    return np.trace(np.linalg.pinv(np.cov(f, rowvar=False), rcond=1e-13) @ np.cov(means, rowvar=False))


def leep(p, labels):
    joint = np.array([p[labels == c].sum(axis=0) for c in range(labels.max() + 1)]) / len(p)
    return np.log(((joint / joint.sum(axis=0))[labels] * p).sum(axis=1)).mean()


def nce(predictions, labels):
    bins = [range(labels.max() + 2), range(predictions.max() + 2)]
    joint = np.histogram2d(labels, predictions, bins=bins)[0] / len(labels)
    conditional = joint / np.where(joint.sum(axis=0) > 0, joint.sum(axis=0), 1)
    return (joint * np.log(np.where(joint > 0, conditional, 1))).sum()


def words(array):
    return ' '.join(repr(float(v)) for v in np.asarray(array).flat)


def main():
    r = np.random.default_rng(5)
    pairs = [(np.array([-.203396339, -.194417924, -.146612829, -.0556370106, .0311320305]),
              np.array([94.74, 95.42, 95.78, 95.17, 96.53]))]
    pairs += [(r.normal(size=n), r.normal(size=n)) for n in (2, 3, 7, 12, 30)]
    for n, k in ((6, 2), (8, 3), (12, 4), (20, 3), (25, 10)):
        pairs.append((r.integers(0, k, n).astype(float), r.integers(0, k, n).astype(float)))
    for x, y in pairs:
        print(f'pairs {len(x)}\nx {words(x)}\ny {words(y)}')
        print('correlations', words([scipy.stats.pearsonr(x, y)[0], scipy.stats.spearmanr(x, y)[0],
                                     scipy.stats.kendalltau(x, y)[0], scipy.stats.weightedtau(x, y)[0]]))

    for n, d, k, z in ((60, 5, 3, 4), (40, 8, 2, 10), (30, 12, 5, 5), (10, 16, 3, 6), (50, 7, 4, 3)):
        labels = np.r_[np.arange(k), r.integers(0, k, n - k) if n != 50 else r.choice(k, n - k, p=[.7, .1, .1, .1])]
        f = np.maximum(r.normal(size=(k, d))[labels] + r.normal(size=(n, d)), 0)
        if n == 30:
            f[:, 3], f[:, 7] = 0, f[:, 1] + f[:, 2]
        logits = r.normal(size=(k, z))[labels] * 2 + r.normal(size=(n, z))
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        print(f'transfer {n} {d} {k}\nfeatures {words(f)}\nlabels', *labels)
        print('probabilities', words(p))
        print('scores', words([logme(f, labels), hscore(f, labels), leep(p, labels), nce(p.argmax(axis=1), labels)]))


if __name__ == '__main__':
    main()
