"""Runs a GoogleTest program one test at a time: a test that crashes or waits for ever costs its own
verdict only, and the program's own report, not its output, says what passed."""
from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from book.common import process

LIMIT = 20.0        # seconds for a test
IMPATIENT = 5.0     # seconds for a test once another one has hung


@dataclass(frozen=True)
class Case:
    """One test's verdict; `how` is passed, failed, crashed or hung."""
    name: str
    how: str
    message: str = ""

    @property
    def passed(self) -> bool:
        return self.how == "passed"


class ListingFailed(Exception):
    """The program could not even say which tests it has."""


def names(program: Path) -> list[str]:
    done = process.run([program, "--gtest_list_tests"], timeout=LIMIT, errors_too=False)
    if not done.ok:
        raise ListingFailed(done.tail(5) or f"exit code {done.code}")
    found, suite = [], ""
    for text in done.output.splitlines():
        text = text.split("  # ")[0]
        if re.match(r"\S+\.$", text):
            suite = text
        elif text.startswith("  "):
            found.append(suite + text.strip())
    return found


def run_all(program: Path, limit: float = LIMIT) -> list[Case]:
    cases = []
    for name in names(program):
        case = run_one(program, name, limit)
        if case.how == "hung":
            limit = min(limit, IMPATIENT)
        cases.append(case)
    return cases


def one_fails(program: Path, limit: float = LIMIT) -> bool:
    """Whether a test does not pass; the first that doesn't ends the matter."""
    return any(not run_one(program, name, limit).passed for name in names(program))


def run_one(program: Path, name: str, limit: float = LIMIT) -> Case:
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        report = Path(scratch) / "report.json"
        done = process.run([program, f"--gtest_filter={name}", "--gtest_color=no",
                            f"--gtest_output=json:{report}"], timeout=limit, cwd=scratch)
        if done.timed_out:
            return Case(name, "hung", f"did not finish in {limit:.0f} s: "
                        "probably waiting for ever")
        messages = _messages(report)
        if messages is None:
            return Case(name, "crashed", _last_words(done))
        if messages or done.code != 0:
            return Case(name, "failed", "\n".join(messages) or done.tail(5))
        return Case(name, "passed")


def _messages(report: Path) -> list[str] | None:
    """The failures in GoogleTest's report; None if there is no report of a test that ran."""
    try:
        data = json.loads(report.read_text(encoding="utf-8", errors="replace"))
        ran = [test for suite in data["testsuites"] for test in suite["testsuite"]]
    except (OSError, ValueError, KeyError):
        return None
    if not ran:
        return None
    return [failure["failure"] for test in ran for failure in test.get("failures", [])]


def _last_words(done: process.Done) -> str:
    """Why a program ended in the middle: a broken invariant's own line, or a signal's name."""
    for text in done.output.splitlines():
        if "broken invariant" in text:
            return text.strip()
    kept = [t for t in done.output.splitlines() if not re.match(r"\[|Note: |Running main|$", t)]
    signals = {6: "it aborted", 8: "it divided by zero", 9: "it was killed",
               11: "it touched memory that is not its own"}
    cause = signals.get(-done.code, f"it ended with exit code {done.code} in the middle of the test")
    return "\n".join([f"crashed: {cause}", *kept[-3:]])
