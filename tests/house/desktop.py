"""What the desktop reads: entry, metainfo, settings, translations."""

import re
import shutil
import subprocess

import tap


def validate(pattern, *command):
    """Runs a validator on every built file of that name; what it says is the complaint."""
    files = sorted((tap.build / "resources").glob(pattern)) if tap.build else []
    if not files:
        return f"no {pattern} was built"
    if not shutil.which(command[0]):
        return f"no {command[0]} here"
    complaints = []
    for path in files:
        result = subprocess.run([*command, path], capture_output=True, text=True)
        if result.returncode != 0:
            complaints += (result.stdout + result.stderr).splitlines()
    return complaints


def desktop_entries_are_valid():
    return validate("*.desktop", "desktop-file-validate")


def metainfo_is_valid():
    return validate("*.metainfo.xml", "appstreamcli", "validate", "--no-net")


def settings_schemas_are_valid():
    folders = sorted({path.parent for path in tap.sources("*.gschema.xml")})
    if not folders:
        return "no *.gschema.xml"
    complaints = []
    for folder in folders:
        command = ["glib-compile-schemas", "--strict", "--dry-run", folder]
        result = subprocess.run(command, capture_output=True, text=True)
        complaints += result.stderr.splitlines()
    return complaints


def resource_bundles_name_every_ui_file():
    bundled = "".join(path.read_text() for path in tap.sources("*.gresource.xml"))
    return [tap.name(path) for path in tap.sources("*.ui")
            if not re.search(rf"\b{re.escape(path.name)}<", bundled)]


WORDS = re.compile(r'\bN?_ ?\(\s*"|\bngettext ?\(|translatable="(yes|true)"')


def translators_see_every_file_with_words():
    listed = set((tap.root / "po/POTFILES").read_text().split())
    worded = {tap.name(path) for folder in ("analysis", "ui", "app") for path in tap.sources("*.c", "*.ui")
              if path.is_relative_to(tap.root / folder)
              and WORDS.search(path.read_text(encoding="utf-8"))}
    worded |= {tap.name(path) for path in tap.sources("*.desktop.in", "*.metainfo.xml.in")}
    return ([f"{file} is missing in po/POTFILES" for file in sorted(worded - listed)]
            + [f"{file} is gone" for file in sorted(listed) if not (tap.root / file).exists()])


# What meson's preset "glib" tells xgettext, as far as the house uses it.
XGETTEXT = ["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
            "--keyword=g_dcgettext:2", "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3",
            "--files-from=po/POTFILES", "--output=-"]
TOOLS = ("xgettext", "msgmerge", "msgfmt")


def languages():
    return (tap.root / "po" / "LINGUAS").read_text().split()


def translations_are_well_formed():
    """Formats, plurals, headers; and a control's key, "_", is neither lost nor doubled."""
    if not shutil.which("msgfmt"):
        return "no msgfmt here"
    complaints = []
    for language in languages():
        command = ["msgfmt", "--check", "--check-accelerators=_", "--output-file=/dev/null", f"po/{language}.po"]
        result = subprocess.run(command, capture_output=True, text=True, cwd=tap.root)
        complaints += [line for line in result.stderr.splitlines() if line]
    return complaints


def nineteen_of_twenty_strings_are_translated():
    """New ones may wait for a while: `ninja nerve-update-po` in the build folder brings them into po/."""
    if not all(shutil.which(tool) for tool in TOOLS):
        return "no gettext here"
    template = subprocess.run(XGETTEXT, capture_output=True, cwd=tap.root, check=True).stdout
    complaints = [] if languages() else ["po/LINGUAS is empty"]
    for language in languages():
        merged = subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file=-",
                                 f"po/{language}.po", "-"],
                                input=template, capture_output=True, cwd=tap.root, check=True).stdout
        result = subprocess.run(["msgfmt", "--statistics", "--output-file=/dev/null", "-"],
                                input=merged, capture_output=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        numbers = [int(number) for number in re.findall(rb"(\d+) ", result.stderr)]
        if len(numbers) == 0 or 20 * numbers[0] < 19 * sum(numbers):
            complaints.append(f"po/{language}.po: {result.stderr.decode().strip()}")
    return complaints


def what_app_and_ui_say_goes_wrong_is_translated():
    """A literal of words as what is said; behind it come its arguments."""
    said = re.compile(r'(?:g_set_error(?:_literal)? \([^,;]*,[^,;]*,[^,;]*,|nerve_invocation_(?:warn|say) \([^,;]*,)'
                      r'\s*"((?:[^"\\]|\\.)*)"')
    words = re.compile(r"[a-z]{3}")
    return [f"{tap.name(path)}: {text}" for folder in ("app", "ui") for path in tap.sources("*.c")
            if path.is_relative_to(tap.root / folder)
            for text in said.findall(path.read_text(encoding="utf-8"))
            if words.search(re.sub(r"%[^a-z]*[a-z]+", "", text))]


tap.run(desktop_entries_are_valid, metainfo_is_valid, settings_schemas_are_valid,
        resource_bundles_name_every_ui_file, translators_see_every_file_with_words,
        translations_are_well_formed, nineteen_of_twenty_strings_are_translated,
        what_app_and_ui_say_goes_wrong_is_translated)
