"""Every widget is among those that tests/gui/finalize.c sees come and go."""

import re

import tap

DEFINED = re.compile(r"G_DEFINE_(?:FINAL_|ABSTRACT_)?TYPE(?:_WITH_\w+)?\s*\((\w+),\s*\w+,\s*"
                     r"((?:GTK|ADW|NERVE)_TYPE_\w+)")
NO_WIDGETS = {"ADW_TYPE_APPLICATION"}  # its end is asserted by window_fixture_run()


def widgets():
    for path in tap.sources("*.c"):
        if path.relative_to(tap.root).parts[0] in ("app", "ui"):
            for name, parent in DEFINED.findall(path.read_text(encoding="utf-8")):
                if parent not in NO_WIDGETS:
                    yield name


def each_widget_is_seen_to_go():
    table = set(re.findall(r'"(Nerve\w+)"', (tap.root / "tests/gui/finalize.c").read_text(encoding="utf-8")))
    defined = set(widgets())
    if len(defined) < 40:
        return [f"found only {len(defined)} widgets"]
    return [f"{name} is not in tests/gui/finalize.c" for name in sorted(defined - table)]


if __name__ == "__main__":
    tap.run(each_widget_is_seen_to_go)
