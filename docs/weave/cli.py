"""The command line: `python3 -m weave {cmake,emit,equal}`."""
from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from weave.errors import WeaveError, WeaveErrors
from weave.story import Story, load


def _cmake(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave import cmake
    cmake.write(args.stage, Path(args.out), story)
    return []


def _emit(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.emit import emit
    changed = emit(args.stage, args.dest, story.root, overwrite=args.force)
    print(f"{story.stage(args.stage)}: {len(changed)} files changed in {args.dest}")
    return []


def _equal(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave import equal
    errors = equal.check(story, [story.stage(s) for s in args.stages] or None)
    if not errors:
        print("the guarded tree and the clean trees preprocess to the same text")
    return errors


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="weave", description=sys.modules["weave"].__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--root", help="the book's tree (default: the one weave lies in)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[..., list[WeaveError]], what: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=what, description=what)
        command.set_defaults(run=run)
        return command

    cmake = add("cmake", _cmake, "write files.cmake and stages.hpp for CMake")
    cmake.add_argument("--out", required=True, help="directory to write to")
    cmake.add_argument("stage", nargs="?", default="", help="default: the last stage")
    emit = add("emit", _emit, "write the clean tree of a stage")
    emit.add_argument("stage")
    emit.add_argument("dest")
    emit.add_argument("--force", action="store_true", help="overwrite files edited there")
    equal = add("equal", _equal, "guarded and clean trees preprocess to the same text")
    equal.add_argument("stages", nargs="*", metavar="STAGE", help="default: every stage")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    args = parser().parse_args(argv)
    try:
        errors = args.run(args, load(args.root))
    except WeaveError as error:
        errors = [error]
    except WeaveErrors as several:
        errors = several.errors
    except BrokenPipeError:
        return 1
    for error in errors:
        print(error, file=sys.stderr)
    return 1 if errors else 0
