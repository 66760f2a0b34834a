"""The clean trees of the stages, in build/stages."""

from __future__ import annotations

from pathlib import Path

from book.common import terminal
from book.common.paths import PRACTICE, STAGES, shown, typed
from book.common.refusal import Refusal
from book.setup import install
from weave import story
from weave.trees import emit


def stage_tree(name: str | None = None) -> Path:
    """The clean tree of a stage (default: the last), up to date."""
    stage = story.load().stage(name)
    emit.emit(stage.name, STAGES / stage.name)
    return STAGES / stage.name


def write_for_reader(name: str, directory: Path | None) -> None:
    """`./book stage`: the clean tree of a stage, where the reader wants it."""
    wanted = name.strip().upper().replace("-", "_")
    names = [s.name for s in story.load().stages]
    if wanted not in names:
        raise Refusal(f"there is no stage {name}", "the stages are " + ", ".join(names))
    place = directory or PRACTICE / "stages" / wanted
    if place.is_file() or (place.is_dir() and any(place.iterdir())):
        raise Refusal(f"{shown(place)} is not empty", "name a new directory")
    install.ensure("stage")
    emit.emit(wanted, place)
    where = typed(place)
    terminal.line(f"{wanted} is in {shown(place)}. It builds on its own:")
    terminal.line(
        f"  cmake -S {where} -B {where}/b && cmake --build {where}/b && ctest --test-dir {where}/b"
    )
