#!/usr/bin/python3
"""Draws the pictures of glyphs.h5: twelve classes of glyphs in four superclasses, chosen by look.

letters (strokes of one of ten fonts), solid (filled shapes), striped and dotted (shapes of stripes and of dots). Every
picture has its own place, size, turn, stretch, stroke (how thick a letter's lines are, how broad stripes, how large
dots), contrast, slope of light and noise. A picture is made four times as large as it will be, so its mask is exact:
where at least half of a pixel belongs to the glyph.

    draw_glyphs.py sheet.png     a sheet to look at: a row a class
Needs python3-numpy and python3-pil; fonts-cantarell, fonts-dejavu-core and fonts-lato. The same seed gives the same
pictures. They are free (CC0-1.0).
"""
import functools
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIZE = 24  # of a picture
FINE = 4   # sub-pixels a side
STAMP = 96  # of a letter before it is turned and scaled
THICKEST = 3  # what is added around a letter's strokes, of its STAMP

SUPERCLASSES = ('letters', 'solid', 'striped', 'dotted')
CLASSES = (('A', 0), ('E', 0), ('F', 0), ('K', 0), ('disc', 1), ('square', 1), ('triangle', 1), ('ball', 2), ('box', 2),
           ('cone', 2), ('plate', 3), ('quilt', 3))
SHAPES = {'ball': 'disc', 'plate': 'disc', 'box': 'square', 'quilt': 'square', 'cone': 'triangle'}
NAMES = tuple(name for name, _ in CLASSES)
SUPERCLASS = tuple(group for _, group in CLASSES)

FONTS = (
    'opentype/cantarell/Cantarell-Regular.otf', 'opentype/cantarell/Cantarell-Bold.otf',
    'truetype/dejavu/DejaVuSans.ttf', 'truetype/dejavu/DejaVuSans-Bold.ttf', 'truetype/dejavu/DejaVuSansMono.ttf',
    'truetype/dejavu/DejaVuSerif.ttf', 'truetype/dejavu/DejaVuSerif-Bold.ttf',
    'truetype/lato/Lato-Regular.ttf', 'truetype/lato/Lato-Bold.ttf', 'truetype/lato/Lato-Italic.ttf',
)


@functools.lru_cache(maxsize=None)
def get_stamp(letter, font, stroke):
    """The letter in a square as high as itself, True inside."""
    face = ImageFont.truetype('/usr/share/fonts/' + FONTS[font], STAMP)
    left, top, right, bottom = face.getbbox(letter, stroke_width=stroke)
    square = Image.new('L', (STAMP, STAMP))
    place = ((STAMP - left - right) / 2, (STAMP - top - bottom) / 2)
    ImageDraw.Draw(square).text(place, letter, fill=255, font=face, stroke_width=stroke)
    return np.asarray(square) > 127, (bottom - top) / STAMP


def letter(name, x, y, random):
    stamp, height = get_stamp(name, random.integers(len(FONTS)), random.integers(THICKEST + 1))
    column = np.round((x * height * .95 + 1) * STAMP / 2 - .5).astype(int)
    row = np.round((y * height * .95 + 1) * STAMP / 2 - .5).astype(int)
    outside = (column < 0) | (column >= STAMP) | (row < 0) | (row >= STAMP)
    return stamp[row.clip(0, STAMP - 1), column.clip(0, STAMP - 1)] & ~outside


def solid(name, x, y, random):
    return is_inside(name, x, y)


def striped(name, x, y, random):
    wave, _ = get_waves(x, y, random.uniform(.54, .66), random)
    return (wave > random.uniform(-.2, .2)) & is_inside(name, x, y)


def dotted(name, x, y, random):
    u, v = get_waves(x, y, random.uniform(.42, .5), random)
    return (u + v > random.uniform(.4, .7)) & is_inside(name, x, y)


def get_waves(x, y, period, random):
    """Two waves across each other, at any angle."""
    angle, size = random.uniform(0, np.pi), 2 * np.pi / period
    u, v = np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x
    return np.sin(size * u + random.uniform(0, 2 * np.pi)), np.sin(size * v + random.uniform(0, 2 * np.pi))


def is_inside(name, x, y):
    shape = SHAPES.get(name, name)
    if shape == 'disc':
        return np.hypot(x, y) < .94
    if shape == 'square':
        return np.maximum(abs(x), abs(y)) < .82
    return (y < .56) & (.866 * abs(x) < .5 * (1.12 + y))


def draw(label, random):
    """A picture, uint8, and its mask."""
    name, group = CLASSES[label]
    at = (np.arange(SIZE * FINE) + .5) / FINE - SIZE / 2
    y, x = np.meshgrid(at, at, indexing='ij')
    scale, turn, stretch = random.uniform(8, 9.8), random.uniform(-np.pi, np.pi), random.uniform(.92, 1.08)
    x, y = x - random.normal(0, 1.1), y - random.normal(0, 1.1)
    x, y = np.cos(turn) * x + np.sin(turn) * y, np.cos(turn) * y - np.sin(turn) * x
    x, y = x / scale * stretch, y / scale / stretch
    ink = (letter, solid, striped, dotted)[group](name, x, y, random)
    ink = ink.reshape(SIZE, FINE, SIZE, FINE).mean(axis=(1, 3))
    return shade(ink, random), ink >= .5


def shade(ink, random):
    """Ground and ink of any contrast, a slope of light, noise."""
    ground, contrast = random.uniform(.04, .18), random.uniform(.55, .75)
    slope = np.linspace(-.5, .5, SIZE)
    light = random.normal(0, .08) * slope[:, None] + random.normal(0, .08) * slope
    noise = random.normal(0, random.uniform(.01, .04), ink.shape)
    return np.uint8(np.round(255 * np.clip(ground + contrast * ink + light + noise, 0, 1)))


def draw_set(per_class, seed):
    """Pictures uint8 [N,24,24], masks, labels, in an order drawn from the seed."""
    random = np.random.default_rng(seed)
    labels = random.permutation(np.repeat(np.arange(len(CLASSES)), per_class))
    drawn = [draw(label, random) for label in labels]
    return np.array([picture for picture, _ in drawn]), np.array([mask for _, mask in drawn]), labels


def main():
    random, zoom, across = np.random.default_rng(1), 2, 24
    sheet = np.full((len(CLASSES) * 26, across * 26), 255, np.uint8)
    for row in range(len(CLASSES)):
        for column in range(across):
            sheet[row * 26 + 1:row * 26 + 25, column * 26 + 1:column * 26 + 25] = draw(row, random)[0]
    Image.fromarray(np.kron(sheet, np.ones((zoom, zoom), np.uint8))).save(sys.argv[1])


if __name__ == '__main__':
    main()
