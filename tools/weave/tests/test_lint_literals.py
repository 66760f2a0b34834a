"""Literals that look like names."""

from __future__ import annotations

import pytest

from weave.lint import every_rule, literals


def found(tree, text: str) -> list[str]:
    tree.write("chapters/first.rst", tree.read("chapters/first.rst") + f"\n{text}\n")
    return [str(error) for error in literals.check(tree.history())]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("hardState", ["hardState"]),
        ("rd.hardState", ["hardState"]),
        ("Node::stepWithWaitOption(ctx, m)", ["stepWithWaitOption"]),
        ("kLooks", ["kLooks"]),
        ("term_", ["term_"]),
        ("MsgApp", ["MsgApp"]),
        ("select", []),
        ("./book test --quick", []),
        ("INV-LOG-1", []),
        ("Election.*Vote*", []),
        ("TestLogReplication", []),
    ],
)
def test_what_looks_like_a_name(text, wanted):
    assert literals.names(text) == wanted


def test_a_name_that_nothing_has_is_refused(tree):
    [error] = found(tree, "See ``speedOfLight``.")
    assert error.startswith("chapters/first.rst:")
    assert "nothing in the code is called speedOfLight" in error
    assert literals.OTHERS in error
    assert error in [str(e) for e in every_rule.check(tree.history())]


def test_a_name_in_a_comment_is_none(tree):
    tree.write("code/base/fast.hpp", tree.read("code/base/fast.hpp") + "// see speedOfLight\n")
    assert len(found(tree, "See ``speedOfLight``.")) == 1


def test_names_of_the_code_of_files_and_of_other_people(tree):
    tree.write("code/base/fast.hpp", tree.read("code/base/fast.hpp") + "int speedOfLight();\n")
    tree.write(literals.OTHERS, "cancelCtx  # Go\n")
    assert found(tree, "``speedOfLight()``, ``fast.hpp`` and ``cancelCtx``") == []
