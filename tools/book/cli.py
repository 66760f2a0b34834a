"""The commands and their options."""

# Debian's typer reads Optional[List[str]], and does not yet read list[str] | None.
# ruff: noqa: UP006, UP035, UP045
from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, List, Optional

import typer

from book.common import process, terminal
from book.common.refusal import Refusal
from weave.errors import WeaveError, WeaveErrors

# Typer stands on click, and newer ones bring their own copy of it; this is the one in use.
UsageError: Any = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="book",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Raft, Step by Step: one command for the whole book. It sets up what is "
    "missing, then does what you ask.",
)

EXERCISE = typer.Argument(
    None,
    metavar="[EXERCISE]",
    show_default=False,
    help="as ./book list names it; without one, the one touched last",
)


@app.command()
def read(
    serve: bool = typer.Option(True, "--serve/--no-serve", help="serve it, or only build it"),
    port: int = typer.Option(8000, help="the port of the local address"),
) -> None:
    """Build the node and the book, serve it with live reload, print the address."""
    from book.serving import reading

    reading.read(port if serve else None)


@app.command()
def test(
    quick: bool = typer.Option(
        False,
        "--quick",
        help="the inner loop: what takes minutes is left out, what did not change is not run again",
    ),
    only: Optional[List[str]] = typer.Option(
        None, "--only", metavar="NAME", help="this check only; may be repeated"
    ),
    listed: bool = typer.Option(False, "--list", help="name the checks, run none"),
    rewrite: bool = typer.Option(
        False,
        "--rewrite",
        help="with --only scenes, outputs or "
        "exercises: write down what the run says; with a linter: "
        "mend what it can",
    ),
) -> None:
    """Everything: all stages, sanitizers, exercises, the book, its pages in a real browser."""
    from book.checks import engine

    raise typer.Exit(engine.run(quick, list(only or []), listed, rewrite))


@app.command()
def stage(
    name: str = typer.Argument(..., metavar="NAME", help="FRONT_DOOR, or front-door"),
    directory: Optional[Path] = typer.Argument(
        None, metavar="[DIR]", show_default=False, help="default: practice/stages/NAME"
    ),
) -> None:
    """Write the clean tree of a stage, buildable on its own with CMake."""
    from book.cpp import stage_trees

    stage_trees.write_for_reader(name, directory)


@app.command()
def scenario(
    file: Path = typer.Argument(..., metavar="FILE", help="a conversation with a cluster"),
    trace: Optional[Path] = typer.Option(
        None, "--trace", metavar="OUT.json", help="write the events of its picture here"
    ),
    svg: Optional[Path] = typer.Option(
        None, "--svg", metavar="OUT.svg", help="draw its picture here"
    ),
    rewrite: bool = typer.Option(False, "--rewrite", help="write what was heard into the file"),
) -> None:
    """Play a scenario file; exits 1 if the nodes say something else than the file."""
    from book.scenes import commands
    from book.setup import install

    install.ensure("picture" if svg else "stage")
    raise typer.Exit(commands.play_scenario(file, trace, svg, rewrite))


@app.command()
def scene(
    name: str = typer.Argument(
        ..., metavar="NAME", help="as a page's recording names it: rendezvous, figure_8_committed"
    ),
    svg: Optional[Path] = typer.Option(
        None, "--svg", metavar="OUT.svg", help="draw its picture here"
    ),
) -> None:
    """Run the program behind a picture, and tell what happened in it."""
    from book.scenes import commands
    from book.setup import install

    install.ensure("picture")
    commands.show_scene(name, svg)


@app.command("list")
def list_() -> None:
    """The exercises: kind, stars, minutes, and how far you are."""
    from book.exercises import loop

    loop.list_exercises()


def _ready(name: Optional[str]):  # type: ignore[no-untyped-def]
    """The exercise that is meant, once all is here to judge it."""
    from book.exercises import loop
    from book.setup import install

    exercise = loop.pick(name)
    install.ensure("exercise")
    return exercise


@app.command()
def start(
    exercise: str = typer.Argument(..., metavar="EXERCISE", help="as ./book list names it"),
) -> None:
    """Put an exercise's starter into practice/."""
    from book.exercises import loop

    loop.start(_ready(exercise))


@app.command()
def check(
    exercise: Optional[str] = EXERCISE,
    only: str = typer.Option(
        "", "--filter", help="run only the tests whose names match, as 'Suite.*'; sets no mark"
    ),
) -> None:
    """Judge your files: what passes, what fails, and why."""
    from book.exercises import loop

    raise typer.Exit(0 if loop.check(_ready(exercise), only) else 1)


@app.command()
def watch(exercise: Optional[str] = EXERCISE) -> None:
    """Check at every save."""
    from book.exercises import loop

    loop.watch(_ready(exercise))


@app.command()
def hint(
    exercise: Optional[str] = EXERCISE,
    everything: bool = typer.Option(False, "--all", help="every hint at once"),
) -> None:
    """The next hint."""
    from book.exercises import loop

    loop.hint(loop.pick(exercise), everything)


@app.command()
def reset(
    exercise: Optional[str] = EXERCISE,
    yes: bool = typer.Option(False, "--yes", "-y", help="do not ask"),
) -> None:
    """Put the starter back; your files are kept as .bak."""
    from book.exercises import loop

    loop.reset(_ready(exercise), yes)


@app.command()
def solution(
    exercise: Optional[str] = EXERCISE,
    print_only: bool = typer.Option(False, "--print", help="print it, change nothing"),
) -> None:
    """Put the solution in place; your files are kept as .bak."""
    from book.exercises import loop

    loop.solution(_ready(exercise), print_only)


@app.command()
def grade(
    exercises: Optional[List[str]] = typer.Argument(
        None, metavar="[EXERCISE]...", show_default=False, help="default: all of them"
    ),
    form: str = typer.Option(
        "table",
        "--format",
        metavar="FORMAT",
        help="table, gradescope (results.json), junit (results.xml), github",
    ),
    out: Optional[Path] = typer.Option(None, "--out", help="write the results here instead"),
    hidden: Optional[Path] = typer.Option(
        None, "--hidden", metavar="DIR", help="a directory of hidden tests"
    ),
) -> None:
    """For teachers: grade what is in practice/. Exits 0 when it graded; github: 1 if one fails."""
    from book.exercises import grading

    if not grading.run(list(exercises or []), form, out, hidden):
        raise typer.Exit(1)


@app.command()
def bench(
    name: Optional[str] = typer.Argument(
        None,
        metavar="[NAME]",
        show_default=False,
        help="csp, node, codec, quorum, log, raft or pages; default: all",
    ),
    save: bool = typer.Option(
        False, "--save", help="keep the table for the pages, in chapters/measured/"
    ),
) -> None:
    """The benchmarks, beside Go's and C's where they are installed."""
    from book.benchmarks import command

    command.run(name, save)


@app.command()
def conformance(
    seed: int = typer.Option(1, "--seed", help="another seed, other conversations"),
    count: int = typer.Option(2000, "--count", min=1, help="how many"),
) -> None:
    """Random conversations, played by our core and by etcd's own; needs Go."""
    from book.conformance import comparison
    from book.setup import install

    install.ensure("stage")
    comparison.run(seed, count)


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        terminal.speak(stream)
    process.heed_signals()
    try:
        _main()
    finally:
        process.end_all()


def _main() -> None:
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], prog_name="./book", standalone_mode=False) or 0)
    except UsageError as error:
        name = error.ctx.info_name if error.ctx else "./book"
        mend = "./book --help" if name == "./book" else f"./book {name} --help"
        terminal.refuse(f"{error.format_message().rstrip('.')} — {mend} says what there is")
        sys.exit(2)
    except typer.Abort:
        sys.exit(130)
    except Refusal as refusal:
        terminal.refuse(str(refusal))
        sys.exit(refusal.code)
    except (WeaveError, WeaveErrors) as error:
        terminal.refuse(str(error))
        sys.exit(1)
    except KeyboardInterrupt as stop:
        terminal.line()
        sys.exit(stop.code if isinstance(stop, process.Ended) else 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        terminal.refuse(
            f"{what}{error.strerror or error} — free some space or mend the permissions"
        )
        sys.exit(1)
