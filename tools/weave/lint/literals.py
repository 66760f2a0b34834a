"""A name on a page is one of ours, or of somebody else's that is known.

A literal that looks like a name, ``hardState`` or ``kLooks``, is looked for in the code, its tests
and its files. Single words with no capital inside say too little to judge; ``TestProposal`` is a
test of etcd's, which the check `etcd-names` looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from weave.cpp import lexer
from weave.errors import WeaveError, did_you_mean
from weave.pages import rst
from weave.story import Story
from weave.trees.history import History

OTHERS = "tools/weave/lint/other_names.txt"
WORD = re.compile(r"(?<![\w$*])[A-Za-z]\w*(?!\w*\*)")
ETCDS = re.compile(r"Test[A-Z]")
LOOKS = re.compile(r"[a-z\d][A-Z]|_\w|\w_$")
NAMED = ("code", "diagrams", "exercises", "docs", "tools")  # files here may be named
PAGES = (
    "index.rst",
    "chapters/*.rst",
    "exercises/*/*/brief.rst",
    "docs/*.rst",
    "docs/reference/*.rst",
    "docs/teaching/*.rst",
)


def check(history: History) -> Iterator[WeaveError]:
    root = history.root
    known = ours(root, history.story) | others(root)
    for pattern in PAGES:
        for path in sorted(root.glob(pattern)):
            for literal in rst.read(path, root).literals:
                for name in names(literal.text):
                    if name not in known:
                        yield WeaveError(
                            path.relative_to(root).as_posix(),
                            literal.line,
                            f"``{literal.text}``: nothing in the code is called {name}",
                            did_you_mean(name, known, "mend it")
                            + f" or, if it is somebody else's, add it to {OTHERS}",
                        )


def names(text: str) -> list[str]:
    """What looks like a name in a literal."""
    return [word for word in WORD.findall(text) if LOOKS.search(word) and not ETCDS.match(word)]


def ours(root: Path, story: Story) -> set[str]:
    """Every name in the code, of any stage, and of every file."""
    found = {stage for chapter in story.coming for stage in chapter.planned}
    found |= {stage.name for stage in story.stages}
    for place in NAMED:
        for path in (root / place).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found |= set(WORD.findall(path.name)) | {path.stem.removesuffix("_main")}
                if path.suffix in (".cpp", ".hpp"):
                    found |= _in_code(path.read_text(encoding="utf-8"))
                elif path.name == "exercise.toml":
                    found |= set(WORD.findall(path.read_text(encoding="utf-8")))
    return found


@cache
def _in_code(text: str) -> frozenset[str]:
    return frozenset(WORD.findall("\n".join(lexer.blank(text, literals=False))))


def others(root: Path) -> set[str]:
    """Names of other people's code that pages speak of; after a `#`, whose they are."""
    path = root / OTHERS
    if not path.exists():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {word for line in lines for word in line.partition("#")[0].split()}
