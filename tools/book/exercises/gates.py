"""What every exercise must hold before a reader sees it: the starter builds and fails for the
stated reason, the solution passes, every mutant dies. Kept by content: an unchanged exercise at an
unchanged stage costs nothing."""
from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from book import say
from book.exercises import judge, work
from book.exercises.model import Exercise
from book.paths import BUILD, ROOT

KEPT = BUILD / "gates"
Told = dict[str, Any]   # a verdict: passed, broken (did it not build?), lines


@dataclass(frozen=True)
class Gate:
    exercise: str
    passed: bool
    message: str
    cached: bool = False


def digest(exercise: Exercise) -> str:
    """Of everything the verdict depends on: the stage's tree, the exercise, this engine."""
    total = hashlib.sha256(repr(sorted(work.tree(exercise.stage).items())).encode())
    engine = [*(ROOT / "tools" / "book").glob("*.py"),
              *(ROOT / "tools" / "book" / "exercises").glob("*.py")]
    scripts = [ROOT / "tools" / "site" / "play" / place for place in ("terminal", "js/verdicts")]
    for path in sorted([p for p in exercise.path.rglob("*") if p.is_file()] + [
            p for p in engine if p.name in ("judge.py", "build_tree.py", "work.py", "cut.py", "gates.py",
                                            "model.py", "page.py", "cmake.py", "proc.py",
                                            "scenario.py")] +
            [p for place in scripts for p in place.iterdir()]):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _kept(exercise: Exercise) -> Path:
    return KEPT / (exercise.id.replace("/", ".") + ".json")


def _known(exercise: Exercise, digest_now: str) -> dict[str, Told]:
    """What was said when the exercise passed as it is now; nothing if it did not."""
    try:
        kept = json.loads(_kept(exercise).read_text())
        return kept["said"] if kept["passed"] == digest_now else {}
    except (OSError, ValueError, KeyError):
        return {}


def said(exercise: Exercise) -> dict[str, Told]:
    """The terminal's verdicts on the starter and on the solution; judged only if they are not known."""
    return _known(exercise, digest(exercise)) or _verdicts(exercise)


def _verdicts(exercise: Exercise) -> dict[str, Told]:
    told: dict[str, Told] = {}
    for name, files in (("starter", work.starter(exercise)), ("solution", work.solution(exercise))):
        verdict = judge.judge(exercise, files)
        told[name] = {"passed": verdict.passed, "broken": verdict.broken,
                      "lines": verdict.said}
    return told


def check(exercise: Exercise, use_kept: bool = True, rewrite: bool = False) -> Gate:
    """All of them. With `rewrite`, what a prediction's program prints is written down first."""
    known = digest(exercise)
    if use_kept and not rewrite and _known(exercise, known):
        return Gate(exercise.id, True, "", cached=True)
    told: dict[str, Told] = {}
    try:
        if rewrite:
            _write_down(exercise)
            known = digest(exercise)
        complaint = _printed(exercise)
        if not complaint:
            told = _verdicts(exercise)
            complaint = (_starter(exercise, told["starter"]) or _solution(told["solution"]) or
                         _mutants(exercise))
    except say.Refusal as refusal:
        complaint = str(refusal)
    if complaint:
        _kept(exercise).unlink(missing_ok=True)
        return Gate(exercise.id, False, complaint)
    KEPT.mkdir(parents=True, exist_ok=True)
    _kept(exercise).write_text(json.dumps({"passed": known, "said": told}))
    return Gate(exercise.id, True, "")


def _starter(exercise: Exercise, told: Told) -> str:
    text = "\n".join(told["lines"])
    if told["broken"]:
        return f"the starter does not build:\n{text}"
    if told["passed"]:
        return "the starter passes: the hole, the bug or the tests are too small"
    if not re.search(exercise.fails_with, text, re.MULTILINE):
        return (f"the starter fails, but not with `fails_with` = {exercise.fails_with!r}; "
                f"it says:\n{text}")
    return ""


def _solution(told: Told) -> str:
    return "" if told["passed"] else "the solution does not pass:\n" + "\n".join(told["lines"])


def _printed(exercise: Exercise) -> str:
    """Does the program of a prediction say what the committed solution has?"""
    if exercise.kind != "predict":
        return ""
    said = {judge.run_program(exercise) for _ in range(3)}
    if len(said) > 1:
        return "the program does not say the same in every run"
    pairs = enumerate(zip_longest(work.predicted(exercise).splitlines(), said.pop().splitlines()), 1)
    for number, (kept, now) in pairs:
        if kept != now:
            return (f"{work.shown(exercise.path / work.PREDICTED)}:{number}: committed "
                    f"`{kept or ''}`, the program prints `{now or ''}`; if it is right: "
                    f"{work.REWRITE}")
    return ""


def _write_down(exercise: Exercise) -> None:
    if exercise.kind == "predict" and not exercise.plays:
        (exercise.path / work.PREDICTED).write_text(judge.run_program(exercise), encoding="utf-8")


def _mutants(exercise: Exercise) -> str:
    if exercise.kind not in ("fill", "hunt"):
        return ""  # a kill's mutants are judged with its solution
    alive = judge.survivors(exercise)
    return "the tests do not kill every mutant:\n" + "\n".join(alive) if alive else ""
