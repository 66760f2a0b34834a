"""Does the tree have room for the next part? A throw-away copy of it gets the rows that the next
chapters need, each at its place, and is linted. Nothing of it is kept.
"""
from __future__ import annotations

import shutil
import tempfile
import tomllib
from pathlib import Path

from weave import lint
from weave.book import Book
from weave.errors import WeaveError
from weave.story import STORY

DATA = Path(__file__).with_name("part3.toml")
COPIED = ("code", "diagrams", "CMakeLists.txt", "CMakePresets.json")


def errors(root: Path, data: Path = DATA) -> list[WeaveError]:
    """What the lint says of a copy of the tree that has grown."""
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        copy = Path(folder)
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name)
            else:
                shutil.copy2(root / name, copy / name)
        grow(root, copy, tomllib.loads(data.read_text(encoding="utf-8")))
        return lint.check(Book(copy))


def grow(root: Path, copy: Path, data: dict[str, list[dict[str, str]]]) -> None:
    """Adds the stages to the story, and every row behind its anchor."""
    text = (root / STORY).read_text(encoding="utf-8")
    last = text.rfind('chapter = "') + len('chapter = "')
    chapter = text[last:text.index('"', last)]
    for stage in data["stage"]:
        text += f'\n[[stage]]\nname = "{stage["name"]}"\nchapter = "{chapter}"\nborn = []\n'
    (copy / STORY).parent.mkdir(exist_ok=True)
    (copy / STORY).write_text(text, encoding="utf-8")
    for row in data["row"]:
        file = copy / row["file"]
        before = file.read_text(encoding="utf-8")
        if before.count(row["after"]) != 1:
            raise WeaveError(row["file"], None, f"{before.count(row['after'])} places fit "
                             f"`{row['after'].strip()}`", f"mend the anchor in {DATA.name}")
        guarded = f"#if STAGE >= {row['stage']}\n{row['lines'].strip(chr(10))}\n#endif\n"
        file.write_text(before.replace(row["after"], row["after"] + guarded), encoding="utf-8")
