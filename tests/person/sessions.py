"""What is kept: a session saved, a program killed, what it brings back; figures exported; another language."""

import json

from person import Program, SAMPLE, hand, keys, run, wait, write
from walk import graph_of


def save_as(program, path):
    """In the dialog that is open."""
    keys("ctrl+a")
    write(str(path))
    keys("Return")
    wait(path.exists, f"{path.name} to be written")


def a_killed_program_brings_back_what_it_had():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        nerve.click(nerve.find("list item", description="block2"))
        graph_of(nerve, "block2")
        keys("ctrl+s")
        nerve.see_window("Save the Session")
        session = nerve.home / "lesson.nerve-session"
        save_as(nerve, session)
        if "block2" not in session.read_text() and not json.loads(session.read_text()):
            return ["the session says nothing of block2"]
        nerve.click(nerve.find("list item", description="block5"))
        graph_of(nerve, "block5")
        wait(lambda: any("nerve-session" in path.name and path != session for path in nerve.home.rglob("*session*")),
             "a session written unasked")
        hand("sleep", 3)
        nerve.kill()
        with Program("--empty", folder=nerve.home) as again:
            again.hear("What was open is open again")
            graph_of(again, "block5")
        with Program(session, folder=nerve.home) as saved:
            graph_of(saved, "block2")


def a_figure_is_exported():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        keys("ctrl+e")
        nerve.hear(" mm")
        keys("Return", pause=0.8)
        save_as(nerve, nerve.home / "figure.pdf")
        wait(lambda: (nerve.home / "figure.pdf").read_bytes().startswith(b"%PDF"), "a PDF")


def it_speaks_german():
    with Program(SAMPLE, language="de") as nerve:
        nerve.hear("Mapper-Graph")
        keys("F9")
        nerve.hear("Intervalle")


if __name__ == "__main__":
    run(a_killed_program_brings_back_what_it_had, a_figure_is_exported, it_speaks_german)
