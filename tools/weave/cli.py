"""The story of the code, checked and rendered: `python3 -m weave COMMAND`, run from tools/."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import weave
from weave.errors import WeaveError, WeaveErrors
from weave.story import Story, load


def _cmake(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.trees import cmake

    cmake.write(args.stage, Path(args.out), story)
    return []


def _emit(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.trees.emit import emit

    changed = emit(args.stage, args.dest, story.root, overwrite=args.force)
    print(f"{story.stage(args.stage)}: {len(changed)} files changed in {args.dest}")
    return []


def _equal(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.trees import equal

    errors = equal.check(story, [story.stage(s) for s in args.stages] or None)
    if not errors:
        print("the guarded tree and the clean trees preprocess to the same text")
    return errors


def _symbols(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.trees.symbol_index import index

    known = index(args.stage, story=story)
    found = known.matches(args.name) if args.name else known.symbols
    if not found:
        raise known.unknown(args.name)
    for s in found:
        role = "" if s.defined else " (declaration)"
        print(f"{s.file}:{s.first_line}-{s.last_line} {s.kind} {s.qualified}{s.args}{role}")
    return []


def _coverage(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.pages import coverage
    from weave.trees.history import History

    history = History(story.root)
    errors = coverage.check_pages(history, args.chapters)
    if not errors:
        pages = len(args.chapters or history.pages())
        print(f"{pages} pages show every line that their chapters change")
    return errors


def _lint(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.lint import every_rule
    from weave.trees.history import History

    errors = every_rule.check(History(story.root))
    if not errors:
        print("lint: nothing to mend")
    return errors


def _growth(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave import growth

    errors = growth.errors(story.root)
    if not errors:
        print("growth: the next chapters have room")
    return errors


def _check(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    """Everything that needs no build: the lint, both trees equal, the pages."""
    from weave.lint import every_rule
    from weave.pages import coverage
    from weave.trees import equal
    from weave.trees.history import History

    history = History(story.root)
    errors = every_rule.check(history) + equal.check(story) + coverage.check_pages(history)
    if not errors:
        print("lint, both trees equal, every line shown: nothing to mend")
    return errors


def _outputs(args: argparse.Namespace, story: Story) -> list[WeaveError]:
    from weave.pages import outputs
    from weave.trees.history import History

    return outputs.check(History(story.root), args.chapters, rewrite=args.rewrite, only=args.only)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="weave", description=weave.__doc__.splitlines()[0])
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
    symbols = add("symbols", _symbols, "list the symbols of a stage, or find one")
    symbols.add_argument("stage")
    symbols.add_argument("name", nargs="?", default="")
    add("lint", _lint, "judge the code by its rules")
    add("growth", _growth, "judge a copy that has the rows of the next chapters")
    coverage = add("coverage", _coverage, "every line that a chapter changes is on its page")
    coverage.add_argument("chapters", nargs="*", metavar="CHAPTER", help="default: all written")
    add("check", _check, "lint, equal and coverage together")
    outputs = add("outputs", _outputs, "run the pages' commands again and compare")
    outputs.add_argument("chapters", nargs="*", metavar="CHAPTER", help="default: all written")
    outputs.add_argument("--rewrite", action="store_true", help="write the real output back")
    outputs.add_argument("--only", choices=("run", "break-it"), help="only one of the two kinds")
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
    for each in errors:
        print(each, file=sys.stderr)
    return 1 if errors else 0
