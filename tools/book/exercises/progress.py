"""How far the reader is: one file, {"exercises": {id: {"state", "hints", "tries", "touched",
...}}}.
"""

from __future__ import annotations

import json
import time
from typing import Any

from book.common.paths import PRACTICE, shown
from book.common.refusal import Refusal
from book.exercises.model import Exercise

PROGRESS = PRACTICE / "progress.json"


def load() -> dict[str, Any]:
    try:
        data = json.loads(PROGRESS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"exercises": {}}
    except ValueError:
        raise Refusal(
            f"{shown(PROGRESS)} is not JSON",
            "mend it, or delete it: only the marks of what you solved are lost",
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("exercises"), dict):
        raise Refusal(f"{shown(PROGRESS)} has no `exercises`", "delete it")
    return data


def note(exercise: Exercise, **changes: Any) -> dict[str, Any]:
    """Updates an exercise's entry and returns it."""
    data = load()
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
    entry = (load() if data is None else data)["exercises"].get(exercise.id, {})
    return str(entry.get("state", "started"))


def latest(exercises: list[Exercise]) -> Exercise:
    """The exercise the reader touched last: what a command without a name means."""
    marks = load()["exercises"]
    started = [e for e in exercises if e.workspace.exists()]
    if not started:
        raise Refusal("no exercise is started", "./book list shows them, ./book start begins one")
    return max(started, key=lambda e: marks.get(e.id, {}).get("touched", 0))
