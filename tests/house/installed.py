"""What an installation brings: every piece in its place, and programs that run from there."""

import os
import shutil
import subprocess
import tempfile

import tap

PLACES = (
    "bin/nerve", "bin/nerve-cli", "libexec/nerve/nerve-layout", "libexec/nerve/nerve-probe",
    "share/applications/io.github.nerve.Nerve.desktop", "share/metainfo/io.github.nerve.Nerve.metainfo.xml",
    "share/glib-2.0/schemas/io.github.nerve.Nerve.gschema.xml", "share/bash-completion/completions/nerve-cli",
    "share/icons/hicolor/scalable/apps/io.github.nerve.Nerve.svg",
    "share/icons/hicolor/symbolic/apps/io.github.nerve.Nerve-symbolic.svg",
    "share/man/man1/nerve.1", "share/man/man1/nerve-cli.1", "share/nerve/glyphs.h5",
)


def run(*command, **environment):
    return subprocess.run(command, capture_output=True, text=True, timeout=120,
                          env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "ASAN_OPTIONS": "detect_leaks=0",
                               **environment})


def install(folder):
    """The folder that is the prefix there, or a complaint."""
    result = subprocess.run(["meson", "install", "-C", tap.build, "--no-rebuild", "--quiet"], capture_output=True,
                            text=True, env={**os.environ, "DESTDIR": folder})
    if result.returncode != 0:
        return None, result.stdout + result.stderr
    programs = [path for path in tap.pathlib.Path(folder).rglob("nerve-cli") if path.parent.name == "bin"]
    return (programs[0].parent.parent, "") if programs else (None, "no bin/nerve-cli was installed")


def everything_is_in_its_place():
    languages = (tap.root / "po" / "LINGUAS").read_text().split()
    places = PLACES + tuple(f"share/locale/{language}/LC_MESSAGES/nerve.mo" for language in languages)
    return [f"{place} is missing" for place in places if not (prefix / place).is_file()]


def icons_are_well_formed():
    if not shutil.which("xmllint"):
        return "no xmllint here"
    files = [*(prefix / "share" / "icons").rglob("*.svg"), *(prefix / "share").glob("mime/packages/*.xml"),
             *(prefix / "share" / "metainfo").glob("*.xml")]
    return run("xmllint", "--noout", "--nonet", *files).stderr.splitlines()


def its_programs_start():
    complaints = []
    for name in ("nerve", "nerve-cli"):
        result = run(prefix / "bin" / name, "--version")
        if result.returncode != 0 or not any(character.isdigit() for character in result.stdout):
            complaints.append(f"{name} --version: {result.stdout}{result.stderr}")
    return complaints


def it_reads_its_sample_and_draws_it():
    """With the helpers that were installed, though the prefix is elsewhere than configured."""
    sample = prefix / "share" / "nerve" / "glyphs.h5"
    picture = prefix / "logits.svg"
    info = run(prefix / "bin" / "nerve-cli", "info", sample)
    drawn = run(prefix / "bin" / "nerve-cli", "figure", sample, "--kind", "mapper", "--layer", "logits", "-o", picture,
                HOME=str(prefix))
    complaints = [] if "block4" in info.stdout else [f"info: {info.stdout}{info.stderr}"]
    complaints += [line for line in (info.stdout + info.stderr).splitlines() if "without being tried" in line]
    if drawn.returncode != 0 or not picture.exists():
        complaints.append(f"figure: {drawn.stderr}")
    return complaints


with tempfile.TemporaryDirectory() as scratch:
    prefix, trouble = install(scratch)
    if prefix is None:
        def it_installs():
            return trouble.splitlines()
        tap.run(it_installs)
    tap.run(everything_is_in_its_place, icons_are_well_formed, its_programs_start, it_reads_its_sample_and_draws_it)
