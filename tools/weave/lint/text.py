"""What is judged line by line: sizes, columns, leftovers, white space."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weave.errors import WeaveError
from weave.trees.history import History

MAX_LINES, MAX_COLUMNS = 400, 90
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK|WIP|TBD|NOCOMMIT|TO-FILL)\b(?!\([^)]+\))")


def check(file: str, text: str) -> Iterator[WeaveError]:
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        yield WeaveError(
            file, MAX_LINES + 1, f"{len(lines)} lines; at most {MAX_LINES}", "split it by idea"
        )
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            yield WeaveError(
                file, number, f"{len(line)} columns; at most {MAX_COLUMNS}", "break the line"
            )
        left = LEFTOVER.search(line)
        if left:
            yield WeaveError(
                file,
                number,
                f"{left[1]} is left over",
                f"do it, or say whose it is: {left[1]}(name)",
            )
        if line != line.rstrip() or "\t" in line:
            yield WeaveError(
                file, number, "a tab or spaces at the end of the line", "run clang-format"
            )
    if text and not text.endswith("\n"):
        yield WeaveError(file, len(lines), "no newline at the end of the file", "add one")


def leftovers_of_pages(history: History) -> Iterator[WeaveError]:
    for path in history.pages():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            left = LEFTOVER.search(line)
            if left:
                yield WeaveError(
                    path.relative_to(history.root).as_posix(),
                    number,
                    f"{left[1]} is left over",
                    "do it",
                )
