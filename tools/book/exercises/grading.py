"""Grades the reader's practice/: every exercise is judged with the repository's tests and, where a
teacher brings a directory of hidden ones, with those too.

An exercise is worth ten points a star, all of them or none: a starter that passes half of its tests
has solved nothing. Hidden tests, where there are any, are a second entry of the same worth.
  hidden/<id>/test.cpp      more tests for fill and hunt
  hidden/<id>/judge.cpp     another judge for compose
  hidden/<id>/mutants.toml  more [[mutant]] for kill
"""

from __future__ import annotations

import json
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from book.common import terminal
from book.common.paths import shown
from book.common.refusal import Refusal
from book.common.tables import aligned
from book.exercises import judge, model, workspace
from book.exercises.model import Edit, Exercise
from book.setup import install

FORMATS = ("table", "gradescope", "junit", "github")
FILES = {"gradescope": Path("results.json"), "junit": Path("results.xml")}


@dataclass(frozen=True)
class Grade:
    exercise: Exercise
    name: str
    passed: bool
    started: bool
    output: str
    seconds: float
    hidden: bool = False

    @property
    def score(self) -> int:
        return self.exercise.points if self.passed else 0


def grade(exercises: list[Exercise], hidden: Path | None = None) -> list[Grade]:
    if hidden is not None and not hidden.is_dir():
        raise Refusal(
            f"{shown(hidden)} is not a directory",
            "--hidden names one with <chapter>/<exercise>/test.cpp in it",
        )
    found = []
    for exercise in exercises:
        found.append(_one(exercise, None))
        if hidden is not None and (place := hidden / exercise.id).is_dir():
            found.append(_one(exercise, place))
    return found


def _one(exercise: Exercise, hidden: Path | None) -> Grade:
    name = f"{exercise.id}: {exercise.title}" + (" (hidden tests)" if hidden else "")
    started = time.monotonic()
    if not exercise.workspace.exists():
        return Grade(exercise, name, False, False, "not started", 0.0, hidden is not None)
    try:
        verdict = _verdict(exercise, hidden)
        passed, output = verdict.passed, verdict.text()
    except Refusal as refusal:
        passed, output = False, str(refusal)
    return Grade(
        exercise, name, passed, True, output, time.monotonic() - started, hidden is not None
    )


def _verdict(exercise: Exercise, hidden: Path | None) -> judge.Verdict:
    files = workspace.readers_files(exercise)
    if hidden is None:
        return judge.judge(exercise, files, exercise.workspace)
    if exercise.kind == "kill":
        return judge.judge(exercise, files, exercise.workspace, mutants=_mutants(hidden))
    source = hidden / ("judge.cpp" if exercise.kind == "compose" else "test.cpp")
    if exercise.kind == "predict" or not source.is_file():
        raise Refusal(
            f"{shown(hidden)} has nothing that a {exercise.kind} exercise can use",
            "see the teaching pages",
        )
    return judge.judge(exercise, files, exercise.workspace, test=source.read_text("utf-8"))


def _mutants(hidden: Path) -> tuple[Edit, ...]:
    path = hidden / "mutants.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
        return tuple(Edit(t["file"], t["find"], t["replace"], t["name"]) for t in tables)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise Refusal(
            f"{shown(path)} is not a list of [[mutant]]: {error}",
            "each needs name, file, find, replace",
        ) from None


def gradescope(grades: list[Grade]) -> str:
    tests = [
        {
            "name": g.name,
            "score": g.score,
            "max_score": g.exercise.points,
            "status": "passed" if g.passed else "failed",
            "output": g.output,
            "visibility": "after_published" if g.hidden else "visible",
        }
        for g in grades
    ]
    return (
        json.dumps(
            {
                "score": sum(g.score for g in grades),
                "max_score": sum(g.exercise.points for g in grades),
                "execution_time": round(sum(g.seconds for g in grades), 3),
                "tests": tests,
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def junit(grades: list[Grade]) -> str:
    suite = ElementTree.Element(
        "testsuite",
        name="raft-step-by-step",
        tests=str(len(grades)),
        failures=str(sum(g.started and not g.passed for g in grades)),
        skipped=str(sum(not g.started for g in grades)),
        time=f"{sum(g.seconds for g in grades):.3f}",
    )
    for g in grades:
        case = ElementTree.SubElement(
            suite, "testcase", classname=g.exercise.chapter, name=g.name, time=f"{g.seconds:.3f}"
        )
        if not g.started:
            ElementTree.SubElement(case, "skipped", message="not started")
        elif not g.passed:
            failure = ElementTree.SubElement(case, "failure", message=_first(g.output))
            failure.text = g.output
    ElementTree.indent(suite)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + ElementTree.tostring(suite, encoding="unicode")
        + "\n"
    )


def github(grades: list[Grade]) -> str:
    """Annotations for GitHub Actions, then one line of JSON with the points."""
    lines = []
    for g in grades:
        if g.started and not g.passed:
            edit = shown(g.exercise.workspace / next(iter(workspace.starter(g.exercise))))
            text = g.output.replace("%", "%25").replace("\r", "").replace("\n", "%0A")
            lines.append(f"::error file={edit},title={g.exercise.id}::{text}")
    points = [{"name": g.name, "score": g.score, "max_score": g.exercise.points} for g in grades]
    lines.append(
        json.dumps(
            {
                "score": sum(g.score for g in grades),
                "max_score": sum(g.exercise.points for g in grades),
                "tests": points,
            },
            ensure_ascii=False,
        )
    )
    return "\n".join(lines) + "\n"


def _first(text: str) -> str:
    return next(
        (t for t in text.splitlines() if t.startswith("✗")),
        text.splitlines()[0] if text else "failed",
    )


def show(grades: list[Grade]) -> None:
    rows = [
        (
            g.name,
            str(g.score),
            f"of {g.exercise.points}",
            "solved" if g.passed else "not yet" if g.started else "not started",
        )
        for g in grades
    ]
    for g, text in zip(grades, aligned(rows, left=(0, 2, 3)), strict=True):
        terminal.line(text, "green" if g.passed else None)
    terminal.line(f"{_points(grades)} points")


def _points(grades: list[Grade]) -> str:
    return f"{sum(g.score for g in grades)} of {sum(g.exercise.points for g in grades)}"


def run(names: list[str], form: str, out: Path | None, hidden: Path | None) -> bool:
    """`./book grade`: whether all is well with what was asked for. Only on GitHub, a wrong answer
    is not.
    """
    if form not in FORMATS:
        raise Refusal(f"there is no format {form}", "one of " + ", ".join(FORMATS))
    everything = model.load_all()
    chosen = [model.find(name, everything) for name in names] or everything
    if not chosen:
        raise Refusal("there are no exercises to grade")
    install.ensure("exercise")
    grades = grade(chosen, hidden)
    if form == "table":
        show(grades)
        return True
    text = {"gradescope": gradescope, "junit": junit, "github": github}[form](grades)
    file = out or FILES.get(form)
    if file:
        _write(file, text)
        terminal.line(f"{_points(grades)} points, in {shown(file)}")
    else:
        terminal.line(text.rstrip())
    return form != "github" or all(g.passed for g in grades if g.started)


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(
            f"{shown(file)} can't be written: {error.strerror}", "name another file with --out"
        ) from None
