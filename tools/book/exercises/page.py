"""What the pages need to judge an exercise without the book command: read once, here, by both.

A Predict is compared with a committed text. A Compose that stands on a scenario file is played by
the node that is built for WebAssembly. A Fill, a Hunt or a Kill needs a compiler, and the page has
one where it was built (tools/book/wasm), for code that starts no thread.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from book.common.paths import PAGE_COMPILER
from book.common.refusal import Refusal
from book.exercises import solutions, workspace
from book.exercises.model import Exercise
from weave import story

# Flags that Python writes at the front of an expression, and JavaScript elsewhere.
FLAGS = re.compile(r"^\(\?([a-zA-Z]+)\)")
SHARED = set("is")
UNTHREADED = "MESSAGES"  # from this stage on, exercises are about code that starts no thread


def compares(exercise: Exercise) -> bool:
    """Can a page give the verdict with nothing but a text?"""
    return exercise.kind == "predict"


def plays(exercise: Exercise) -> bool:
    """Can it with the node that plays scenes?"""
    return exercise.kind == "compose" and exercise.plays


def compiles(exercise: Exercise) -> bool:
    """Can it with a compiler?"""
    return exercise.kind in ("fill", "hunt", "kill") and not threads(exercise)


def performs(exercise: Exercise) -> bool:
    """Can it with a program that was compiled with the site, and reads the answer?"""
    return exercise.kind == "compose" and not exercise.plays and not threads(exercise)


def packed(exercise: Exercise) -> bool:
    """Does it need a pack: tools/book/wasm/packs.py?"""
    return compiles(exercise) or performs(exercise)


def pack_of(exercise: Exercise) -> str:
    """The pack's place, below the compiler's."""
    return f"exercises/{exercise.id.replace('/', '.')}.tar.gz"


def threads(exercise: Exercise) -> bool:
    """Is it about code that runs on threads? A page has one."""
    names = [stage.name for stage in story.load().stages]
    return names.index(exercise.stage) < names.index(UNTHREADED)


def judges(exercise: Exercise) -> bool:
    """Can it without a compiler?"""
    return compares(exercise) or plays(exercise)


def data(exercise: Exercise, compiler: Path = PAGE_COMPILER) -> dict[str, Any]:
    """All of it, for JSON; `files` are what the reader edits, in the order to show them, `reads`
    what stands beside them.
    """
    found: dict[str, Any] = {
        "id": exercise.id,
        "kind": exercise.kind,
        "title": exercise.title,
        "why": "" if exercise.kind == "hunt" else exercise.why_it_fails,  # it names the bug
        "files": workspace.starter(exercise),
    }
    if compares(exercise):
        found |= {
            "says": solutions.predicted(exercise),
            "whose": "the cluster" if exercise.plays else "the program",
        }
    elif plays(exercise):
        found["expects"] = [
            {
                "name": e.name,
                "ask": e.ask,
                "finds": expression(exercise, e.finds),
                "lacks": expression(exercise, e.lacks),
            }
            for e in exercise.expects
        ]
    elif packed(exercise):
        found["reads"] = {
            name: text
            for name, text in workspace.companions(exercise).items()
            if name != workspace.BRIEF
        }
        found["pack"] = f"compiler/{pack_of(exercise)}"
        found["sizes"] = sizes(exercise, compiler)
    return found


def sizes(exercise: Exercise, compiler: Path = PAGE_COMPILER) -> dict[str, int]:
    """What a reader downloads, in bytes: {"compiler", "pack"}; nothing where it was not built."""
    known = every_size(compiler)
    if exercise.id not in known["exercises"]:
        return {}
    return {"compiler": known["compiler"], "pack": known["exercises"][exercise.id]}


def every_size(compiler: Path = PAGE_COMPILER) -> dict[str, Any]:
    """The same for all exercises: {"compiler": bytes, "exercises": {id: bytes}}."""
    path = compiler / "sizes.json"
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return {"compiler": int(known["compiler"]), "exercises": dict(known["exercises"])}
    except FileNotFoundError:
        return {"compiler": 0, "exercises": {}}
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(
            f"{path}: is not JSON as it should be ({error})", "delete build/play/compiler"
        ) from None


def expression(exercise: Exercise, python: str) -> list[str]:
    """A regular expression as JavaScript takes it: its source and its flags, none for none."""
    if not python:
        return []
    found = FLAGS.match(python)
    flags = set(found[1]) if found else set()
    if not flags <= SHARED:
        raise Refusal(
            f"{exercise.toml}: `{python}` has flags that a page does not know",
            "(?s) and (?i) are known everywhere",
        )
    return [python[found.end() :] if found else python, "m" + "".join(sorted(flags))]
