"""A person at the program: keys and pointer by xdotool, eyes by what a screen reader is told (AT-SPI).

Needs a display and a session bus without GTK_A11Y=test. A test is a function that returns a list of complaints; Lost is
raised, and counts as one, when what a person would wait for does not come.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

# What listens to the screen reader's bus warns of things that are none of ours.
os.environ.pop("G_DEBUG", None)

PATIENCE = 30  # seconds a person waits at most
LEAVES = {"label", "image", "separator", "slider", "scroll bar", "text"}
root = pathlib.Path(sys.argv[1]).resolve()
build = pathlib.Path(sys.argv[2]).resolve()
SAMPLE = root / "resources/samples/glyphs.h5"


class Lost(Exception):
    pass


def hand(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def keys(*names, pause=0.05):
    for name in names:
        hand("key", "--clearmodifiers", name)
        time.sleep(pause)


def carry(begin, end, steps=12):
    """Takes what lies at a place and lets it go at another."""
    hand("mousemove", *begin)
    time.sleep(.2)
    hand("mousedown", 1)
    for step in range(1, steps + 1):
        time.sleep(.06)
        hand("mousemove", *(round(a + (b - a) * step / steps) for a, b in zip(begin, end)))
    hand("mousemove", end[0] + 1, end[1])
    time.sleep(.4)  # a person looks where it would come to stand
    hand("mouseup", 1)


def write(text):
    hand("type", "--delay", "5", text)


def look(size):
    """The screen's colours: three bytes a pixel, row by row."""
    return subprocess.run(["import", "-window", "root", "-crop", f"{size[0]}x{size[1]}+0+0", "-depth", "8", "rgb:-"],
                          check=True, capture_output=True).stdout


def wait(condition, what, seconds=PATIENCE):
    """The first true value of condition()."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise Lost(f"waited in vain for {what}")
        time.sleep(0.02)


class Thing:
    """Something on the screen."""

    def __init__(self, accessible):
        self.accessible = accessible

    role = property(lambda self: self.ask("get_role_name"))
    name = property(lambda self: self.ask("get_name"))
    description = property(lambda self: self.ask("get_description"))

    def ask(self, what):
        try:
            return getattr(self.accessible, what)()
        except Exception:  # gone meanwhile
            return ""

    def box(self):
        place = self.accessible.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return place.x, place.y, place.width, place.height

    def is_page(self):
        """Of a stack: no widget, it has no place itself."""
        return self.name == "GtkStackPage"

    def shows(self):
        x, y, width, height = self.box()
        return width > 0 and height > 0

    def states(self):
        try:
            return {pyatspi.stateToString(state) for state in self.accessible.getState().getStates()}
        except Exception:  # gone meanwhile
            return set()

    def text(self):
        text = self.accessible.queryText()
        return text.getText(0, text.characterCount)

    def point(self, across=0.5, down=0.5):
        x, y, width, height = self.box()
        return round(x + across * width), round(y + down * height)


class Program:
    """Nerve, running. Its window lies in the screen's corner, so places in it are places on the screen."""

    def __init__(self, *files, folder=None, size=(1280, 800), language="C", program="nerve", **environment):
        self.home = pathlib.Path(folder or tempfile.mkdtemp())
        self.owns_home = folder is None
        self.size = size
        variables = {f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        variables |= {"HOME": str(self.home), "LANGUAGE": language, "GSETTINGS_BACKEND": "keyfile"} | environment
        keep = {key: value for key, value in os.environ.items() if key != "GTK_A11Y"}
        self.process = subprocess.Popen([build / "app" / program, *files], env=keep | variables)
        try:
            self.settle()
        except BaseException:
            self.kill()
            raise

    def settle(self):
        self.application = wait(self.find_application, "a window")
        self.window = self.application[self.application.childCount - 1]
        hand("search", "--sync", "--onlyvisible", "--all", "--pid", self.process.pid, "--name", ".",
             "windowmove", 0, 0, "windowsize", *self.size, "windowfocus")
        wait(lambda: abs(Thing(self.window).box()[2] - self.size[0]) < 40, f"a window of {self.size}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        if self.owns_home:
            shutil.rmtree(self.home, ignore_errors=True)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def find_application(self):
        if self.process.poll() is not None:
            raise Lost(f"nerve ended with {self.process.returncode}")
        for application in pyatspi.Registry.getDesktop(0):
            if application and application.get_process_id() == self.process.pid and application.childCount:
                return application
        return None

    def everything(self, accessible=None):
        """All that shows, also popovers and dialogs."""
        if accessible is None:
            self.application.clear_cache()
            for window in self.application:
                if window:
                    yield from self.everything(window)
            return
        try:
            thing = Thing(accessible)
            if not thing.is_page():
                if not thing.shows():
                    return
                yield thing
            children = [] if thing.role in LEAVES else list(accessible)
        except Exception:  # gone meanwhile
            return
        for child in children:
            if child:
                yield from self.everything(child)

    def see_window(self, title):
        """A dialog: by its title, which the window manager shows."""
        wait(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
                                    capture_output=True).returncode == 0, f"a window “{title}”")
        time.sleep(.3)

    def seek(self, role=None, name=None, description=None, within=None):
        if within:
            within.accessible.clear_cache()
        return [thing for thing in self.everything(within and within.accessible)
                if (role is None or thing.role == role) and (name is None or name == thing.name)
                and (description is None or description in thing.description)]

    def find(self, role=None, name=None, description=None, seconds=PATIENCE, within=None):
        what = " ".join(str(word) for word in (role, name, description) if word)
        return wait(lambda: self.seek(role, name, description, within), what, seconds)[0]

    def says(self, text):
        return [thing for thing in self.everything() if text in thing.name or text in thing.description]

    def hear(self, text, seconds=PATIENCE):
        return wait(lambda: self.says(text), f"“{text}”", seconds)[0]

    def point(self, thing, *place):
        hand("mousemove", *thing.point(*place))

    def hold(self, names, how):
        for name in names.split("+") if names else []:
            hand(how, name)

    def click(self, thing, *place, button=1, holding=None, times=1):
        hand("mousemove", *thing.point(*place))
        time.sleep(0.05)
        self.hold(holding, "keydown")
        hand("click", "--repeat", times, "--delay", 60, button)
        self.hold(holding, "keyup")
        time.sleep(0.05)

    def drag(self, thing, *places, holding=None):
        self.hold(holding, "keydown")
        hand("mousemove", *thing.point(*places[0]), "mousedown", 1)
        steps = 8
        for begin, end in zip(places, places[1:]):
            for step in range(1, steps + 1):
                share = step / steps
                hand("mousemove", *thing.point(*(a + (b - a) * share for a, b in zip(begin, end))))
                time.sleep(0.02)
        hand("mouseup", 1)
        self.hold(holding, "keyup")
        time.sleep(0.05)

    def scroll_to(self, thing, place, top, bottom):
        """Turns the wheel at a place until the thing lies between top and bottom."""
        hand("mousemove", *place)
        for _ in range(80):
            down = thing.point()[1]
            if top <= down <= bottom:
                return
            hand("click", 5 if down > bottom else 4)
            time.sleep(0.03)
        raise Lost("could not scroll there")

    def press(self, name, role="push button"):
        self.click(self.find(role, name))


def attempt_here(test):
    global pyatspi
    import pyatspi

    try:
        return test() or []
    except Lost as lost:
        return [str(lost)]


def attempt(test):
    """In a process of its own, with its own bus to the screen reader: that library remembers, and stumbles over, what
    programs before have shown."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        try:
            os.write(writing, json.dumps(attempt_here(test)).encode())
        except BaseException:
            os.write(writing, json.dumps(traceback.format_exc().splitlines()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        complaints = pipe.read()
    status = os.waitpid(child, 0)[1]
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    return json.loads(complaints) if complaints else [f"the test itself ended with {status}"]


def run(*tests):
    manager = subprocess.Popen(["openbox", "--sm-disable"], stderr=subprocess.DEVNULL)
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        title = test.__name__.replace("_", " ")
        # On a machine that is busy a person tries again.
        complaints = attempt(test) and attempt(test)
        failed += bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {number} {title}", flush=True)
        for complaint in complaints:
            print(f"# {complaint}", flush=True)
    manager.terminate()
    sys.exit(1 if failed else 0)
