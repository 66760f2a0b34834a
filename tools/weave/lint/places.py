"""Where guards may stand. A list may grow by them, the body of a function may not.

Free are whole declarations and includes at the scope of a file, a namespace or a class, and the
rows of a list: enumerators, the rows of an initializer list or a table, the cases of a dispatch,
which is a switch whose every case is one call. Everywhere else in a function, from its name to its
closing brace, one guard may stand, whatever its stage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from weave.cpp import lexer
from weave.cpp.blocks import Block, Blocks
from weave.errors import WeaveError
from weave.story import Story
from weave.trees import guards
from weave.trees.emit import SOURCES, source
from weave.trees.guards import Guard
from weave.trees.history import History

MAX_VARIANTS = 3
SCOPES, LISTS = ("file", "namespace", "class"), ("enum", "list")
GROW = (
    "let a list grow (a field, a row of a table, a case that is one call), or let what differs "
    "be a function of its own"
)


@dataclass
class Places:
    """What the guards of one file stand in."""

    errors: list[WeaveError] = field(default_factory=list)
    bodies: dict[tuple[str, int], list[int]] = field(default_factory=dict)  # lines of their guards
    rows: set[int] = field(default_factory=set)  # lines of rows of lists inside functions


def check(file: str, text: str, read: list[Guard], story: Story) -> Iterator[WeaveError]:
    """Every guard of a file that stands where none may, or not alone."""
    yield from _replaces_something(file, text, read)
    places = find(file, text, read, story)
    yield from places.errors
    for (name, _), lines in places.bodies.items():
        if len(lines) > 1:
            others = ", ".join(str(line) for line in lines[:-1])
            yield WeaveError(
                file,
                lines[-1],
                f"the body of {name} has {len(lines)} guards, with "
                f"line{'s' * (len(lines) > 2)} {others}; at most 1",
                GROW,
            )


def _replaces_something(file: str, text: str, read: list[Guard]) -> Iterator[WeaveError]:
    lines = text.splitlines()
    for guard in read:
        new = [line.strip() for line in lines[guard.begin : (guard.middle or guard.end) - 1]]
        old = [line.strip() for line in lines[guard.middle : guard.end - 1]] if guard.middle else []
        if guard.middle and not any(old):
            yield WeaveError(file, guard.middle, "the #else replaces nothing", "remove it")
        elif guard.middle and old == new or not any(old) and not any(new):
            yield WeaveError(
                file, guard.begin, f"the guard {guard.stage} changes nothing", "remove it"
            )


def find(file: str, text: str, read: list[Guard], story: Story) -> Places:
    """Each guard is looked at as the file stands at each stage: a list may be one only later."""
    places = Places()
    if not read:
        return places
    lines = lexer.neutral(text).split("\n")
    free: dict[Guard, str] = {}
    cut: set[Guard] = set()
    bodies: dict[Guard, tuple[str, int]] = {}
    for number in sorted({story.stage(g.stage).number for g in read} | {0}):
        gone = {line for g in read for line in _gone(g, story.stage(g.stage).number <= number)}
        blocks = Blocks((n, line) for n, line in enumerate(lines, 1) if n not in gone)
        for guard in read:
            place = _place(blocks, guard)
            if isinstance(place, Block):
                bodies[guard] = (place.qualified, blocks.tokens[place.open].line)
            elif place == "cut":
                cut.add(guard)
            else:
                free[guard] = place
    for guard in read:
        if guard in bodies:
            places.bodies.setdefault(bodies[guard], []).append(guard.begin)
        elif guard in cut:
            places.errors.append(
                WeaveError(
                    file,
                    guard.begin,
                    f"the guard {guard.stage} cuts a declaration or a block in two",
                    "guard the whole, and what it replaces behind #else",
                )
            )
        elif free[guard] == "row":
            places.rows |= set(range(guard.begin, guard.end + 1))
    return places


def _gone(guard: Guard, reached: bool) -> range:
    """The lines of a guard that are not there before, or once, its stage is reached."""
    middle = guard.middle or guard.end
    return range(middle, guard.end) if reached else range(guard.begin, middle)


def _place(blocks: Blocks, guard: Guard) -> str | Block:
    """What a guard's lines stand in: "scope", "row" (of a list inside a function), "cut", or the
    function whose body they belong to."""
    numbers = [token.line for token in blocks.tokens]
    first, behind = bisect_left(numbers, guard.begin), bisect_left(numbers, guard.end)
    outer = blocks.tokens[first - 1].block if first else blocks.file
    inner = blocks.tokens[behind - 1].block if behind else blocks.file
    if outer is not inner:
        return "cut"
    begun = [
        b
        for b in blocks.blocks
        if b.kind == "function" and (b.head < first < b.open + 1 or b.head < behind < b.open + 1)
    ]
    if begun:
        return begun[0]
    function = _function(outer)
    if _may_grow(blocks, outer, first, behind):
        return "row" if function else "scope"
    return function or "cut"


def _may_grow(blocks: Blocks, block: Block, first: int, behind: int) -> bool:
    """Is this block a list or a scope, and do these of its tokens make up whole members of it?"""
    if block.kind == "switch":
        return blocks.is_dispatch(block)
    if first == behind:
        return block.kind in (*SCOPES, *LISTS)
    texts = [token.text for token in blocks.tokens]
    before, last, after = texts[first - 1] if first else "{", texts[behind - 1], texts[behind:][:1]
    if block.kind in SCOPES:
        return before in (*"{};:",) and last in (*"};:",)
    return block.kind in LISTS and before in (*"{,",) and (last == "," or after == ["}"])


def _function(block: Block) -> Block | None:
    """The function that a block lies in; in none, the outermost lambda."""
    around = list(block.around())
    return next(
        (b for b in around if b.kind == "function"),
        next((b for b in reversed(around) if b.kind == "lambda"), None),
    )


def variants(history: History) -> list[WeaveError]:
    """A function whose text keeps changing is hard to follow. Rows of its lists do not count."""
    texts: dict[tuple[str, str, str], list[str]] = {}
    places: dict[tuple[str, str, str], int] = {}
    rows = {
        file: find(file, text, guards.read(text, file, history.story)[0], history.story).rows
        for file, text in _sources(history)
    }
    for stage in history.story.stages:
        for s in history.index(stage).symbols:
            if s.kind != "function" or not s.defined:
                continue
            key = (s.file, s.qualified, re.sub(r"\s", "", s.args))
            lines = history.text(stage, s.file).splitlines()
            origins = history.origins(stage, s.file)
            body = "\n".join(
                lines[n - 1]
                for n in range(s.line, s.last_line + 1)
                if origins[n - 1] not in rows[s.file]
            )
            if body not in texts.setdefault(key, []):
                texts[key].append(body)
                places[key] = origins[s.line - 1]
    return [
        WeaveError(
            file,
            places[file, name, args],
            f"{name} has {len(found)} variants; at most {MAX_VARIANTS}",
            "let what differs be a function of its own",
        )
        for (file, name, args), found in texts.items()
        if len(found) > MAX_VARIANTS
    ]


def births(history: History) -> Iterator[WeaveError]:
    """A guard at or before its file's birth is never false."""
    story = history.story
    known = {stage.name: stage for stage in story.stages}
    for file, text in _sources(history):
        for guard in guards.read(text, file, story)[0]:
            at, end = known.get(guard.stage), story.retirements.get(file)
            if at and at.number <= story.births[file].number:
                yield WeaveError(
                    file,
                    guard.begin,
                    f"the guard {guard.stage} is always true: the "
                    f"file is born at {story.births[file]}",
                    "remove the guard",
                )
            if at and end and at.number >= end.number:
                yield WeaveError(
                    file,
                    guard.begin,
                    f"the guard {guard.stage} is never true: the file retires at {end}",
                    "remove the guarded lines",
                )


def _sources(history: History) -> Iterator[tuple[str, str]]:
    for file in sorted(history.story.births):
        if file.endswith(SOURCES) and (history.root / file).is_file():
            yield file, source(file, history.story)
