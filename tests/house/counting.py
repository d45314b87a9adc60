"""The last line of tests/run tells the truth."""

import pathlib
import sys

import tap

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import summary  # noqa: E402 (found only after the line above)


def counts(stdout, result="OK"):
    return summary.count({"stdout": stdout, "result": result})


def expect(found, wanted):
    return [] if found == wanted else [f"{found} instead of {wanted}"]


def single_cases_are_counted():
    text = "# random seed: R02\n1..3\nok 1 /a/works\nok 2 /a/later # SKIP not here\nnot ok 3 /a/broken\nBail out!\n"
    return expect(counts(text, "FAIL"), (1, 1, 1))


def a_crash_counts_as_failed():
    return expect(counts("1..3\nok 1 /a/first\n", "FAIL"), (1, 1, 0))


def a_silent_end_counts_as_failed():
    return expect(counts("1..3\nok 1 /a/first\nok 2 /a/second\n"), (2, 1, 0))


def a_timeout_counts_as_failed():
    return expect(counts("", "TIMEOUT"), (0, 1, 0))


def a_leak_found_at_the_end_counts_as_failed():
    return expect(counts("1..1\nok 1 /a/first\n", "ERROR"), (1, 1, 0))


def a_program_that_skips_itself_counts_as_skipped():
    return expect(counts("", "SKIP"), (0, 0, 1))


def words_that_only_look_like_results_do_not_count():
    return expect(counts("1..1\n# ok so far\nokay\nok 1 /a/first\n"), (1, 0, 0))


tap.run(single_cases_are_counted, a_crash_counts_as_failed, a_silent_end_counts_as_failed,
        a_timeout_counts_as_failed, a_leak_found_at_the_end_counts_as_failed,
        a_program_that_skips_itself_counts_as_skipped, words_that_only_look_like_results_do_not_count)
