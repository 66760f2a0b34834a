"""The check `player`: Node's report, read."""

from book.checks import player
from book.common.process import Done

GOOD = "TAP version 13\nok 1 - one\n# tests 2\n# pass 2\n# fail 0\n"
BAD = (
    "ok 1 - one\nnot ok 2 - two\n  ---\n  error: 'it is not so'\n  ...\n# tests 2\n# pass 1\n"
    "# fail 1\n"
)


def test_counts_are_those_of_node():
    outcome = player.judged(Done(0, GOOD, 1.0))
    assert (outcome.passed, outcome.failed, outcome.log) == (2, 0, "")


def test_what_failed_is_in_the_log():
    outcome = player.judged(Done(1, BAD, 1.0))
    assert (outcome.passed, outcome.failed) == (1, 1)
    assert "not ok 2 - two" in outcome.log and "it is not so" in outcome.log
    assert "ok 1 - one" not in outcome.log


def test_no_report_is_a_failure():
    assert player.judged(Done(1, "SyntaxError: what", 1.0)).failed == 1
    assert player.judged(Done(1, GOOD, 1.0)).failed == 1
