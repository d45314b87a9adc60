"""The board arranged by hand: what is taken with the pointer, carried over the screen and let go stands there."""

import re

from person import Program, SAMPLE, carry, hand, keys, run, wait
from walk import graph_of

GRAPH = re.compile("Mapper graph of ([^:]+):")


def columns_of(program):
    """Layers, from left to right."""
    hand("mousemove", 400, 28)  # a graph below the pointer would tell of a node instead
    graphs = program.seek("image", "Mapper graph")
    found = [(graph.box()[0], GRAPH.search(graph.description)) for graph in graphs]
    return [match[1] for _, match in sorted(found, key=lambda place: place[0]) if match]


def rows_of(program):
    """What the first column shows, from top to bottom."""
    graph = program.find("image", "Mapper graph", "Mapper graph of stem:")
    left, _, width, _ = graph.box()
    panes = [thing for thing in program.seek("image")
             if abs(thing.point()[0] - left - width / 2) < 4 and thing.box()[2] > width / 2]
    return [pane.name for pane in sorted(panes, key=lambda pane: pane.box()[1])]


def title_of(program, layer):
    """Its column's, not its entry in the list of layers."""
    return next(label for label in program.seek("label", layer) if label.box()[0] > 200)


def moves(look, act, wanted):
    """What is seen becomes another, and after undo and redo what it was and that again."""
    before = look()
    act()
    wait(lambda: look() == wanted, f"{wanted}, not {look()}")
    keys("ctrl+z")
    wait(lambda: look() == before, f"{before} again, not {look()}")
    keys("ctrl+shift+z")
    wait(lambda: look() == wanted, f"{wanted} once more, not {look()}")


def a_column_is_dragged_by_its_title():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")

        def columns():
            return columns_of(nerve)
        wait(lambda: columns() == ["stem", "block4", "pool"], "three columns")
        graph = nerve.find("image", "Mapper graph", "Mapper graph of pool:")
        moves(columns, lambda: carry(title_of(nerve, "stem").point(), graph.point(.8, .4)), ["block4", "pool", "stem"])
        graph = nerve.find("image", "Mapper graph", "Mapper graph of block4:")
        moves(columns, lambda: carry(title_of(nerve, "pool").point(), graph.point(.2, .6)), ["pool", "block4", "stem"])


def a_layer_is_dragged_from_the_list_onto_the_board():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")

        def columns():
            return columns_of(nerve)
        wait(lambda: columns() == ["stem", "block4", "pool"], "three columns")
        row = nerve.find("list item", description="block6")
        graph = nerve.find("image", "Mapper graph", "Mapper graph of block4:")
        moves(columns, lambda: carry(row.point(), graph.point(.2, .5)), ["stem", "block6", "block4", "pool"])


def a_row_is_dragged_by_its_line():
    with Program(SAMPLE) as nerve:
        graph = graph_of(nerve, "stem")

        def rows():
            return rows_of(nerve)
        before = wait(lambda: len(rows()) > 1 and rows(), "two rows")
        button = nerve.find("push button", "Diagram")
        x, y, width, height = button.box()
        moves(rows, lambda: carry((x + width + 30, y + height // 2), graph.point(.5, .2)),
              [before[1], before[0], *before[2:]])


def a_line_between_rows_is_dragged():
    with Program(SAMPLE) as nerve:
        graph = graph_of(nerve, "stem")
        left, top, width, height = graph.box()
        x, y = left + width // 2, top + height
        line = min(nerve.seek("separator"), key=lambda thing: abs(thing.point()[0] - x) + abs(thing.point()[1] - y))
        carry(line.point(), (x, y + 80))
        wait(lambda: abs(graph.box()[3] - height - 80) < 20, f"a graph higher by 80 than {height}: {graph.box()[3]}")
        keys("ctrl+z")
        wait(lambda: graph.box()[3] == height, f"a graph as high as before: {graph.box()[3]}")


if __name__ == "__main__":
    run(a_column_is_dragged_by_its_title, a_layer_is_dragged_from_the_list_onto_the_board,
        a_row_is_dragged_by_its_line, a_line_between_rows_is_dragged)
