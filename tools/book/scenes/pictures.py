"""The pictures that pages show: their programs, their runs, and what is kept of those.

A picture is a scene program, diagrams/scenes/NAME.cpp, or a scenario file: see `scenario_files`.
Its trace is kept in build/scenes, where the pages' build finds it.
"""

from __future__ import annotations

import json
from pathlib import Path

from book.common import process
from book.common.paths import SCENES
from book.common.refusal import Refusal
from book.cpp import cmake
from book.scenes import scenario_files
from weave.files import write_if_changed


def scene_names(tree: Path) -> list[str]:
    return sorted(path.stem for path in (tree / "diagrams" / "scenes").glob("*.cpp"))


def build_programs(
    tree: Path, tell: cmake.Tell | None = None, strict: bool = False, only: str = ""
) -> Path:
    """Builds the scenes' programs of a tree, or that of one; returns where they stand."""
    where = tree / ("t" if strict else "b")
    done = cmake.configure(tree, where, werror=strict, tests=strict)
    if not done.ok:
        raise Refusal("CMake could not configure the code:\n" + done.tail(20), "mend what it says")
    scenes = scene_names(tree)
    targets = [f"scene_{name}" for name in scenes if only in ("", name)]
    if scenario_files.names() and only not in scenes:
        targets.append(scenario_files.PLAYER)
    if targets:
        done = cmake.build(where, targets, tell)
        if not done.ok:
            raise Refusal(
                "the pictures' programs do not compile:\n" + cmake.complaints(done.output)[:4000],
                "mend the code",
            )
    return where


def names(tree: Path) -> list[str]:
    """What pages can show with `.. scene::`: programs, and scenario files."""
    return sorted(scene_names(tree) + scenario_files.names())


def run(programs: Path, name: str) -> str:
    """One run of a scene's program, or of a scenario file: its trace."""
    if name in scenario_files.names():
        file = scenario_files.FOLDER / f"{name}.txt"
        return scenario_files.trace(programs / scenario_files.PLAYER, file)
    return run_program(programs / f"scene_{name}")


def run_program(program: Path) -> str:
    """One run of a scene: its trace, checked to be JSON."""
    done = process.run([program], timeout=60, errors_too=False)
    if done.timed_out:
        raise Refusal(
            f"{program.name} did not finish in 60 s", "it waits for something that never comes"
        )
    try:
        json.loads(done.output)
    except ValueError:
        said = process.run([program], timeout=60).tail(5)
        raise Refusal(
            f"{program.name} did not print a trace (exit code {done.code}): {said}",
            "run it by hand",
        ) from None
    return done.output


def write_traces(tree: Path, tell: cmake.Tell | None = None) -> int:
    """Builds and runs every scene of a tree; writes build/scenes/NAME.json. How many there are."""
    programs = build_programs(tree, tell)
    drawn = names(tree)
    for number, name in enumerate(drawn, 1):
        if tell:
            tell(number, len(drawn), name)
        keep_trace(name, run(programs, name))
    drop_stale_traces(drawn)
    return len(drawn)


def ensure_traces(tree: Path) -> None:
    """Those that are kept may do."""
    if not all((SCENES / f"{name}.json").exists() for name in names(tree)):
        write_traces(tree)


def keep_trace(name: str, text: str) -> None:
    write_if_changed(SCENES / f"{name}.json", text)


def drop_stale_traces(drawn: list[str]) -> None:
    for stale in SCENES.glob("*.json"):
        if stale.stem not in drawn:
            stale.unlink()
