"""The samplings of SCIENCE §2 in NumPy: the reference that make_cloud.py and check_samplings.py hold Nerve against."""
import numpy as np

WORD = (1 << 64) - 1
SAMPLINGS = ('flatten', 'pool-mean', 'pool-max', 'random', 'top-norm', 'full', 'foreground', 'background')


def rotate(x, k):
    return (x << k | x >> (64 - k)) & WORD


def splitmix(state):
    """Blackman and Vigna's splitmix64: the next state, and a number."""
    state = (state + 0x9e3779b97f4a7c15) & WORD
    z = state
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & WORD
    z = (z ^ z >> 27) * 0x94d049bb133111eb & WORD
    return state, z ^ z >> 31


def stream(seed, image):
    """xoshiro256**, seeded for one image as analysis/base/random.c says: an endless row of 64-bit numbers."""
    state = splitmix(seed)[1] ^ rotate(image * 0xd1342543de82ef95 & WORD, 32)
    state = splitmix(state)[1]
    s = []
    for _ in range(4):
        state, word = splitmix(state)
        s.append(word)
    while True:
        yield rotate(s[1] * 5 & WORD, 7) * 9 & WORD
        shifted = s[1] << 17 & WORD
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)


def below(numbers, bound):
    """Lemire's unbiased draw from 0 to bound − 1."""
    while True:
        product = next(numbers) * bound
        if product & WORD >= (1 << 64) % bound:
            return product >> 64


def get_weights(masks, height, width):
    """How much foreground lies below each position, exactly: in parts of height · width to the pixel. [N,H·W]"""
    fine = np.repeat(np.repeat((masks != 0).astype(np.int64), height, axis=1), width, axis=2)
    n, rows, columns = masks.shape
    return fine.reshape(n, height, rows, width, columns).sum(axis=(2, 4)).reshape(n, -1)


def choose(sampling, x, masks, k, seed):
    """Image and position i · W + j of each point; position −1 for a whole image. x: [N,C,H,W] in double."""
    n, _, height, width = x.shape
    places = height * width
    images = np.arange(n)
    if sampling in ('flatten', 'pool-mean', 'pool-max'):
        return images, np.full(n, -1)
    if sampling == 'random':
        found = []
        for image in images:
            numbers = stream(seed, int(image))
            row = below(numbers, height)
            found.append(row * width + below(numbers, width))
        return images, np.array(found)
    if sampling == 'full':
        return np.repeat(images, places), np.tile(np.arange(places), n)
    k = min(k, places)
    if sampling == 'top-norm':
        order = np.argsort(-(x ** 2).sum(axis=1).reshape(n, places), axis=1, kind='stable')
        return np.repeat(images, k), order[:, :k].ravel()
    weights = get_weights(masks, height, width)
    if sampling == 'background':
        weights = masks[0].size - weights
    empty = ~(masks != 0).any(axis=(1, 2)) | (weights.max(axis=1) == 0)
    images, order = images[~empty], []
    for image in images:
        numbers = stream(seed, int(image))
        lots = np.array([next(numbers) for _ in range(places)], dtype=np.uint64)
        order.append(np.lexsort((lots, -weights[image]))[:k])
    return np.repeat(images, k), np.array(order, dtype=int).ravel()


def take(sampling, x, images, positions):
    """The points of those rows, in double."""
    if sampling == 'flatten':
        return x.reshape(len(x), -1)
    if sampling == 'pool-mean':
        return x.mean(axis=(2, 3))
    if sampling == 'pool-max':
        return x.max(axis=(2, 3))
    rows, columns = np.divmod(positions, x.shape[3])
    return x[images, :, rows, columns]
