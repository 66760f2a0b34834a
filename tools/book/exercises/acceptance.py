"""What every exercise must hold before a reader sees it: the starter builds and fails for the
stated reason, the solution passes, every mutant dies. Kept by content: an unchanged exercise at an
unchanged stage costs nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from book.common import sources
from book.common.paths import BUILD, in_repository
from book.common.refusal import Refusal
from book.exercises import judge, solutions, workspace
from book.exercises.model import Exercise
from weave.digests import digest, digest_of_files

KEPT = BUILD / "acceptance"
JUDGED_BY = (
    "tools/book/exercises",
    "tools/book/cpp",
    "tools/book/scenes",
    "tools/book/common/process.py",
    "tools/site/play/terminal",
    "tools/site/play/js/verdicts",
)
Said = dict[str, Any]  # a verdict: passed, broken (did it not build?), lines


@dataclass(frozen=True)
class Acceptance:
    id: str
    passed: bool
    message: str
    cached: bool = False


def digest_of(exercise: Exercise) -> str:
    """Of everything the verdict depends on: the stage's tree, the exercise, what judges it."""
    tree = repr(sorted(workspace.tree(exercise.stage).items()))
    files = sorted(path for path in exercise.path.rglob("*") if path.is_file())
    return digest(tree, digest_of_files(files, exercise.path), sources.digest(JUDGED_BY))


def _kept(exercise: Exercise) -> Path:
    return KEPT / (exercise.id.replace("/", ".") + ".json")


def _known(exercise: Exercise, digest_now: str) -> dict[str, Said]:
    """What was said when the exercise passed as it is now; nothing if it did not."""
    try:
        kept = json.loads(_kept(exercise).read_text())
        return kept["said"] if kept["passed"] == digest_now else {}
    except (OSError, ValueError, KeyError):
        return {}


def verdicts(exercise: Exercise) -> dict[str, Said]:
    """The terminal's verdicts on the starter and on the solution; judged only if they are not
    known.
    """
    return _known(exercise, digest_of(exercise)) or _judged(exercise)


def _judged(exercise: Exercise) -> dict[str, Said]:
    said: dict[str, Said] = {}
    for name, files in (
        ("starter", workspace.starter(exercise)),
        ("solution", solutions.solution(exercise)),
    ):
        verdict = judge.judge(exercise, files)
        said[name] = {"passed": verdict.passed, "broken": verdict.broken, "lines": verdict.said}
    return said


def accept(exercise: Exercise, use_kept: bool = True, rewrite: bool = False) -> Acceptance:
    """Whether the exercise holds all of it. With `rewrite`, what a prediction's program prints is
    written down first.
    """
    known = digest_of(exercise)
    if use_kept and not rewrite and _known(exercise, known):
        return Acceptance(exercise.id, True, "", cached=True)
    said: dict[str, Said] = {}
    try:
        if rewrite:
            _write_down(exercise)
            known = digest_of(exercise)
        complaint = _printed(exercise)
        if not complaint:
            said = _judged(exercise)
            complaint = (
                _starter(exercise, said["starter"])
                or _solution(said["solution"])
                or _mutants(exercise)
            )
    except Refusal as refusal:
        complaint = str(refusal)
    if complaint:
        _kept(exercise).unlink(missing_ok=True)
        return Acceptance(exercise.id, False, complaint)
    KEPT.mkdir(parents=True, exist_ok=True)
    _kept(exercise).write_text(json.dumps({"passed": known, "said": said}))
    return Acceptance(exercise.id, True, "")


def _starter(exercise: Exercise, said: Said) -> str:
    text = "\n".join(said["lines"])
    if said["broken"]:
        return f"the starter does not build:\n{text}"
    if said["passed"]:
        return "the starter passes: the hole, the bug or the tests are too small"
    if not re.search(exercise.fails_with, text, re.MULTILINE):
        return (
            f"the starter fails, but not with `fails_with` = {exercise.fails_with!r}; "
            f"it says:\n{text}"
        )
    return ""


def _solution(said: Said) -> str:
    return "" if said["passed"] else "the solution does not pass:\n" + "\n".join(said["lines"])


def _printed(exercise: Exercise) -> str:
    """Does the program of a prediction say what the committed solution has?"""
    if exercise.kind != "predict":
        return ""
    said = {judge.run_program(exercise) for _ in range(3)}
    if len(said) > 1:
        return "the program does not say the same in every run"
    pairs = enumerate(
        zip_longest(solutions.predicted(exercise).splitlines(), said.pop().splitlines()), 1
    )
    for number, (kept, now) in pairs:
        if kept != now:
            return (
                f"{in_repository(exercise.path / solutions.PREDICTED)}:{number}: committed "
                f"`{kept or ''}`, the program prints `{now or ''}`; if it is right: "
                f"{solutions.REWRITE}"
            )
    return ""


def _write_down(exercise: Exercise) -> None:
    if exercise.kind == "predict" and not exercise.plays:
        printed = judge.run_program(exercise)
        (exercise.path / solutions.PREDICTED).write_text(printed, encoding="utf-8")


def _mutants(exercise: Exercise) -> str:
    if exercise.kind not in ("fill", "hunt"):
        return ""  # a kill's mutants are judged with its solution
    alive = judge.survivors(exercise)
    return "the tests do not kill every mutant:\n" + "\n".join(alive) if alive else ""
