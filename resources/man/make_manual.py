#!/usr/bin/python3
"""Writes a manual page from what a program says of itself: make_manual.py TEMPLATE PROGRAM [VERSION]

@COMMANDS@ in the template becomes a section a command with all its options, @VERSION@ the version.
The page can't miss an option that way, nor name one that is gone.
"""

import os
import re
import subprocess
import sys

BREAK = "\\:"

# What it leaves behind on exit is not asked here.
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="C", ASAN_OPTIONS="detect_leaks=0")


def help_of(program, *words):
    result = subprocess.run([program, *words, "--help"], capture_output=True, check=True, env=ENVIRONMENT)
    return result.stdout.decode()


def roff(text):
    """Plain text as roff shows it unchanged."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\\&" + text if text.startswith(".") else text


def option_line(line):
    """"-o, --output FILE": names bold, what they take in italics; long choices may break after any "|"."""
    words = []
    for word in line.strip().split(" "):
        bare = word.rstrip(",")
        font = "B" if word.startswith("-") else "I"
        words.append(f"\\f{font}{roff(bare).replace('|', '|' + BREAK)}\\fR{',' if word.endswith(',') else ''}")
    return " ".join(words)


def section(program, command):
    """One command: its usage, its summary, its options under their headings."""
    usage, _, *lines = help_of(program, command).splitlines()
    yield f'.SS "{command}"'
    yield f".B {roff(usage.split(': ', 1)[1])}"
    yield ".PP"
    for line in lines:
        if not line.strip():
            continue
        if line.startswith("        "):
            yield roff(line.strip())
        elif line.startswith("  "):
            yield ".TP"
            yield option_line(line)
        elif line.endswith(":") and line != "Options:":
            yield ".PP"
            yield f".I {roff(line)}"
        elif line != "Options:":
            yield roff(line)


def main():
    template, program, version = sys.argv[1:4]
    names = re.findall(r"^  (\S+)", help_of(program), re.MULTILINE)
    page = "\n".join(line for name in names for line in section(program, name))
    with open(template, encoding="utf-8") as file:
        text = file.read()
    sys.stdout.buffer.write(text.replace("@COMMANDS@", page).replace("@VERSION@", version).encode())


if __name__ == "__main__":
    main()
