"""Weave's judgements: the rules of the code, the clean trees, the pages' lines and outputs."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib

from book.checks.outcome import Context, Outcome, broken, of_errors
from book.common import process
from book.common.paths import ROOT
from book.cpp import cmake

ENV = {"PYTHONPATH": str(ROOT / "tools"), "PYTHONDONTWRITEBYTECODE": "1"}


def _weave(*arguments: str) -> process.Done:
    # The pages' commands share objects with the checks of the stages.
    compiler = cmake.cache_env() | {
        "CMAKE_BUILD_PARALLEL_LEVEL": str(cmake.JOBS),
        "WEAVE_CMAKE": shlex.join(cmake.options()),
    }
    return process.run(
        [sys.executable, "-m", "weave", *arguments],
        cwd=ROOT / "tools",
        env=ENV | compiler,
        timeout=1800,
    )


def _judged(things: int, *arguments: str) -> Outcome:
    """A weave command: one line for each thing that is wrong."""
    done = _weave(*arguments)
    if done.ok:
        return Outcome(things, 0, done.output)
    if "Traceback (most recent call last)" in done.output:
        return broken(done.output)
    lines = [t for t in done.output.splitlines() if re.match(r"\S+: .", t)]
    return of_errors(things, lines or [done.output], done.output)


def _count(pattern: str) -> int:
    return len(list(ROOT.glob(pattern)))


def lint(_: Context) -> Outcome:
    return _judged(_count("code/**/*.[ch]pp"), "lint")


def growth(_: Context) -> Outcome:
    data = tomllib.loads((ROOT / "tools/weave/growth/part3.toml").read_text(encoding="utf-8"))
    return _judged(len(data["row"]), "growth")


def equal(_: Context) -> Outcome:
    return _judged(_count("code/**/*.[ch]pp"), "equal")


def coverage(_: Context) -> Outcome:
    return _judged(_count("chapters/*.rst"), "coverage")


def outputs(context: Context) -> Outcome:
    from weave.pages import rst  # needs docutils, which is installed by now

    blocks = [
        found
        for page in ROOT.glob("chapters/*.rst")
        for found in rst.read(page, ROOT).directives
        if found.name in ("run", "break-it")
    ]
    return _judged(len(blocks), "outputs", *(["--rewrite"] if context.rewrite else []))
