"""The reader's copy of an exercise in practice/, and how far they are."""
from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

from weave import emit, story
from weave.errors import WeaveError

from book.exercises.cut import cut
from book.exercises.model import SCENARIO, Exercise
from book.paths import PRACTICE, ROOT
from book.say import Refusal

BRIEF = "BRIEF.txt"
PROGRESS = PRACTICE / "progress.json"
PREDICTED = "solution.txt"   # what the program of a prediction prints
REWRITE = "./book test --only exercises --rewrite writes it down"
NAMING = """# The code is mended when the tests pass. One thing more: which invariant did the bug break?
# Write its name after the colon; the tests' comments and the chapter name them.
broken invariant:
"""
_trees: dict[str, dict[str, str]] = {}


def tree(stage: str) -> dict[str, str]:
    """Every file of a stage's clean tree, by path."""
    if stage not in _trees:
        _trees[stage] = emit.tree(stage, story.load())
    return dict(_trees[stage])


def starter(exercise: Exercise) -> dict[str, str]:
    """The files that the reader edits, by their path in the workspace."""
    if exercise.kind == "fill":
        return _with_holes(exercise)
    if exercise.kind == "hunt":
        return _with_bugs(exercise) | {"answer.txt": NAMING}
    if exercise.kind == "kill":
        return {"answer.cpp": exercise.written_test("answer.cpp")}
    return {"answer.txt": exercise.text("answer.txt")}


def solution(exercise: Exercise) -> dict[str, str]:
    """The same files, right. A prediction's solution is what a run printed."""
    if exercise.kind in ("fill", "hunt"):
        code = tree(exercise.stage)
        right = {path: code[path] for path in starter(exercise) if path in code}
        if exercise.kind == "hunt":
            right["answer.txt"] = NAMING.rstrip() + f" {exercise.invariant}\n"
        return right
    if exercise.kind == "kill":
        return {"answer.cpp": exercise.written_test("solution.cpp")}
    if exercise.kind == "compose":
        return {"answer.txt": exercise.text("solution.txt")}
    return {"answer.txt": predicted(exercise)}


def predicted(exercise: Exercise) -> str:
    """What the program of a prediction prints, or the scenario with what the nodes say: as the file
    beside it has it. That it does say so is the gates' business."""
    name = SCENARIO if exercise.plays else PREDICTED
    try:
        return exercise.text(name)
    except FileNotFoundError:
        raise Refusal(f"{shown(exercise.path / name)} is missing: what the program prints",
                      REWRITE) from None


def _with_holes(exercise: Exercise) -> dict[str, str]:
    from weave import symbols
    code, made = tree(exercise.stage), {}
    try:
        index = symbols.index(exercise.stage)
        spots = [(index.find(hole.symbol), hole) for hole in exercise.holes]
    except WeaveError as error:
        raise Refusal(f"{exercise.toml}: {error}") from None
    # From the bottom up, so that a cut does not move the lines of the next.
    for symbol, hole in sorted(spots, key=lambda spot: -spot[0].first_line):
        path = str(symbol.file)
        try:
            made[path] = cut(made.get(path, code[path]), symbol.first_line, symbol.last_line,
                             hole.body)
        except ValueError as error:
            raise Refusal(f"{exercise.toml}: {hole.symbol} can't be cut: {error}",
                          "name a function's definition") from None
    return made


def _with_bugs(exercise: Exercise) -> dict[str, str]:
    code, made = tree(exercise.stage), {}
    for number, bug in enumerate(exercise.bugs, 1):
        made[bug.file] = bug.apply(code | made, f"{exercise.toml}: [[bug]] {number}")
    return made


def companions(exercise: Exercise) -> dict[str, str]:
    """What lies beside them to be read: the brief, the tests or the program."""
    found = {BRIEF: brief(exercise)}
    names = ["test.cpp", "program.cpp"]
    if exercise.kind != "predict":
        names.append(SCENARIO)  # a prediction's is its solution
    for name in names:
        if (exercise.path / name).exists():
            found[name] = exercise.text(name)
    return found


def plain(rst: str) -> str:
    """reStructuredText as a person would type it in a plain file."""
    text = re.sub(r":[\w:+-]+:`([^`<]*?)\s*(?:<[^`>]*>)?`", r"\1", rst)
    text = re.sub(r"``(.+?)``", r"\1", text)
    text = re.sub(r"`([^`<]+?)\s*<([^`>]+)>`__?", r"\1 (\2)", text)
    text = re.sub(r"^\.\. code-block::.*\n(?:[ \t]+:.*\n)*", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\.\. [\w-]+::[ \t]*", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def brief(exercise: Exercise) -> str:
    head = (f"{exercise.title}\n{'=' * len(exercise.title)}\n"
            f"{exercise.id}: {exercise.kind}, stage {exercise.stage}, "
            f"{'★' * exercise.stars}, about {exercise.minutes} minutes\n\n")
    text = plain(exercise.text("brief.rst"))
    edit = "".join(f"    {path}\n" for path in starter(exercise))
    return (f"{head}{text}\nEdit, below this directory:\n\n{edit}\nThen:\n\n"
            f"    ./book check {exercise.id}\n    ./book hint {exercise.id}\n")


def write(directory: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def keep(path: Path) -> Path | None:
    """Moves a file out of the way, to NAME.bak or NAME.bak2 …; nothing the reader wrote is lost."""
    if not path.exists():
        return None
    number = 1
    while (spare := path.with_name(path.name + ".bak" + (str(number) if number > 1 else ""))
           ).exists():
        number += 1
    path.rename(spare)
    return spare


def theirs(exercise: Exercise, where: Path | None = None) -> dict[str, str]:
    """The reader's files as they are now."""
    where = where or exercise.workspace
    if not where.exists():
        raise Refusal(f"{exercise.id} is not started", f"./book start {exercise.id}")
    found = {}
    for path in starter(exercise):
        try:
            found[path] = (where / path).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise Refusal(f"{shown(where / path)} is gone", f"./book reset {exercise.id}") from None
        except UnicodeDecodeError:
            raise Refusal(f"{shown(where / path)} is not UTF-8 text", "save it as UTF-8") from None
    return found


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


# Progress: one file, {"exercises": {id: {"state", "hints", "tries", "touched", ...}}}.

def progress() -> dict[str, Any]:
    try:
        data = json.loads(PROGRESS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"exercises": {}}
    except ValueError:
        raise Refusal(f"{shown(PROGRESS)} is not JSON",
                      "mend it, or delete it: only the marks of what you solved are lost") from None
    if not isinstance(data, dict) or not isinstance(data.get("exercises"), dict):
        raise Refusal(f"{shown(PROGRESS)} has no `exercises`", "delete it")
    return data


def note(exercise: Exercise, **changes: Any) -> dict[str, Any]:
    """Updates an exercise's entry and returns it."""
    data = progress()
    entry = data["exercises"].setdefault(exercise.id, {"state": "started", "hints": 0, "tries": 0})
    entry.update(changes, touched=round(time.time(), 3))
    PRACTICE.mkdir(exist_ok=True)
    draft = PROGRESS.with_suffix(".tmp")
    draft.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    draft.replace(PROGRESS)
    return entry


def state(exercise: Exercise, data: dict[str, Any] | None = None) -> str:
    if not exercise.workspace.exists():
        return ""
    entry = (progress() if data is None else data)["exercises"].get(exercise.id, {})
    return str(entry.get("state", "started"))


def latest(exercises: list[Exercise]) -> Exercise:
    """The exercise the reader touched last: what a command without a name means."""
    marks = progress()["exercises"]
    started = [e for e in exercises if e.workspace.exists()]
    if not started:
        raise Refusal("no exercise is started", "./book list shows them, ./book start begins one")
    return max(started, key=lambda e: marks.get(e.id, {}).get("touched", 0))
