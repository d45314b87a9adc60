"""Opening a file three ways, walking its layers, pinning, its parameters, stopping what takes too long."""

import subprocess
import time

from person import (Lost, Program, SAMPLE, build, hand, keys, run, wait, write)

LAYERS = ["input", "stem", "block1", "block2", "block3", "block4", "block5", "block6", "block7", "pool", "logits"]


def graph_of(program, layer):
    return program.find("image", "Mapper graph", f"Mapper graph of {layer}:")


def reach(program, thing):
    """Of the parameters on the right; the wheel turns beside the sliders, which would turn with it."""
    program.scroll_to(thing, (942, 400), 110, 720)


def fill(program, box, value):
    reach(program, box)
    program.click(box)
    keys("ctrl+a")
    write(value)
    keys("Return")


def turn(program, thing):
    """The next one of a list of choices."""
    reach(program, thing)
    program.click(thing)
    time.sleep(.3)
    keys("Down", "Return")


def value_of(program, thing):
    thing.accessible.clear_cache()
    if thing.role == "text":
        return thing.text()
    return [label.name for label in program.seek("label", within=thing)]


def a_file_is_opened_by_argument():
    with Program(SAMPLE) as nerve:
        for layer in "stem", "block4", "pool":
            graph_of(nerve, layer)


def a_file_is_opened_by_dialog():
    with Program("--empty") as nerve:
        nerve.hear("Open a network's activations")
        keys("ctrl+o")
        nerve.see_window("Open Activations")
        write(str(SAMPLE))
        keys("Return")
        graph_of(nerve, "stem")


def a_file_is_opened_by_dropping_it():
    with Program("--empty") as nerve:
        nerve.hear("Open a network's activations")
        source = subprocess.Popen([build / "tests/person/drag-source", SAMPLE])
        try:
            hand("search", "--sync", "--onlyvisible", "--name", "^drag source$", "windowmove", 20, 600, "windowraise")
            time.sleep(.3)
            hand("mousemove", 60, 660, "mousedown", 1)
            for x, y in (70, 650), (90, 640), (300, 500), (640, 400), (645, 400), (650, 402):
                hand("mousemove", x, y)
                time.sleep(.1)
            hand("mouseup", 1)
            graph_of(nerve, "stem")
        finally:
            source.kill()
            source.wait()


def all_layers_are_walked():
    complaints = []
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        nerve.click(nerve.find("list item", description="input"))
        for layer in LAYERS:
            try:
                graph_of(nerve, layer)
            except Lost:
                complaints.append(f"no graph of {layer} came")
            keys("Down")
    return complaints


def three_layers_are_pinned():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        for layer in "stem", "block4", "pool":
            nerve.press(f"Unpin {layer}")
            nerve.find("push button", f"Pin {layer}")
        for layer in "block1", "block2", "block3":
            nerve.click(nerve.find("list item", description=layer))
            graph_of(nerve, layer)
            keys("space")
            nerve.find("push button", f"Unpin {layer}")
        for layer in "block1", "block2", "block3":
            graph_of(nerve, layer)


VALUES = {"Intervals": "14", "Overlap": "30", "ε": "8", "Min. samples": "7", "Min. intersection": "3",
          "Min. Jaccard": "10", "Points": "300", "Highest dimension": "0", "Threshold": "3", "Draws": "50",
          "Points of a draw": "100", "Confidence": "0.9", "Gap": "0.2", "Bins": "8", "Lens number": "2",
          "Second lens number": "2", "Max. points": "500", "Seed": "4", "Classes": "A,E", "Threshold η": "0.3",
          "Positions": "2", "Neighbors": "9"}
TURNED = {"Lens", "Second lens", "Clusterer"}


def every_parameter_changes_and_is_undone():
    """Each in the flap: what it says afterwards is another thing, and after undo the same again."""
    complaints = []
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        keys("F9")
        nerve.find("slider", "Intervals")
        time.sleep(1)  # until it lies still
        controls = [thing for thing in nerve.everything() if thing.role in ("text", "combo box") and
                    thing.name in set(VALUES) | TURNED]
        for control in controls:
            before = value_of(nerve, control)
            try:
                if control.role == "text":
                    fill(nerve, control, VALUES[control.name])
                else:
                    turn(nerve, control)
                wait(lambda: value_of(nerve, control) != before, f"{control.name} to change", 15)
                keys("ctrl+z")
                wait(lambda: value_of(nerve, control) == before, f"{control.name} to be what it was", 15)
            except Lost as lost:
                complaints.append(str(lost))
                keys("Escape")
        missing = (set(VALUES) | TURNED) - {control.name for control in controls}
        if missing:
            complaints.append(f"not in the flap: {sorted(missing)}")
    return complaints


def a_long_job_is_stopped_by_its_button():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        keys("F9")
        fill(nerve, nerve.find("text", "Highest dimension"), "2")
        button = nerve.hear("cancel")
        nerve.click(button)
        wait(lambda: not nerve.says("cancel"), "the badge to go", 5)


if __name__ == "__main__":
    run(a_file_is_opened_by_argument, a_file_is_opened_by_dialog, a_file_is_opened_by_dropping_it,
        all_layers_are_walked, three_layers_are_pinned, every_parameter_changes_and_is_undone,
        a_long_job_is_stopped_by_its_button)
