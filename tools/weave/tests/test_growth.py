"""The copy that grows: rows of lists are welcome, a body that grows is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from weave import growth, story
from weave.errors import WeaveError
from weave.lint import places
from weave.trees import guards
from weave.trees.emit import source

ROOT = Path(__file__).resolve().parents[3]
ROLE = {
    "stage": "FLOW_CONTROL",
    "file": "code/raft/role.hpp",
    "after": "struct Follower {\n",
    "lines": "  int more = 0;",
}


def judged(copy: Path, rows: list[dict[str, str]]) -> list[str]:
    """What the rules of places say of those files of a copy that got these rows."""
    shutil.copytree(ROOT / "code/raft", copy / "code/raft")
    growth.grow(ROOT, copy, {"row": rows})
    grown = story.load(copy)
    found: list[WeaveError] = []
    for file in sorted({row["file"] for row in rows}):
        text = source(file, grown)
        read, refusals = guards.read(text, file, grown)
        found += refusals + list(places.check(file, text, read, grown))
    return [str(error) for error in found]


def test_a_field_of_a_role_is_welcome(tmp_path: Path) -> None:
    assert judged(tmp_path, [ROLE]) == []


def test_a_second_guard_in_a_body_is_refused(tmp_path: Path) -> None:
    reset = {
        "stage": "FLOW_CONTROL",
        "file": "code/raft/raft.cpp",
        "after": "void Raft::reset(Term term) {\n",
        "lines": "  randomizedElectionTimeout_ = 0;",
    }
    errors = judged(tmp_path, [reset])
    assert len(errors) == 1 and "raft::Raft::reset has 2 guards" in errors[0]


def test_an_anchor_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeaveError, match="0 places fit"):
        judged(tmp_path, [ROLE | {"after": "struct Nobody {\n"}])


def test_a_stage_that_nobody_plans_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeaveError, match="LATER is no planned stage"):
        judged(tmp_path, [ROLE | {"stage": "LATER"}])
