"""No chapter is called by a number that a person wrote: one that is inserted would make it wrong.

Numbers are places in story.toml. Prose, briefs and hints have the role `:chapter:`; everything else
names the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from weave.errors import WeaveError
from weave.files import GENERATED
from weave.story import Story
from weave.trees.history import History

SEARCHED = (
    "chapters",
    "code",
    "diagrams",
    "docs",
    "exercises",
    "tools",
    "conf.py",
    "index.rst",
    "README.md",
    "CONTRIBUTING.md",
)
TEXT = (
    ".cmake",
    ".cpp",
    ".css",
    ".dot",
    ".go",
    ".hpp",
    ".html",
    ".js",
    ".json",
    ".md",
    ".mjs",
    ".py",
    ".rst",
    ".svg",
    ".toml",
    ".txt",
)
WITH_ROLES = (".rst", ".toml")
# A number may stand in the next line, behind what begins a line of a comment there.
BY_HAND = re.compile(
    r"\b[Cc]hapters?(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*(?:(?://+|#+|\*)[^\S\n]*)?)"
    r"(?P<number>\d+)\b"
)


def check(history: History) -> Iterator[WeaveError]:
    for place in SEARCHED:
        path = history.root / place
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            name = file.relative_to(history.root).as_posix()
            if file.suffix in TEXT and file.is_file() and not name.startswith(GENERATED + "/"):
                yield from judge(name, file.read_text(encoding="utf-8"), history.story)


def judge(file: str, text: str, story: Story) -> Iterator[WeaveError]:
    for found in BY_HAND.finditer(text):
        said = " ".join(part for part in found[0].split() if part.isalnum())
        yield WeaveError(
            file,
            text.count("\n", 0, found.start()) + 1,
            f"{said} is a number by hand",
            _mend(file, int(found["number"]), story),
        )


def _mend(file: str, number: int, story: Story) -> str:
    slugs = [c.slug for c in story.chapters + story.coming if c.number == number]
    if Path(file).suffix in WITH_ROLES:
        return f"write :chapter:`{slugs[0] if slugs else 'slug'}`"
    return "name the subject instead" + (f", {slugs[0]}" if slugs else "")
