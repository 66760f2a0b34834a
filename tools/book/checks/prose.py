"""The layout of RST, so that a change of prose can be read in a diff: no line is wider than 100
columns, and no sentence begins in the middle of a line. And the length of a chapter, so that it can
be read in one go.

What can't be broken may be wider: tables, literal blocks, commands, an address or a piece of inline
markup that fills a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from book.common.paths import ROOT

WIDTH = 100
WORDS = 3800  # of a chapter, without directives, outputs and code
# Directives whose content is no prose.
LITERAL = re.compile(r"^\s*\.\. (?:code-block|run|break-it|literalinclude|raw|math)::")
DIRECTIVE = re.compile(r"^\s*\.\. (?:(?P<name>[\w-]+)::|_)")
MARKUP = re.compile(r"^\s*(?:\.\. |:[\w-]+:)")  # a directive, a comment, a target, an option
TABLE = re.compile(r"^\s*(?:[|+]|=+ +=)")
BULLET = re.compile(r"^\s*(?:[*-] +)*(?:(?:\d+|#)[.)] +)?")
COMMAND = re.compile(r"^\s*\.\. run::")
INLINE = re.compile(r"``.+?``|`[^`]+`_{0,2}")
# The end of a sentence, what may close behind it, and the capital that begins the next one.
SENTENCE = re.compile(r"""[.?!]["'”’)\]*]*\s+["'“‘(\[*]*(?=[A-Z])""")
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|etc|resp|Fig|No|pp?|[A-Z])|§ ?\d*)\.$")


def lint(paths: Sequence[Path], _: bool = False) -> list[str]:
    return [
        f"{path}:{number}: {what}"
        for path in paths
        for number, what in judge(
            (ROOT / path).read_text(encoding="utf-8"),
            limit=_limit(path),
        )
    ]


def _limit(path: Path) -> int | None:
    return WORDS if path.parent.name == "chapters" else None


def judge(text: str, limit: int | None = None) -> Iterator[tuple[int, str]]:
    """What is wrong in a page: numbers of lines, and words."""
    if limit is not None and (count := words(text)) > limit:
        yield 1, f"{count} words; {limit} are a chapter's limit: cut, fold, or move some elsewhere"
    for number, line in _prose(text):
        if len(line) > WIDTH and not _unbreakable(line):
            yield number, f"{len(line)} columns; {WIDTH} is the limit"
        if not MARKUP.match(line) and (begins := _second_sentence(line)):
            yield number, f"a sentence begins in the middle of a line: {begins}"


def words(text: str) -> int:
    """How many words a page has, its directives' arguments and options not counted. What stands in
    a directive is, as an answer or a card is; of arguments, a question's are."""
    count = 0
    head: int | None = None  # the line that the head of a directive has come to
    for number, line in _prose(text):
        directive = DIRECTIVE.match(line)
        if directive and directive["name"] != "question":
            head = number
        elif head is not None and number == head + 1:
            head = number
        else:
            head = None
            count += len(line.removeprefix(".. question::").split())
    return count


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are neither tables nor inside a literal block, numbered from 1."""
    literal: int | None = None  # the indent of what introduced a literal block
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        if literal is not None and indent > literal:
            continue
        literal = None
        if LITERAL.match(line) or (line.rstrip().endswith("::") and not MARKUP.match(line)):
            literal = indent
        if not TABLE.match(line):
            yield number, line


def _start(line: str) -> int:
    """Where a line's text begins, behind its bullets."""
    bullets = BULLET.match(line)
    return bullets.end() if bullets else 0


def _unbreakable(line: str) -> bool:
    start = _start(line)
    pieces = INLINE.sub(lambda found: "x" * len(found[0]), line).split()
    return bool(COMMAND.match(line)) or any(start + len(piece) > WIDTH for piece in pieces)


def _second_sentence(line: str) -> str:
    """How a sentence begins that is not the line's first, if there is one."""
    start = _start(line)
    plain = INLINE.sub(lambda found: "x" * len(found[0]), line)
    for end in SENTENCE.finditer(plain, start):
        if not ABBREVIATION.search(plain[start : end.start() + 1]):
            return line[end.end() :][:40]
    return ""
