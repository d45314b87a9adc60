"""One way through the house: no stair leads back up."""

import re
import subprocess

import tap

# The rooms each room of analysis/ may use.
BELOW = {
    "base": {"base"},
    "data": {"base", "data"},
    "cloud": {"base", "data", "cloud"},
    "homology": {"base", "data", "cloud", "homology"},
    "mapper": {"base", "data", "cloud", "mapper"},
    "layers": {"base", "data", "cloud", "homology", "mapper", "layers"},
}
LIBRARIES = re.compile(r"^(glib\.h|glib-object\.h|glib-unix\.h|glib/.*|gio/.*|json-glib/json-glib\.h|hdf5\.h|zlib\.h|"
                       r"cblas\.h|lapacke\.h)$")
TOOLKIT = re.compile(r"^(gtk|gdk|gsk|adwaita|graphene)")
DRAWING = re.compile(r"^(cairo|pango)")


def includes(folder):
    """(file, how, what) of every #include below a folder."""
    for path in tap.sources("*.c", "*.h"):
        if path.is_relative_to(tap.root / folder):
            for how, what in re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)', path.read_text(encoding="utf-8"), re.M):
                yield path, how, what


def is_libc(header):
    return re.match(r"^(sys/|linux/)?[a-z0-9]+\.h$", header) and not TOOLKIT.match(header) and not DRAWING.match(header)


def undefined_symbols(library, pattern):
    """Symbols that a built library wants from elsewhere."""
    path = tap.build / library if tap.build else None
    if path is None or not path.exists():
        return f"{library} is not built"
    symbols = subprocess.run(["nm", "-u", path], capture_output=True, text=True, check=True).stdout
    return sorted(set(re.findall(rf"\bU ({pattern}\w*)", symbols)))


def linked_libraries(program, pattern):
    path = tap.build / "app" / program if tap.build else None
    if path is None or not path.exists():
        return f"{program} is not built"
    needed = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
    return re.findall(rf"\[({pattern}[^\]]*)\]", needed)


def rooms_of_analysis_use_only_rooms_below():
    complaints = []
    for path, how, what in includes("analysis"):
        room = path.relative_to(tap.root / "analysis").parts[0]
        target = what.split("/")[0]
        if how == '"' and (target not in BELOW[room] or not (tap.root / "analysis" / what).exists()):
            complaints.append(f"{tap.name(path)} includes {what}")
    return complaints


def analysis_uses_no_library_but_its_own():
    return [f"{tap.name(path)} includes {what}" for path, how, what in includes("analysis")
            if how == "<" and not LIBRARIES.match(what) and not is_libc(what)]


def only_linalg_calls_blas():
    return [f"{tap.name(path)} includes {what}" for path, how, what in includes("analysis")
            if (re.match(r"(cblas|lapacke|openblas)", what) and not path.match("base/blas.h"))
            or (what == "base/blas.h" and not path.match("base/blas.c") and not path.match("base/linalg.c"))]


def only_parallel_starts_threads_in_analysis():
    return [tap.name(path) for path in tap.sources("*.c") if path.is_relative_to(tap.root / "analysis")
            and not path.match("base/parallel.c")
            and re.search(r"\b(g_thread_(try_)?new|g_thread_pool_new|pthread_create|thrd_create)\b",
                          path.read_text(encoding="utf-8"))]


def analysis_links_neither_gtk_nor_cairo():
    return undefined_symbols("analysis/libnerve-analysis.a", "(?:gtk|gdk|gsk|adw|cairo|pango)_")


def figures_know_no_toolkit_and_nothing_above():
    return [f"{tap.name(path)} includes {what}" for path, how, what in includes("ui/figures")
            if TOOLKIT.match(what) or re.match(r"(views|app|\.\.)/", what)]


def figures_link_no_gtk():
    return undefined_symbols("ui/libnerve-figures.a", "(?:gtk|gdk|gsk|adw)_")


def views_know_nothing_of_the_application():
    return [f"{tap.name(path)} includes {what}" for path, how, what in includes("ui/views")
            if re.match(r"(app|\.\.)/", what) or how == '"' and (tap.root / "app" / what).exists()]


def the_command_line_program_links_no_gtk():
    return linked_libraries("nerve-cli", "lib(?:gtk|adwaita)")


tap.run(rooms_of_analysis_use_only_rooms_below, analysis_uses_no_library_but_its_own, only_linalg_calls_blas,
        only_parallel_starts_threads_in_analysis, analysis_links_neither_gtk_nor_cairo,
        figures_know_no_toolkit_and_nothing_above, figures_link_no_gtk, views_know_nothing_of_the_application,
        the_command_line_program_links_no_gtk)
