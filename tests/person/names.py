"""What a screen reader finds: no control without a name, no pane without words. And a start on Wayland."""

import os
import re
import shutil
import subprocess
import tempfile
import time

from person import Program, SAMPLE, build, keys, run, write
from walk import graph_of

CONTROLS = {"push button", "toggle button", "check box", "radio button", "slider", "text", "spin button", "combo box",
            "image", "table", "entry"}
TYPE_NAME = re.compile(r"^(Gtk|Adw|Nerve)[A-Z]\w+$")  # what GTK says where there is no name


def find_unnamed(program, where):
    return [f"{where}: {thing.role} at {thing.box()} has no name" for thing in program.everything()
            if thing.role in CONTROLS and "focusable" in thing.states()
            and (not thing.name.strip() or TYPE_NAME.match(thing.name))]


def every_control_of_every_page_has_a_name():
    complaints = []
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        complaints += find_unnamed(nerve, "board")
        for key, where in (("F9", "parameters"), ("ctrl+2", "classes"), ("ctrl+3", "Betti"), ("ctrl+4", "compare"),
                           ("ctrl+5", "sweep")):
            keys(key)
            time.sleep(1.5)
            complaints += find_unnamed(nerve, where)
        keys("ctrl+1", "F9", "ctrl+e", pause=0.5)
        nerve.hear(" mm")
        complaints += find_unnamed(nerve, "export")
    return sorted(set(complaints))


def a_pane_without_a_picture_has_a_name():
    """Nor can what is said over it be missed: the layer's numbers are not all numbers."""
    with Program("--empty") as nerve:
        path = nerve.home / "hole.csv"
        path.write_text("\n".join(f"{row % 7}.5,{row % 5}.25,{'nan' if row == 9 else row}" for row in range(40)))
        keys("ctrl+o")
        nerve.see_window("Open Activations")
        write(str(path))
        keys("Return")
        nerve.find("image", "Mapper graph", "NaN")
        return find_unnamed(nerve, "a layer with a NaN")


def it_starts_on_wayland():
    if not shutil.which("weston"):
        return ["no weston here"]
    runtime = tempfile.mkdtemp()
    os.chmod(runtime, 0o700)
    weston = subprocess.Popen(["weston", "--backend=headless-backend.so", "--socket=nerve-test", "--idle-time=0"],
                              env=os.environ | {"XDG_RUNTIME_DIR": runtime}, stderr=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while not os.path.exists(f"{runtime}/nerve-test") and time.monotonic() < end:
            time.sleep(0.1)
        environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "GTK_A11Y")}
        environment |= {"XDG_RUNTIME_DIR": runtime, "WAYLAND_DISPLAY": "nerve-test", "GDK_BACKEND": "wayland",
                        "XDG_STATE_HOME": runtime, "XDG_CACHE_HOME": runtime, "WAYLAND_DEBUG": "client"}
        nerve = subprocess.Popen([build / "app/nerve", SAMPLE], env=environment, stderr=subprocess.PIPE, text=True)
        time.sleep(6)
        ended = nerve.poll()
        nerve.terminate()
        log = nerve.communicate()[1]
        if ended is not None:
            return [f"it ended with {ended}", *log.splitlines()[-5:]]
        commits = log.count(".commit()")
        return [] if 'set_title("glyphs.h5' in log and commits > 3 else [f"no window: {commits} frames"]
    finally:
        weston.terminate()
        weston.wait()
        shutil.rmtree(runtime, ignore_errors=True)


if __name__ == "__main__":
    run(every_control_of_every_page_has_a_name, a_pane_without_a_picture_has_a_name,
        it_starts_on_wayland)
