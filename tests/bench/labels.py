#!/usr/bin/python3
"""Do labels overlap or leave the page? labels.py NERVE-CLI FILE...

Draws every kind of figure of each file at three widths as TikZ, where each line of text stands with its place, size and
width, and looks at all pairs of them; at the narrowest also as PDF, which has to have the same letters, and as SVG,
both with all of them on the page. Ends with 1 if a label is over another or over the edge, if letters are lost, or if a
figure could not be drawn. Begins with a page that is wrong in these ways, and is of no use unless it sees that.
Needs pdftotext.
"""

import html
import math
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter

WIDTHS = ("3.25in", "5.5in", "7.16in")
TEXT = re.compile(r"^\\NT\{base,(left|center|right)(?:,rotate=([-0-9.]+))?\}\{([-0-9.]+)\}\{([-0-9.]+)\}\{([-0-9.]+)\}"
                  r"\{([-0-9.]+)\}\{(.*)\}$")
PAGE = re.compile(r"^\\NR 0 0 ([0-9.]+) ([0-9.]+) \\pgfusepath\{use as bounding box\}$")
WORD = re.compile(r'<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">(.*?)</word>')
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


def letters(text):
    """How many there are of each letter and digit of ASCII: what TeX spells otherwise is left out."""
    return Counter(letter for letter in unicodedata.normalize("NFKC", text) if letter.isascii() and letter.isalnum())


def tex_letters(path):
    with open(path, encoding="utf-8") as lines:
        texts = [match.group(7) for match in map(TEXT.match, lines) if match]
    return letters("".join(re.sub(r"\\[a-zA-Z]+(\{nerve\d+\})?", "", text) for text in texts))


def pdf_complaints(tex, pdf):
    page = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    width, height = map(float, re.search(r'<page width="([0-9.]+)" height="([0-9.]+)">', page).groups())
    words = re.findall(WORD, page)
    for *corners, word in words:
        left, top, right, bottom = map(float, corners)
        # A font's whole line, accents and all, is higher than its letters.
        line = min(right - left, bottom - top) / 4
        if left < -TOUCH or top < -TOUCH - line or right > width + TOUCH or bottom > height + TOUCH + line:
            yield f"“{html.unescape(word)}” leaves the page of the PDF"
    found = letters("".join(html.unescape(word[4]) for word in words))
    wanted = tex_letters(tex)
    # What an ellipsis stands for can be copied from the PDF all the same.
    with open(tex, encoding="utf-8") as file:
        shortened = "\\ldots" in file.read()
    if wanted - found or (found - wanted and not shortened):
        yield f"letters of the TikZ that the PDF lacks: {wanted - found}, the other way round: {found - wanted}"


def svg_complaints(svg):
    with open(svg, encoding="utf-8") as file:
        text = file.read()
    width, height = map(float, re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', text).groups())
    for x, y in re.findall(r'<use xlink:href="#glyph[-0-9]+" x="([-0-9.]+)" y="([-0-9.]+)"/>', text):
        if not (-TOUCH < float(x) < width and 0 < float(y) < height + TOUCH):
            yield f"a letter leaves the page of the SVG ({x} {y})"


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
    return [file, file] if kind in ("noise", "ranks", "specificity") else [file]


WRONG = r"""\NR 0 0 100 50 \pgfusepath{use as bounding box}
\NT{base,left}{10}{20}{7}{30}{\color{nerve0}one}
\NT{base,left}{20}{22}{7}{30}{\color{nerve0}two}
\NT{base,right,rotate=90}{90}{10}{7}{40}{\color{nerve1}edge}
"""
WRONG_SVG = """<svg viewBox="0 0 100 50"><use xlink:href="#glyph0-1" x="120" y="9"/></svg>"""


def prove(folder):
    """That what is wrong is seen."""
    tex, svg = os.path.join(folder, "wrong.tex"), os.path.join(folder, "wrong.svg")
    with open(tex, "w", encoding="utf-8") as file:
        file.write(WRONG)
    with open(svg, "w", encoding="utf-8") as file:
        file.write(WRONG_SVG)
    found = sorted(text.split(" (")[0] for text in complaints(tex))
    assert found == ["“edge” leaves the page", "“two” over “one”"], found
    assert tex_letters(tex) == Counter("onetwoedge"), tex_letters(tex)
    assert len(list(svg_complaints(svg))) == 1


def draw(program, file, kind, width, path):
    """What went wrong, or None."""
    result = subprocess.run([program, "figure", "--quiet", "--window", *inputs(file, kind), "--kind", kind,
                             "--width", width, "-o", path], capture_output=True, text=True)
    return f"not drawn: {result.stderr.strip()}" if result.returncode != 0 else None


def look(program, file, kind, width, folder):
    """All complaints of a figure."""
    tex, pdf, svg = (os.path.join(folder, "figure." + suffix) for suffix in ("tex", "pdf", "svg"))
    paths = (tex, pdf, svg) if width == WIDTHS[0] else (tex,)
    errors = [error for error in (draw(program, file, kind, width, path) for path in paths) if error]
    if errors:
        return errors
    found = list(complaints(tex))
    return found if width != WIDTHS[0] else found + list(pdf_complaints(tex, pdf)) + list(svg_complaints(svg))


def main(program, *files):
    failed = drawn = 0
    with tempfile.TemporaryDirectory() as folder:
        prove(folder)
        for file in files:
            for kind in kinds(program):
                for width in WIDTHS:
                    name = f"{os.path.basename(file)} {kind} {width}"
                    found = look(program, file, kind, width, folder)
                    drawn += 1
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
