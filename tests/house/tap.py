"""A test is a function that returns a list of complaints; a string is the reason to skip it."""

import pathlib
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
build = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None


def sources(*patterns):
    """Files of the house, by glob patterns, without what was built or fetched."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if any(part.startswith("build") or (part.startswith(".") and part != ".ci") for part in parts[:-1]):
            continue
        if path.is_file() and any(path.match(pattern) for pattern in patterns):
            yield path


def name(path):
    return str(path.relative_to(root))


def run(*tests):
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        title = test.__name__.replace("_", " ")
        complaints = test()
        if isinstance(complaints, str):
            print(f"ok {number} {title} # SKIP {complaints}")
            continue
        failed += bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {number} {title}")
        for complaint in complaints:
            print(f"# {complaint}")
    sys.exit(1 if failed else 0)
