"""What the pages need to judge an exercise without the book command: read once, here, by both.

A Predict or a Compose that stands on a scenario file needs no compiler: the node that plays it is
built for WebAssembly. docs/site/play/js/exercises/judge.js does with this what judge.py does.
"""
from __future__ import annotations

import re
from typing import Any

from bookcmd.exercises.model import SCENARIO, Exercise
from bookcmd.say import Refusal

# Flags that Python writes at the front of an expression, and JavaScript elsewhere.
FLAGS = re.compile(r"^\(\?([a-zA-Z]+)\)")
SHARED = set("is")


def judges(exercise: Exercise) -> bool:
    """Can a page give the verdict?"""
    return exercise.kind in ("predict", "compose") and exercise.plays


def data(exercise: Exercise) -> dict[str, Any]:
    """All of it, for JSON. A prediction's scenario is what its solution on the page shows anyway."""
    return {
        "id": exercise.id,
        "kind": exercise.kind,
        "title": exercise.title,
        "why": exercise.why_it_fails,
        "starter": exercise.text("answer.txt"),
        "scenario": exercise.text(SCENARIO) if exercise.kind == "predict" else "",
        "expects": [{"name": e.name, "ask": e.ask,
                     "finds": expression(exercise, e.finds), "lacks": expression(exercise, e.lacks)}
                    for e in exercise.expects],
    }


def expression(exercise: Exercise, python: str) -> list[str]:
    """A regular expression as JavaScript takes it: its source and its flags, none for none."""
    if not python:
        return []
    found = FLAGS.match(python)
    flags = set(found[1]) if found else set()
    if not flags <= SHARED:
        raise Refusal(f"{exercise.toml}: `{python}` has flags that a page does not know",
                      "(?s) and (?i) are known everywhere")
    return [python[found.end():] if found else python, "m" + "".join(sorted(flags))]
