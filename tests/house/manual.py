"""What stands in the manual pages and what the shell completes: all that the programs know, and nothing else."""

import re
import shutil
import subprocess

import tap

CLI = tap.build / "app" / "nerve-cli" if tap.build else None
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "ASAN_OPTIONS": "detect_leaks=0"}


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, **more)


def commands():
    return re.findall(r"^  (\S+)", run(CLI, "--help").stdout, re.MULTILINE)


def options(command):
    return re.findall(r"^  (?:-., )?(--[a-z0-9-]+)", run(CLI, command, "--help").stdout, re.MULTILINE)


def page(name):
    return tap.build / "resources" / "man" / name


def manual_pages_have_no_faults():
    if not shutil.which("groff"):
        return ["no groff here"]
    complaints = []
    for name in ("nerve.1", "nerve-cli.1"):
        result = run("groff", "-man", "-Tutf8", "-ww", "-z", "-K", "utf8", page(name))
        complaints += result.stderr.splitlines()
    return complaints


def every_command_and_option_is_in_the_manual():
    text = page("nerve-cli.1").read_text().replace("\\-", "-")
    complaints = [] if len(commands()) > 5 else ["nerve-cli --help lists no commands"]
    for command in commands():
        found = re.search(rf'^\.SS "{command}"$(.*?)(?=^\.S[SH] )', text, re.MULTILINE | re.DOTALL)
        if not found:
            complaints.append(f"nerve-cli.1: {command} is missing")
            continue
        complaints += [f"nerve-cli.1: {command} lacks {option}" for option in options(command)
                       if f"\\fB{option}\\fR" not in found.group(1)]
    return complaints


def complete(*words):
    """What bash would offer for the last word."""
    script = tap.root / "resources" / "completion" / "nerve-cli"
    lines = f'. {script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nerve_cli; printf "%s\\n" "${{COMPREPLY[@]}}"'
    return run("bash", "-c", lines, "bash", CLI, *words, cwd=tap.root).stdout.split()


def the_shell_completes_commands_options_and_values():
    cases = [
        (("map",), ["mapper"]),
        (("mapper", "--over"), ["--overlap"]),
        (("mapper", "--cover", "sp"), ["span"]),
        (("mapper", "--out"), ["--output"]),
        (("info", "READ"), ["README.md"]),
    ]
    return [f"{' '.join(words)}: {complete(*words)}, not {wanted}" for words, wanted in cases
            if complete(*words) != wanted]


tap.run(
    manual_pages_have_no_faults,
    every_command_and_option_is_in_the_manual,
    the_shell_completes_commands_options_and_values,
)
