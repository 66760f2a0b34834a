"""The vocabulary of the checks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from book.common.process import Done


@dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    log: str = ""
    skipped: str = ""  # why it was not run
    cached: bool = False

    @property
    def ok(self) -> bool:
        return self.failed == 0


@dataclass(frozen=True)
class Context:
    """What a run of the checks was asked for."""

    quick: bool = False
    rewrite: bool = False


@dataclass(frozen=True)
class Check:
    name: str
    what: str  # one phrase for --list
    run: Callable[[Context], Outcome]
    inputs: tuple[str, ...]  # what its result depends on, for --quick
    slow: bool = False  # left out by --quick
    after: tuple[str, ...] = field(default=())
    weight: float = 1.0  # minutes it may take; the longest way starts first


def of_errors(things: int, lines: list[str], log: str) -> Outcome:
    """An outcome of a tool that prints one line for each thing that is wrong."""
    failed = len(lines)
    return Outcome(max(0, things - failed), failed, log)


def broken(log: str, things: int = 0) -> Outcome:
    """Something failed before a single test could run."""
    return Outcome(things, 1, log)


def of_junit(report: Path, done: Done) -> Outcome:
    """An outcome of a tool that writes JUnit's XML, as CTest and pytest do."""
    try:
        root = ElementTree.parse(report).getroot()
    except (OSError, ElementTree.ParseError):
        return broken(done.output)
    suites = [root] if root.tag == "testsuite" else list(root)
    total = sum(int(s.get("tests", 0)) for s in suites)
    failed = sum(int(s.get("failures", 0)) + int(s.get("errors", 0)) for s in suites)
    skipped = sum(int(s.get("skipped", 0)) for s in suites)
    if not done.ok and not failed:
        failed = 1
    return Outcome(max(0, total - failed - skipped), failed, done.output)


def counted(output: str) -> tuple[int, int] | None:
    """The last `N passed, N failed` of a log."""
    found = re.findall(r"^(\d+) passed, (\d+) failed$", output, re.MULTILINE)
    return (int(found[-1][0]), int(found[-1][1])) if found else None
