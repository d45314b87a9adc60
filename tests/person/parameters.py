"""Each parameter, as a person finds it beside the board: what it says once changed is another thing, after undo the
same again."""

import re
import time

from person import Lost, Program, SAMPLE, keys, run, wait
from walk import fill, graph_of, reach

ROLES = {"text", "slider", "combo box", "check box"}
LEAST = 45  # how many there are at least
WORDS = {"Classes": "A,E", "Confidence": "0.9", "Gap": "0.2"}


def shown_by(program, thing):
    """What the control says of itself."""
    thing.accessible.clear_cache()
    if thing.role == "slider":
        return thing.accessible.queryValue().currentValue
    if thing.role == "check box":
        return "checked" in thing.states()
    return thing.text() if thing.role == "text" else program.seek("label", within=thing)[0].name


def type_other(program, box):
    """Another number than there is."""
    text = shown_by(program, box)
    number = re.match(r"\d+(\.\d+)?", text)
    other = "2"
    if number and number[1]:
        other = str(float(number[0]) * 1.25)
    elif number:
        other = str(int(number[0]) + (10 if "%" in text else -1 if int(number[0]) > 1 else 1))
    fill(program, box, WORDS.get(box.name, other))


def choose_other(program, choice):
    """The next one of the list or, of the last, the one before it."""
    def entries():
        return [entry.states() for entry in program.seek("list item", within=choice)]
    program.click(choice)
    wait(lambda: any("focused" in states for states in entries()), f"the list of {choice.name}", 10)
    keys("Up" if "selected" in entries()[-1] else "Down", "Return")
    wait(lambda: not entries(), f"the list of {choice.name} to close")


def change(program, control):
    reach(program, control)
    if control.role == "text":
        type_other(program, control)
    elif control.role == "combo box":
        choose_other(program, control)
    elif control.role == "slider":
        number = control.accessible.queryValue()
        share = (number.currentValue - number.minimumValue) / (number.maximumValue - number.minimumValue)
        program.click(control, .3 if share > .5 else .7)
    else:
        program.click(control)


def can(button):
    button.accessible.clear_cache()
    return "sensitive" in button.states()


def try_out(undo, control, alter, shown):
    """Changed, the program knows it as a step, and undone."""
    if can(undo):
        raise Lost(f"{control.name}: something is left to undo")
    before = shown()
    alter()
    wait(lambda: shown() != before and can(undo), f"{control.role} {control.name} to change from {before}")
    keys("ctrl+z")
    wait(lambda: shown() == before and not can(undo),
         f"{control.role} {control.name} to be {before} again: {shown()}")


def try_parameter(program, undo, control):
    try:
        try_out(undo, control, lambda: change(program, control), lambda: shown_by(program, control))
        return []
    except Lost as lost:
        keys("Escape")
        while can(undo):
            keys("ctrl+z", pause=.5)
        return [str(lost)]


def open_parameters(program):
    keys("F9")
    program.find("slider", "Intervals")
    place = None
    while place != (place := program.find("slider", "Intervals").box()):
        time.sleep(.3)


def every_parameter_changes_and_is_undone():
    complaints = []
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        open_parameters(nerve)
        undo = nerve.find("push button", "Undo")
        flap = nerve.find("filler", "NerveParameterFlap")
        controls = [thing for thing in nerve.everything(flap.accessible) if thing.role in ROLES]
        if len(controls) < LEAST:
            complaints.append(f"only {len(controls)} parameters: {[control.name for control in controls]}")
        for control in controls:
            if control.name == "Sampling":  # which vectors have none of
                continue
            # On a machine that is busy a person tries again.
            complaints += try_parameter(nerve, undo, control) and try_parameter(nerve, undo, control)
    return complaints


def the_sampling_of_a_tensor_changes_and_is_undone():
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "block4")
        nerve.click(nerve.find("list item", description="block4"))
        open_parameters(nerve)
        choice = nerve.find("combo box", "Sampling")
        wait(lambda: "Vectors" not in shown_by(nerve, choice), "how block4 is sampled")
        before = shown_by(nerve, choice)
        change(nerve, choice)
        wait(lambda: shown_by(nerve, choice) != before, f"another sampling than {before}")
        keys("ctrl+z")
        wait(lambda: shown_by(nerve, choice) == before, f"{before} again")


def take_preset(name):
    with Program(SAMPLE) as nerve:
        graph_of(nerve, "pool")
        open_parameters(nerve)

        def shown():
            return [thing.name for thing in nerve.seek("push button") if re.fullmatch("Preset: [^:]+", thing.name)]

        def take():
            nerve.click(button)
            nerve.click(nerve.find("menu item", name))
        undo = nerve.find("push button", "Undo")
        button = nerve.find("push button", "Preset: Automatic")
        try_out(undo, button, take, shown)


def the_preset_of_purvine_is_taken_and_undone():
    take_preset("Purvine et al. 2022")


def the_preset_of_suresh_is_taken_and_undone():
    take_preset("Suresh et al. 2023")


if __name__ == "__main__":
    run(every_parameter_changes_and_is_undone, the_sampling_of_a_tensor_changes_and_is_undone,
        the_preset_of_purvine_is_taken_and_undone, the_preset_of_suresh_is_taken_and_undone)
