"""Scenario files: conversations with a cluster, played by the program `scenario` of the last stage.

One file is a test, a picture and a scene on a page. The files of diagrams/scenarios/ are pictures:
a page shows diagrams/scenarios/NAME.txt with `.. scene:: NAME`, as it shows a scene program.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from book.common import process
from book.common.paths import ROOT, shown, typed
from book.common.refusal import Refusal
from book.cpp import cmake
from book.cpp.stage_trees import stage_tree

FOLDER = ROOT / "diagrams" / "scenarios"
PLAYER = "scenario"  # the program
PATIENCE = 60.0  # seconds for one file


def names() -> list[str]:
    """The pictures that are drawn from scenario files."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def trace(program: Path, file: Path) -> str:
    """The trace of one run, whose conversation is compared with the file's."""
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        out = Path(scratch) / "trace.json"
        done = process.run([program, "--quiet", "--trace", out, shown(file)], timeout=PATIENCE)
        if not done.ok:
            raise Refusal(
                complaint(done), f"./book scenario {typed(file)} --rewrite, if it is right now"
            )
        return out.read_text(encoding="utf-8")


def complaint(done: process.Done) -> str:
    """What a run that failed said, in its own words."""
    if done.timed_out:
        return f"the scenario did not finish in {PATIENCE:.0f} s"
    return done.output.strip() or f"the scenario ended with exit code {done.code}"


def build_player(stage: str | None = None) -> Path:
    """The program of a stage, the last one if none is named, up to date."""
    tree = stage_tree(stage)
    where = tree / "play"  # b/ is where the pages' commands run, perhaps at this moment
    done = cmake.configure(tree, where)
    if not done.ok:
        raise Refusal("CMake could not configure the code:\n" + done.tail(20), "mend what it says")
    done = cmake.build(where, [PLAYER])
    if not done.ok:
        raise Refusal(
            "the program does not compile:\n" + cmake.complaints(done.output)[:4000],
            "mend the code",
        )
    return where / PLAYER
