#!/usr/bin/python3
"""The window in all its states, to be looked at. gallery.py SOURCE BUILD FOLDER [FILE...]

Takes a picture of each state in light, dark and high contrast at three sizes of window, FOLDER/THEME-SIZE-STATE.png,
and lays those of a theme and size on a sheet, FOLDER/sheet-THEME-SIZE.png. The sample is walked through whole; of
each FILE the board, while it is computed and after, and the views. GALLERY=dark-1024x640 takes only what has that in
its name. Starts a display of its own; needs xvfb-run, dbus-run-session, openbox, xdotool and ImageMagick.
"""

import contextlib
import os
import pathlib
import subprocess
import sys
import time

THEMES = {
    "light": {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "contrast": {"ADW_DEBUG_HIGH_CONTRAST": "1", "ADW_DEBUG_COLOR_SCHEME": "prefer-light"},
}
SIZES = {"1024x640": (1024, 640), "1440x900": (1440, 900), "2560x1440": (2560, 1440)}
BROKEN = b"\x89HDF\r\n\x1a\n" + bytes(2000)
VIEWS = {"classes": "ctrl+2", "betti": "ctrl+3", "compare": "ctrl+4", "sweep": "ctrl+5"}
DIALOGS = {"ranking": "ctrl+r", "export": "ctrl+e", "preferences": "ctrl+comma", "shortcuts": "ctrl+question"}


class Gallery:
    def __init__(self, folder, theme, size):
        self.folder, self.theme, self.size = folder, theme, size
        self.pictures = []

    def start(self, *files, **more):
        return Program(*files, size=SIZES[self.size], GSK_RENDERER="cairo", **(THEMES[self.theme] | more))

    def take(self, state, rest=0.7):
        time.sleep(rest)
        path = self.folder / f"{self.theme}-{self.size}-{state}.png"
        subprocess.run(["import", "-window", "root", "-crop", self.size + "+0+0", "+repage", path], check=True)
        self.pictures.append(path)

    def lay_out(self):
        sheet = self.folder / f"sheet-{self.theme}-{self.size}.png"
        subprocess.run(["montage", *self.pictures, "-tile", "3x", "-geometry", "900x+6+6", sheet], check=True)


def until_done(program, seconds=60):
    """No job in the header bar, nor a badge to cancel one."""
    time.sleep(1)
    with contextlib.suppress(Lost, RuntimeError):  # or whom the program kept waiting
        wait(lambda: not program.says("cancel") and not program.says("What is being computed"), "the end",
             seconds)
    time.sleep(0.5)


def show_beginnings(gallery):
    with gallery.start("--empty"):
        gallery.take("empty")
    with gallery.start("/nowhere/such.h5"):
        gallery.take("missing", 1.5)
    broken = gallery.folder / "broken.h5"
    broken.write_bytes(BROKEN)
    with gallery.start(broken):
        gallery.take("broken", 1.5)


def show_board(gallery, program):
    gallery.take("board")
    graph = program.find("image", "Mapper graph")
    program.click(graph, 0.5, 0.5)
    program.drag(graph, (0.05, 0.05), (0.6, 0.7))
    gallery.take("selection", 1.2)
    keys("F9")
    gallery.take("parameters", 1.5)
    for box in program.seek("text", "ε")[:1]:
        program.scroll_to(box, (SIZES[gallery.size][0] - 120, 300), 110, SIZES[gallery.size][1] - 80)
        program.click(box)
        keys("ctrl+a")
        hand("type", "0.000001")
        keys("Return")
        gallery.take("noise", 2.5)
        keys("ctrl+z")
    keys("F9")
    until_done(program)


def show_sample(gallery):
    with gallery.start(SAMPLE) as program:
        until_done(program)
        show_board(gallery, program)
        for state, key in VIEWS.items():
            keys(key)
            until_done(program)
            gallery.take(state)
        keys("ctrl+1")
        for state, key in DIALOGS.items():
            keys(key)
            gallery.take(state, 3)
            keys("Escape", pause=0.5)
        keys("F11")
        gallery.take("presentation", 2)
        keys("F11")
    with gallery.start(SAMPLE, language="de") as program:
        time.sleep(4)
        gallery.take("german-board")
        for state, key in VIEWS.items():
            keys(key)
            gallery.take("german-" + state, 4)
        keys("ctrl+1", "F9")
        gallery.take("german-parameters", 2)


def show_file(gallery, path):
    name = pathlib.Path(path).stem
    with gallery.start(path) as program:
        gallery.take(name + "-busy", 0.2)
        until_done(program)
        gallery.take(name + "-board")
        for state, key in VIEWS.items():
            keys(key)
            if state == "compare":
                gallery.take(f"{name}-{state}-busy", 0.4)
            until_done(program)
            gallery.take(f"{name}-{state}")


def main():
    folder = pathlib.Path(sys.argv[3]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    manager = subprocess.Popen(["openbox", "--sm-disable"], stderr=subprocess.DEVNULL)
    wanted = os.environ.get("GALLERY", "")
    for theme in THEMES:
        for size in SIZES:
            if wanted not in f"{theme}-{size}":
                continue
            gallery = Gallery(folder, theme, size)
            show_beginnings(gallery)
            show_sample(gallery)
            for path in sys.argv[4:]:
                show_file(gallery, path)
            gallery.lay_out()
    manager.terminate()


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    if "GALLERY_DISPLAY" not in os.environ:
        os.environ["GALLERY_DISPLAY"] = "1"
        os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", "-screen 0 2560x1440x24", "dbus-run-session", sys.executable,
                               *sys.argv])
    from person import Lost, Program, SAMPLE, hand, keys, wait

    main()
