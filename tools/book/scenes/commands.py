"""`./book scenario` and `./book scene`: a conversation or a picture of a page, in the terminal."""

from __future__ import annotations

import tempfile
from pathlib import Path

from book.common import process, terminal
from book.common.paths import shown, typed
from book.common.refusal import Refusal
from book.cpp.stage_trees import stage_tree
from book.scenes import drawing, pictures, scenario_files
from weave.errors import did_you_mean


def play_scenario(file: Path, trace: Path | None, svg: Path | None, rewrite: bool) -> int:
    """Plays a file. 0 if the conversation is as the file has it."""
    if not file.is_file():
        raise Refusal(f"there is no file {file}", f"{shown(scenario_files.FOLDER)} has some")
    with terminal.step_before_output()("Building the program that plays scenarios"):
        program = scenario_files.build_player()
    options: list[str | Path] = ["--rewrite"] if rewrite else []
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        if svg and not trace:
            trace = Path(scratch) / "trace.json"
        if trace:
            options += ["--trace", trace]
        code = _play(program, [*options, file])
        if svg and trace:
            _save(_drawn(trace.name, trace.read_text(encoding="utf-8")), svg)
    return code


def show_scene(name: str, svg: Path | None) -> None:
    """Builds the scene's program, runs it, and tells what happened."""
    tree = stage_tree()
    names = pictures.names(tree)
    if name not in names:
        raise Refusal(
            f"there is no scene {name}",
            did_you_mean(name, names, "diagrams/scenes and diagrams/scenarios hold them"),
        )
    with terminal.step_before_output()("Building the scenes' programs") as step:
        programs = pictures.build_programs(tree, step.at, only=name)
    picture = _drawn(name, pictures.run(programs, name))
    print(picture.transcript, end="")
    if name in scenario_files.names():
        file = scenario_files.FOLDER / f"{name}.txt"
        terminal.line(f"\nThe conversation: ./book scenario {typed(file)}", "dim")
    if svg:
        _save(picture, svg)


def _play(program: Path, arguments: list[str | Path]) -> int:
    done = process.run(
        [program, *arguments],
        timeout=scenario_files.PATIENCE,
        on_line=lambda text: print(text, flush=True),
    )
    if done.timed_out:
        raise Refusal(scenario_files.complaint(done))
    return done.code


def _drawn(name: str, trace: str) -> drawing.Scene:
    try:
        return drawing.scene(name, trace)
    except drawing.PictureError as error:
        raise Refusal(str(error)) from None


def _save(picture: drawing.Scene, svg: Path) -> None:
    svg.write_text(picture.standalone(), encoding="utf-8")
    terminal.line(f"The picture is in {shown(svg)}.")
