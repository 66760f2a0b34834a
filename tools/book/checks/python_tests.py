"""The tests of the tools themselves."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from book.checks.outcome import Context, Outcome, broken, of_junit
from book.common import process
from book.common.paths import BUILD, EXTENSIONS, ROOT

TOOLS = ROOT / "tools"


def _pytest(name: str, *places: Path) -> Outcome:
    there = [str(place) for place in places if place.is_dir()]
    if not there:
        return broken(f"{places[0]} does not exist")
    report = BUILD / "test" / f"{name}.junit.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    done = process.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--color=no",
            "-p",
            "no:cacheprovider",
            f"--junitxml={report}",
            *there,
        ],
        cwd=ROOT,
        timeout=900,
        env={
            "PYTHONPATH": os.pathsep.join([str(TOOLS), str(EXTENSIONS)]),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    return of_junit(report, done)


def weave_tests(_: Context) -> Outcome:
    return _pytest("weave-tests", TOOLS / "weave" / "tests")


def command_tests(_: Context) -> Outcome:
    return _pytest("command-tests", TOOLS / "book" / "tests")


def site_tests(_: Context) -> Outcome:
    return _pytest("site-tests", EXTENSIONS / "tests")
