"""One selection everywhere: by each means, and what the other panes say of it; undo and redo; by keyboard alone."""

import re
import time

from person import Lost, Program, SAMPLE, hand, keys, look, run, wait
from walk import graph_of

SELECTED = re.compile(r"(\d+) of (\d+) selected in (\d+) nodes?")


def graphs_of(program):
    return program.seek("image", "Mapper graph")


def marks(graphs):
    """Of each graph: images it has of those selected, how many these are, nodes that hold them."""
    for graph in graphs:
        graph.accessible.clear_cache()
    return [tuple(map(int, found.groups())) for graph in graphs if (found := SELECTED.search(graph.description))]


def marks_of(graphs, what):
    """Once all graphs tell the same selection; the pointer, away from them, has none tell of a node instead."""
    def agree():
        found = marks(graphs)
        return len(found) == len(graphs) and len({selected for _, selected, _ in found}) == 1 and found
    hand("mousemove", 400, 28)
    return wait(agree, f"marks in all columns of {what}", 15)


def tab_to(program, role, name=None):
    for _ in range(40):
        focused = [thing for thing in program.everything() if "focused" in thing.states()]
        if any(thing.role == role and name in (None, thing.name) for thing in focused):
            return
        keys("Tab", pause=0.2)
    raise Lost(f"no way by Tab to {role} {name or ''}")


def find_nodes(program, graph, size=4):
    """Where in the graph discs are: patches of one colour, each of another colour than those before."""
    left, top, width, height = graph.box()
    pixels = look(program.size)
    found = {}

    def color(x, y):
        start = 3 * (y * program.size[0] + x)
        return pixels[start:start + 3]

    for y in range(top + height - 20, top + 20, -2):
        for x in range(left + 20, left + width - 20, 2):
            middle = color(x, y)
            if max(middle) - min(middle) > 40 and all(color(x + dx, y + dy) == middle for dx in (-size, 0, size)
                                                      for dy in (-size, 0, size)):
                found.setdefault(middle, ((x - left) / width, (y - top) / height))
    if len(found) < 2:
        raise Lost("no two nodes to be seen")
    return list(found.values())


def each_way_to_select_marks_all_columns():
    complaints = []
    with Program(SAMPLE) as nerve:
        graph = graph_of(nerve, "pool")
        graphs = graphs_of(nerve)
        place, other = find_nodes(nerve, graph)[:2]

        def attempt(what, act, least=1):
            """How many images are selected."""
            act()
            try:
                found = marks_of(graphs, what)
                if not least <= found[0][1] < 1200:
                    complaints.append(f"{what}: {found}")
                keys("Escape")
                wait(lambda: not marks(graphs), f"no marks after Escape ({what})", 10)
                return found[0][1]
            except Lost as lost:
                complaints.append(str(lost))
                return 0

        node = attempt("a node", lambda: nerve.click(graph, *place))
        attempt("a component", lambda: nerve.click(graph, *place, times=2), least=node)

        def add_other():
            nerve.click(graph, *place)
            nerve.click(graph, *other, holding="ctrl")
        attempt("two nodes by Ctrl and the pointer", add_other, least=node + 1)
        attempt("a box", lambda: nerve.drag(graph, (.02, .5), (.9, .98)))
        # Alt alone is the window manager's here.
        attempt("a lasso", lambda: nerve.drag(graph, (.02, .4), (.98, .4), (.98, .98), (.02, .98),
                                              holding="ctrl+alt"))
        attempt("a class", lambda: nerve.press("disc"))

        def take_bar():
            diagram = nerve.seek("image", "Persistence diagram")[-1]
            nerve.click(diagram, .02, .5)
            keys("Right", "Return")
        attempt("a bar", take_bar)

        def add_node():
            nerve.click(graph, *place)
            keys("Right", "ctrl+Return")
        attempt("two nodes by keys", add_node, least=node)

        def take_path():
            nerve.click(graph, *place)
            keys("Right", "Right", "shift+Return")
        attempt("a path", take_path, least=node)
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
        nerve.hear("Open a network's activations")
        keys("ctrl+o")
        nerve.see_window("Open Activations")
        hand("type", "--delay", "5", str(SAMPLE))
        keys("Return")
        graph_of(nerve, "pool")
        tab_to(nerve, "list item")
        keys("Up", "Up", "space", pause=0.5)
        graph_of(nerve, "block6")
        tab_to(nerve, "image", "Mapper graph")
        keys("Right", "Return", pause=0.5)
        graphs = graphs_of(nerve)
        wait(lambda: len({selected for _, selected, _ in marks(graphs)}) == 1 and len(marks(graphs)) >= 2,
             "marks of a node chosen by keys", 15)
        keys("ctrl+z", "ctrl+2", pause=0.3)
        nerve.hear("Where", 30)
        keys("ctrl+1", "ctrl+e", pause=0.5)
        nerve.hear(" mm")
        keys("Return", pause=0.8)
        keys("ctrl+a")
        hand("type", "--delay", "5", str(nerve.home / "figure.pdf"))
        keys("Return")
        wait((nerve.home / "figure.pdf").exists, "the exported figure")


if __name__ == "__main__":
    run(each_way_to_select_marks_all_columns, ten_steps_are_undone_and_redone, all_of_it_goes_by_keyboard_alone)
