"""What the pages are told of an exercise."""
from types import SimpleNamespace

import pytest

from bookcmd.exercises import model, page
from bookcmd.say import Refusal

HERE = SimpleNamespace(toml="exercises/x/exercise.toml")


def test_an_expression_is_as_javascript_takes_it():
    assert page.expression(HERE, "") == []
    assert page.expression(HERE, r"^1: \d+$") == [r"^1: \d+$", "m"]
    assert page.expression(HERE, "(?si)^1: .*3") == ["^1: .*3", "mis"]
    with pytest.raises(Refusal, match="exercise.toml: .* has flags that a page does not know"):
        page.expression(HERE, "(?x)a b")


def test_only_what_needs_no_compiler_is_judged_in_a_page():
    judged = [e for e in model.load_all() if page.judges(e)]
    assert {e.kind for e in judged} == {"predict", "compose"}
    assert not any((e.path / name).exists() for e in judged for name in ("program.cpp", "judge.cpp"))
    for exercise in judged:
        told = page.data(exercise)
        assert told["starter"] and bool(told["scenario"]) == (exercise.kind == "predict")
        assert bool(told["expects"]) == (exercise.kind == "compose")
