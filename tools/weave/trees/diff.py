"""What changes in a file between two stages, as one list of rows that shows both texts."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

KEPT, ADDED, REMOVED, ELIDED = " ", "+", "-", "~"


@dataclass(frozen=True)
class Row:
    kind: str
    old: int | None  # line number before, from 1; None if the line is added
    new: int | None  # line number after; None if the line is removed
    text: str

    @property
    def changed(self) -> bool:
        """Is this a change that a page has to show? Blank lines are nobody's business."""
        return self.kind in (ADDED, REMOVED) and bool(self.text.strip())


def rows(before: str, after: str) -> list[Row]:
    old, new = before.splitlines(), after.splitlines()
    # Blank lines and lone braces match anything; they must not anchor the comparison.
    matcher = difflib.SequenceMatcher(lambda line: len(line.strip()) < 3, old, new, False)
    keep = _slide([tag != "equal" for tag in _flags(matcher.get_opcodes(), len(new))], new)
    drop = [True] * len(old)
    for tag, i1, i2, _, _ in matcher.get_opcodes():
        if tag == "equal":
            drop[i1:i2] = [False] * (i2 - i1)
    drop = _slide(drop, old)
    return _merge(old, new, drop, keep)


def _flags(opcodes: list[tuple[str, int, int, int, int]], size: int) -> list[str]:
    flags = ["insert"] * size
    for tag, _, _, j1, j2 in opcodes:
        flags[j1:j2] = [tag] * (j2 - j1)
    return flags


def _slide(marked: list[bool], lines: list[str]) -> list[bool]:
    """Moves each marked block to where it reads best: begun after a blank line, ended by one."""
    marked = list(marked)
    begin = 0
    while begin < len(marked):
        if not marked[begin]:
            begin += 1
            continue
        end = begin
        while end < len(marked) and marked[end]:
            end += 1
        size, low = end - begin, begin
        while low > 0 and not marked[low - 1] and lines[low - 1] == lines[low + size - 1]:
            low -= 1
        high = begin
        while (
            high + size < len(marked)
            and not marked[high + size]
            and lines[high] == lines[high + size]
        ):
            high += 1
        best = max(range(low, high + 1), key=lambda at: _score(lines, at, size))
        if low > 0 and marked[low - 1] or high + size < len(marked) and marked[high + size]:
            best = begin  # it would run into its neighbour
        marked[begin:end] = [False] * size
        marked[best : best + size] = [True] * size
        begin = max(best + size, end)
    return marked


def _score(lines: list[str], at: int, size: int) -> tuple[int, int, int]:
    before = lines[at - 1].strip() if at else ""
    last = lines[at + size - 1].strip()
    indent = len(lines[at]) - len(lines[at].lstrip()) if lines[at].strip() else 99
    return (not before) + (not last), -indent, at


def _merge(old: list[str], new: list[str], drop: list[bool], add: list[bool]) -> list[Row]:
    out: list[Row] = []
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and drop[i]:
            out.append(Row(REMOVED, i + 1, None, old[i]))
            i += 1
        elif j < len(new) and add[j]:
            out.append(Row(ADDED, None, j + 1, new[j]))
            j += 1
        else:
            out.append(Row(KEPT, i + 1, j + 1, new[j]))
            i, j = i + 1, j + 1
    return out


def counts(rows_: list[Row]) -> tuple[int, int]:
    """Lines added and lines removed, blank ones included."""
    return (sum(row.kind == ADDED for row in rows_), sum(row.kind == REMOVED for row in rows_))
