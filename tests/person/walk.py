"""Opening a file three ways, walking its layers, pinning, its parameters, stopping what takes too long."""

import subprocess
import time

from person import Lost, Program, SAMPLE, build, carry, hand, keys, run, wait, write

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
            carry((60, 660), (640, 400))
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
        all_layers_are_walked, three_layers_are_pinned, a_long_job_is_stopped_by_its_button)
