"""Scenario files: conversations with a cluster, played by the program `scenario` of the last stage.

One file is a test, a picture and a scene on a page. The files of diagrams/scenarios/ are pictures: a
page shows diagrams/scenarios/NAME.txt with `.. scene:: NAME`, as it shows a scene program.
"""
from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from book import cmake, proc, say, site
from book.paths import ROOT, shown
from book.say import Refusal

FOLDER = ROOT / "diagrams" / "scenarios"
PROGRAM = "scenario"
PATIENCE = 60.0  # seconds for one file


def names() -> list[str]:
    """The pictures that are drawn from scenario files."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def traced(program: Path, file: Path) -> str:
    """The trace of one run, whose conversation is compared with the file's."""
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        out = Path(scratch) / "trace.json"
        done = proc.run([program, "--quiet", "--trace", out, shown(file)], timeout=PATIENCE)
        if not done.ok:
            raise Refusal(told(done), f"./book scenario {shown(file)} --rewrite, if it is right now")
        return out.read_text(encoding="utf-8")


def told(done: proc.Done) -> str:
    """What a run that failed said, in its own words."""
    if done.timed_out:
        return f"the scenario did not finish in {PATIENCE:.0f} s"
    return done.output.strip() or f"the scenario ended with exit code {done.code}"


def build(stage: str | None = None) -> Path:
    """The program of a stage, the last one if none is named, up to date."""
    tree = site.stage_tree(stage)
    where = tree / "play"  # b/ is where the pages' commands run, perhaps at this moment
    done = cmake.configure(tree, where)
    if not done.ok:
        raise Refusal("CMake could not configure the code:\n" + done.tail(20), "mend what it says")
    done = cmake.build(where, [PROGRAM])
    if not done.ok:
        raise Refusal("the program does not compile:\n" + cmake.complaints(done.output)[:4000],
                      "mend the code")
    return where / PROGRAM


def main(file: Path, trace: Path | None, svg: Path | None, rewrite: bool) -> int:
    """Plays a file. 0 if the conversation is as the file has it."""
    if not file.is_file():
        raise Refusal(f"there is no file {file}", f"{shown(FOLDER)} has some")
    step_kind = say.Step if say.console.is_terminal else say.Quiet  # what follows may be piped on
    with step_kind("Building the program that plays scenarios"):
        program = build()
    options: list[str | Path] = ["--rewrite"] if rewrite else []
    if svg and not trace:
        with tempfile.TemporaryDirectory(prefix="book-") as scratch:
            trace = Path(scratch) / "trace.json"
            code = _play(program, [*options, "--trace", trace, file])
            _draw(trace, svg)
        return code
    code = _play(program, [*options, *(["--trace", trace] if trace else []), file])
    if svg and trace:
        _draw(trace, svg)
    return code


def _play(program: Path, arguments: list[str | Path]) -> int:
    done = proc.run([program, *arguments], timeout=PATIENCE,
                    on_line=lambda text: print(text, flush=True))
    if done.timed_out:
        raise Refusal(told(done))
    return done.code


def _draw(trace: Path, svg: Path) -> None:
    sys.path.insert(0, str(ROOT / "tools" / "site" / "ext"))
    from bookext import pictures
    try:
        run = pictures.scene(trace.name, trace.read_text(encoding="utf-8"))
        svg.write_text(run.standalone(), encoding="utf-8")
    except pictures.PictureError as error:
        raise Refusal(str(error)) from None
    say.line(f"The picture is in {shown(svg)}.")
