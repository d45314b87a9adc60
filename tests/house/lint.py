"""What no compiler looks at: tabs, trailing space, lines too long."""

import re

import tap

TEXTS = ("*.c", "*.h", "*.py", "*.sh", "*.ui", "*.md", "meson.build", "meson_options.txt", "*.xml", "*.txt", "run")
LONGEST = 120


def lines(*patterns):
    for path in tap.sources(*patterns):
        if path.name == "LICENSE" or "golden" in path.parts and path.suffix == ".txt":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            yield f"{tap.name(path)}:{number}", line


def no_tabs():
    return [where for where, line in lines(*TEXTS) if "\t" in line]


def no_trailing_space():
    return [where for where, line in lines(*TEXTS) if line != line.rstrip()]


def no_line_over_120_characters():
    code = [pattern for pattern in TEXTS if pattern not in ("*.md", "*.xml", "*.txt")]
    return [f"{where}: {len(line)}" for where, line in lines(*code) if len(line) > LONGEST]


def every_file_ends_with_one_newline():
    return [tap.name(path) for path in tap.sources(*TEXTS)
            if not re.search(r"(\A|[^\n]\n)\Z", path.read_text(encoding="utf-8"))]


def headers_are_guarded_by_pragma_once():
    return [tap.name(path) for path in tap.sources("*.h") if "#pragma once" not in path.read_text(encoding="utf-8")]


tap.run(no_tabs, no_trailing_space, no_line_over_120_characters, every_file_ends_with_one_newline,
        headers_are_guarded_by_pragma_once)
