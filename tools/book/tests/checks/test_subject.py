"""The judge of commit messages."""

import pytest

from book.checks.subject import judge


@pytest.mark.parametrize(
    ("message", "wrong"),
    [
        ("Names of stages are checked\n", 0),
        ("Names of stages are checked\n\nA typing error built nothing, silently.\n", 0),
        ("x" * 72, 0),
        ("x" * 73, 1),
        ("Names are checked.", 1),
        ("Names are\nchecked", 1),
        ("# only git's own words\n", 1),
        (
            "Merge branch 'a branch whose name is longer than anybody would ever believe it to be'",
            0,
        ),
    ],
)
def test_what_is_wrong_with_a_message(message, wrong):
    assert len(judge(message)) == wrong
