"""How far the reader is: one file, {"exercises": {id: {"state", "hints", "tries", "touched",
...}}}. Several commands may run at once, so it is read and written under a lock, and written whole.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from book.common import terminal
from book.common.paths import PRACTICE, shown
from book.common.refusal import Refusal
from book.exercises import workspace
from book.exercises.model import Exercise
from weave.locks import exclusive

PROGRESS = PRACTICE / "progress.json"
Marks = dict[str, Any]


def load() -> Marks:
    if not PROGRESS.exists():
        return {"exercises": {}}
    with exclusive(PROGRESS.with_suffix(".lock")):
        return _read()


def _read() -> Marks:
    """The marks; a file that holds none is set aside, with a word about it."""
    try:
        data = json.loads(PROGRESS.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {"exercises": {}}
    except ValueError:
        data = None
    if isinstance(data, dict) and isinstance(data.get("exercises"), dict):
        if all(isinstance(entry, dict) for entry in data["exercises"].values()):
            return data
    spare = workspace.keep(PROGRESS)
    terminal.warn(
        f"{shown(PROGRESS)} holds no marks; it is kept as {shown(spare or PROGRESS)}, and the "
        "marks begin anew. Your work is where it was."
    )
    return {"exercises": {}}


def _change(exercise: Exercise, how: Callable[[Marks], None]) -> None:
    PRACTICE.mkdir(exist_ok=True)
    with exclusive(PROGRESS.with_suffix(".lock")):
        data = _read()
        entry = data["exercises"].setdefault(exercise.id, {})
        for name, value in (("state", "started"), ("hints", 0), ("tries", 0)):
            entry.setdefault(name, value)
        how(entry)
        entry["touched"] = round(time.time(), 3)
        draft = PROGRESS.with_suffix(".tmp")
        draft.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        draft.replace(PROGRESS)


def note(exercise: Exercise, **changes: Any) -> None:
    """Updates an exercise's entry."""
    _change(exercise, lambda entry: entry.update(changes))


def tried(exercise: Exercise, passed: bool) -> None:
    """A verdict was given. What is solved stays solved, and who has seen the solution has not
    solved it: the rule of Marks.tried, in the pages' marks.js."""

    def judged(entry: Marks) -> None:
        entry["tries"] += 1
        if entry["state"] not in ("shown", "passed"):
            entry["state"] = "passed" if passed else "started"

    _change(exercise, judged)


def hinted(exercise: Exercise, count: int) -> None:
    """So many hints were given by now."""
    _change(exercise, lambda entry: entry.update(hints=max(entry["hints"], count)))


def state(exercise: Exercise, data: Marks | None = None) -> str:
    if not exercise.workspace.exists():
        return ""
    entry = (load() if data is None else data)["exercises"].get(exercise.id, {})
    return str(entry.get("state", "started"))


def latest(exercises: list[Exercise]) -> Exercise:
    """The exercise the reader touched last: what a command without a name means."""
    marks = load()["exercises"]
    started = [e for e in exercises if e.workspace.exists()]
    if not started:
        raise Refusal("no exercise is started", "./book list shows them, ./book start begins one")
    return max(started, key=lambda e: marks.get(e.id, {}).get("touched", 0))
