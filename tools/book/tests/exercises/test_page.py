"""What the pages are told of an exercise."""

import json
from types import SimpleNamespace

import pytest

from book.common.refusal import Refusal
from book.exercises import model, page

HERE = SimpleNamespace(toml="exercises/x/exercise.toml")


def test_an_expression_is_as_javascript_takes_it():
    assert page.expression(HERE, "") == []
    assert page.expression(HERE, r"^1: \d+$") == [r"^1: \d+$", "m"]
    assert page.expression(HERE, "(?si)^1: .*3") == ["^1: .*3", "mis"]
    with pytest.raises(Refusal, match="exercise.toml: .* has flags that a page does not know"):
        page.expression(HERE, "(?x)a b")


def test_what_needs_no_compiler_is_judged_by_texts_and_by_the_node():
    judged = [e for e in model.load_all() if page.judges(e)]
    assert {e.kind for e in judged} == {"predict", "compose"}
    assert all(e.kind == "predict" or e.plays for e in judged)
    for exercise in judged:
        told = page.data(exercise)
        assert list(told["files"]) == ["answer.txt"]
        assert bool(told.get("says")) == (exercise.kind == "predict")
        assert bool(told.get("expects")) == (exercise.kind == "compose")


def test_what_starts_a_thread_is_not_compiled_in_a_page():
    compiled = [e for e in model.load_all() if page.compiles(e)]
    assert {e.kind for e in compiled} == {"fill", "hunt", "kill"}
    assert next(e.chapter for e in compiled) == "entries-and-messages"
    assert not any(page.threads(e) for e in compiled)
    assert any(page.threads(e) for e in model.load_all())


def test_a_page_is_told_what_to_fetch(tmp_path):
    hunt = model.find("log/entries-nobody-applied")
    assert page.data(hunt, tmp_path)["sizes"] == {}
    sizes = {"compiler": 25_000_000, "exercises": {hunt.id: 70_000}}
    (tmp_path / "sizes.json").write_text(json.dumps(sizes))
    told = page.data(hunt, tmp_path)
    assert list(told["files"]) == ["code/raft/log_apply.cpp", "answer.txt"]
    assert told["pack"] == "compiler/exercises/log.entries-nobody-applied.tar.gz"
    assert told["sizes"] == {"compiler": 25_000_000, "pack": 70_000}
    (tmp_path / "sizes.json").write_text("{")
    with pytest.raises(Refusal, match="sizes.json: is not JSON .* — delete build/play/compiler"):
        page.sizes(hunt, tmp_path)
