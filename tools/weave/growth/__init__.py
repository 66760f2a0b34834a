"""Does the tree have room for the next part? A throw-away copy of it gets the rows that the next
chapters need, each at its place, and is linted. Nothing of it is kept.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import tomllib
from pathlib import Path

from weave.errors import WeaveError
from weave.lint import every_rule
from weave.story import STORY
from weave.trees.history import History

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
        return every_rule.check(History(copy))


def grow(root: Path, copy: Path, data: dict[str, list[dict[str, str]]]) -> None:
    """Writes the planned chapters into the story, up to the last stage that a row names, and puts
    every row behind its anchor."""
    text = (root / STORY).read_text(encoding="utf-8")
    named = {row["stage"] for row in data["row"]}
    for planned in re.findall(r'^planned = \["\w+"\]\n', text, re.MULTILINE):
        if not named:
            break
        name = planned.split('"')[1]
        text = text.replace(planned, f'\n[[part.chapter.stage]]\nname = "{name}"\n')
        named.discard(name)
    if named:
        raise WeaveError(
            DATA.name, None, f"{min(named)} is no planned stage", f"name one that {STORY} plans"
        )
    (copy / STORY).parent.mkdir(exist_ok=True)
    (copy / STORY).write_text(text, encoding="utf-8")
    for row in data["row"]:
        file = copy / row["file"]
        before = file.read_text(encoding="utf-8")
        if before.count(row["after"]) != 1:
            raise WeaveError(
                row["file"],
                None,
                f"{before.count(row['after'])} places fit `{row['after'].strip()}`",
                f"mend the anchor in {DATA.name}",
            )
        guarded = f"#if STAGE >= {row['stage']}\n{row['lines'].strip(chr(10))}\n#endif\n"
        file.write_text(before.replace(row["after"], row["after"] + guarded), encoding="utf-8")
