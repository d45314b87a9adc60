#!/usr/bin/python3
"""Do labels overlap or leave the page? labels.py NERVE-CLI FILE...

Draws every kind of figure of each file at three widths as TikZ, where each line of text stands with its place, size and
width, and looks at all pairs of them. Ends with 1 if one is over another or over the edge.
"""

import math
import os
import re
import subprocess
import sys
import tempfile

WIDTHS = ("3.25in", "5.5in", "7.16in")
TEXT = re.compile(r"^\\NT\{base,(left|center|right)(?:,rotate=([-0-9.]+))?\}\{([-0-9.]+)\}\{([-0-9.]+)\}\{([-0-9.]+)\}"
                  r"\{([-0-9.]+)\}\{(.*)\}$")
PAGE = re.compile(r"^\\NR 0 0 ([0-9.]+) ([0-9.]+) \\pgfusepath\{use as bounding box\}$")
SPARE = 1.02  # what the file adds to each width
ASCENT, DESCENT = 0.7, 0.16  # of the size of type
TOUCH = 0.6  # points: letters have room around them


def box(match):
    """Left, bottom, right, top of a line of text."""
    place, turn, x, y, size, width, text = match.groups()
    x, y, size, width = float(x), float(y), float(size), float(width) / SPARE
    left = {"left": 0, "center": -width / 2, "right": -width}[place]
    angle = math.radians(float(turn or 0))
    corners = [(a * math.cos(angle) - b * math.sin(angle), a * math.sin(angle) + b * math.cos(angle))
               for a in (left, left + width) for b in (-DESCENT * size, ASCENT * size)]
    xs, ys = zip(*corners)
    return x + min(xs), y + min(ys), x + max(xs), y + max(ys), re.sub(r"\\color\{\w+\}|\\(bfseries|itshape) ", "", text)


def complaints(path):
    page, boxes = None, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            page = PAGE.match(line) or page
            match = TEXT.match(line)
            if match:
                boxes.append(box(match))
    width, height = float(page.group(1)), float(page.group(2))
    for left, bottom, right, top, text in boxes:
        if left < -TOUCH or bottom < -TOUCH or right > width + TOUCH or top > height + TOUCH:
            yield f"“{text}” leaves the page ({left:.1f} {bottom:.1f} {right:.1f} {top:.1f})"
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            if min(a[2], b[2]) - max(a[0], b[0]) > TOUCH and min(a[3], b[3]) - max(a[1], b[1]) > TOUCH:
                yield f"“{a[4]}” over “{b[4]}”"


def kinds(program):
    text = subprocess.run([program, "figure", "--help"], capture_output=True, check=True, text=True,
                          env=dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="C")).stdout
    return re.search(r"--kind (\S+)", text).group(1).split("|")


def inputs(file, kind):
    """Some compare two files, for which one serves twice."""
    return [file, file] if kind in ("ranks", "specificity") else [file]


def main(program, *files):
    failed = drawn = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "figure.tex")
        for file in files:
            for kind in kinds(program):
                for width in WIDTHS:
                    result = subprocess.run([program, "figure", "--quiet", "--window", *inputs(file, kind),
                                             "--kind", kind, "--width", width, "-o", path],
                                            capture_output=True, text=True)
                    name = f"{os.path.basename(file)} {kind} {width}"
                    if result.returncode != 0:
                        print(f"{name}: not drawn: {result.stderr.strip()}")
                        continue
                    drawn += 1
                    found = list(complaints(path))
                    failed += bool(found)
                    for text in found[:6]:
                        print(f"{name}: {text}")
                    if len(found) > 6:
                        print(f"{name}: … {len(found)} in all")
    print(f"{drawn} figures, {failed} with labels in each other's way")
    return failed > 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
