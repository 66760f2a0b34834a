"""The guards: `#if STAGE >= NAME`, `#else`, `#endif`, and no other conditional in code/."""

from __future__ import annotations

import re
from dataclasses import dataclass

from weave.errors import WeaveError, did_you_mean
from weave.story import Story

CONDITIONAL = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b(.*)$")
GUARD = re.compile(r"^\s*STAGE\s*>=\s*([A-Za-z_]\w*)\s*(//.*|/\*.*\*/\s*)?$")
BARE = re.compile(r"^\s*(//.*|/\*.*\*/\s*)?$")


@dataclass(frozen=True)
class Guard:
    """One guarded stretch: lines of its #if, #else (or None) and #endif, counted from 1."""

    stage: str
    begin: int
    middle: int | None
    end: int


def has_guards(text: str) -> bool:
    return any(CONDITIONAL.match(line) for line in text.splitlines())


def read(text: str, file: str, story: Story) -> tuple[list[Guard], list[WeaveError]]:
    """The guards of a file, and every way in which its conditionals break the rules."""
    guards: list[Guard] = []
    errors: list[WeaveError] = []
    begin: tuple[str, int] | None = None
    middle: int | None = None
    deep = 0  # conditionals nested below an open guard: refused, but still matched

    def refuse(line: int, message: str, mend: str) -> None:
        errors.append(WeaveError(file, line, message, mend))

    for number, line in enumerate(text.splitlines(), 1):
        found = CONDITIONAL.match(line)
        if not found:
            continue
        word, rest = found[1], found[2]
        if word in ("if", "ifdef", "ifndef"):
            guard = GUARD.match(rest) if word == "if" else None
            if not guard:
                refuse(
                    number,
                    f"`{line.strip()}` is not a guard",
                    "write `#if STAGE >= NAME`; code/ has no other conditional",
                )
            elif guard[1] not in story.names:
                refuse(
                    number,
                    f"the guard names the unknown stage {guard[1]}",
                    did_you_mean(guard[1], story.names),
                )
            if begin:
                refuse(
                    number,
                    f"a guard inside the guard of line {begin[1]}",
                    "close the outer one first; guards do not nest",
                )
                deep += 1
            else:
                begin, middle = (guard[1] if guard else "?", number), None
        elif not begin:
            refuse(number, f"#{word} without an #if", "remove it")
        elif word == "endif":
            if deep:
                deep -= 1
            else:
                guards.append(Guard(begin[0], begin[1], middle, number))
                begin = None
        elif word == "else" and BARE.match(rest):
            if not deep and middle:
                refuse(number, f"a second #else for the guard of line {begin[1]}", "keep one")
            middle = middle if deep else number
        else:
            refuse(
                number,
                f"`{line.strip()}` is not allowed",
                "use #else and a guard of its own after #endif",
            )
    if begin:
        refuse(begin[1], "the guard is never closed", "add #endif")
    return guards, errors
