#!/usr/bin/python3
"""Counts single test cases: summary.py RESULTS LOGS SUITE...

RESULTS/SUITE.json is what meson found, LOGS/SUITE.log what it printed. Shows the output
of every program in which something failed, then one line "N passed, N failed, N skipped".
Exit status 1 if any failed or none ran.
"""

import json
import pathlib
import re
import sys

CASE = re.compile(r"^(not )?ok\b\s*(\d*)\s*-?\s*([^#]*)(?:#\s*(\w+))?", re.IGNORECASE)
PLAN = re.compile(r"^1\.\.(\d+)")
FINE = {"OK", "SKIP", "EXPECTEDFAIL"}


def count(test):
    """Passed, failed and skipped cases of one test program."""
    passed = failed = skipped = 0
    planned = None
    for line in (test.get("stdout") or "").splitlines():
        plan = PLAN.match(line)
        case = CASE.match(line)
        if plan:
            planned = int(plan.group(1))
        elif case:
            directive = (case.group(4) or "").upper()
            if directive in ("SKIP", "TODO"):
                skipped += 1
            elif case.group(1):
                failed += 1
            else:
                passed += 1
    ran = passed + failed + skipped
    # A program that died did not say so itself; nor one that ended before its plan did.
    if failed == 0 and (test["result"] not in FINE or (planned is not None and ran < planned)):
        failed += 1
    if ran == 0 and failed == 0:
        skipped += 1
    return passed, failed, skipped


def tests_of(suite, results, logs):
    """The test programs of a suite; one that failed if it could not even start."""
    found = results / f"{suite}.json"
    if found.exists():
        return [json.loads(line) for line in found.read_text(errors="replace").splitlines()]
    log = (logs / f"{suite}.log").read_text(errors="replace")
    if "No suitable tests defined" in log:
        return []
    return [{"name": suite, "result": "ERROR", "stdout": log}]


def main():
    results, logs = map(pathlib.Path, sys.argv[1:3])
    total = [0, 0, 0]
    for suite in sys.argv[3:]:
        for test in tests_of(suite, results, logs):
            counts = count(test)
            total = [a + b for a, b in zip(total, counts)]
            if counts[1]:
                print(f"=== {test['name']}: {test['result']}")
                print(test.get("stdout") or "", test.get("stderr") or "", sep="\n")
    print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
