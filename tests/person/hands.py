"""One selection everywhere: by each means, and what the other panes say of it; undo and redo; by keyboard alone."""

import re
import time

from person import Lost, Program, SAMPLE, hand, keys, run, wait
from walk import graph_of

SELECTED = re.compile(r"(\d+) of (\d+) selected in (\d+) nodes?")


def marks(program):
    """Of each graph on the board: images it has, images selected, nodes that hold them."""
    return [tuple(map(int, found.groups())) for graph in program.seek("image", "Mapper graph")
            if (found := SELECTED.search(graph.description))]


def marks_of(program, what, columns=3):
    """Once that many graphs tell the same selection; one where the hand is at a node tells of it instead."""
    def agree():
        found = marks(program)
        return len(found) >= columns and len({selected for _, selected, _ in found}) == 1 and found
    return wait(agree, f"marks in all columns of {what}", 15)


def find_node(program, graph):
    """Where the pointer finds one: told in the title while it is there."""
    for down in range(2, 39):
        for across in range(3, 38, 2):
            place = across / 40, down / 40
            program.point(graph, *place)
            time.sleep(0.12)
            graph.accessible.clear_cache()
            if "members" in graph.description:
                return place
    raise Lost("no node under the pointer")


def each_way_to_select_marks_all_columns():
    complaints = []
    with Program(SAMPLE) as nerve:
        graph = graph_of(nerve, "pool")
        place = find_node(nerve, graph)

        def attempt(what, act):
            act()
            try:
                found = marks_of(nerve, what)
            except Lost as lost:
                complaints.append(str(lost))
                return
            if not 0 < found[0][1] < 1200:
                complaints.append(f"{what}: {found}")
            keys("Escape")
            try:
                wait(lambda: not marks(nerve), f"no marks after Escape ({what})", 10)
            except Lost as lost:
                complaints.append(str(lost))

        attempt("a node", lambda: nerve.click(graph, *place))
        attempt("a component", lambda: nerve.click(graph, *place, times=2))
        attempt("a box", lambda: nerve.drag(graph, (.02, .5), (.9, .98)))
        attempt("a lasso", lambda: nerve.drag(graph, (.02, .5), (.9, .98), holding="alt"))
        attempt("a class", lambda: nerve.press("disc"))

        def take_bar():
            diagram = nerve.seek("image", "Persistence diagram")[-1]
            nerve.click(diagram, .02, .5)
            keys("Right", "Return")
        attempt("a bar", take_bar)

        def add_node():
            nerve.click(graph, *place)
            keys("Right", "ctrl+Return")
        attempt("two nodes", add_node)

        def take_path():
            nerve.click(graph, *place)
            keys("Right", "Right", "shift+Return")
        attempt("a path", take_path)
    return complaints


def ten_steps_are_undone_and_redone():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        before = nerve.find("label", "pool").box()
        nerve.click(nerve.find("list item", description="input"))
        graph_of(nerve, "input")
        for key in ("c", "d", "Down", "Down", "Down", "space", "c", "Up", "d", "space"):
            keys(key, pause=0.2)
        graph_of(nerve, "block1")
        last = [graph.description for graph in nerve.seek("image", "Mapper graph")]
        keys(*["ctrl+z"] * 11, pause=0.1)
        graph_of(nerve, "pool")
        if nerve.find("label", "pool").box() != before:
            return ["the board is not what it was"]
        keys(*["ctrl+shift+z"] * 11, pause=0.1)
        graph_of(nerve, "block1")
        wait(lambda: [graph.description for graph in nerve.seek("image", "Mapper graph")] == last, "all steps redone")


def all_of_it_goes_by_keyboard_alone():
    """From an empty window to an exported figure."""
    with Program("--empty") as nerve:
        keys("ctrl+o")
        nerve.hear("Open Activations")
        hand("type", "--delay", "5", str(SAMPLE))
        keys("Return")
        graph_of(nerve, "pool")
        keys("Up", "Up", "space", pause=0.3)
        graph_of(nerve, "block6")
        keys("Tab", pause=0.2)
        for _ in range(12):
            keys("Right", "Return", pause=0.1)
            if marks(nerve):
                break
            keys("Tab", pause=0.2)
        marks_of(nerve, "a node chosen by keys", columns=2)
        keys("ctrl+z", "ctrl+2", pause=0.3)
        nerve.hear("Where", 30)
        keys("ctrl+1", "ctrl+e", pause=0.5)
        nerve.hear("at true size")
        keys("Return", pause=0.8)
        keys("ctrl+a")
        hand("type", "--delay", "5", str(nerve.home / "figure.pdf"))
        keys("Return")
        wait((nerve.home / "figure.pdf").exists, "the exported figure")


if __name__ == "__main__":
    run(each_way_to_select_marks_all_columns, ten_steps_are_undone_and_redone, all_of_it_goes_by_keyboard_alone)
