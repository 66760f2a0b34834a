"""The player of the pages' scenes, tested under Node with the module that the pages load."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from book.checks.outcome import Context, Outcome, broken
from book.checks.wasm import random_text
from book.common import process
from book.common.paths import ROOT
from book.conformance import peers
from book.cpp.stage_trees import stage_tree
from book.scenes import scenario_files
from book.wasm import core, limits

TESTS = ROOT / "tools" / "site" / "play" / "tests"
SEED, RANDOM = 3, 60


def check(_: Context) -> Outcome:
    if why := absent():
        return Outcome(skipped=why)
    native = peers.ours().command[0]
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        for n in range(RANDOM):
            (Path(scratch) / f"random{n:03}.txt").write_text(random_text(SEED, n), encoding="utf-8")
        return under_node(
            TESTS,
            {
                "BOOK_PROGRAM": str(native),
                "BOOK_CONVERSATIONS": os.pathsep.join([str(scenario_files.FOLDER), scratch]),
                "BOOK_LARGEST": str(limits.NODE),
            },
        )


def absent() -> str:
    """Why the pages' scripts can't be tested here, or nothing."""
    return core.absent() or ("" if shutil.which("node") else "node is not installed")


def under_node(tests: Path, env: dict[str, str]) -> Outcome:
    """Runs the scripts' tests of a folder, with the module that the pages load."""
    core.place(stage_tree())
    done = process.run(
        [
            "node",
            "--no-warnings",
            "--test",
            "--test-reporter=tap",
            *sorted(tests.glob("*.test.mjs")),
        ],
        cwd=ROOT,
        timeout=300,
        env=env | {"BOOK_MODULE": str(core.MODULE)},
    )
    return judged(done)


def judged(done: process.Done) -> Outcome:
    """What Node's TAP says: its counts, and of the log what failed."""
    counts = dict(re.findall(r"^# (pass|fail) (\d+)$", done.output, re.MULTILINE))
    if not {"pass", "fail"} <= counts.keys():
        return broken("the player's tests did not come to an end:\n" + done.output)
    failed = int(counts["fail"]) or int(not done.ok)
    return Outcome(int(counts["pass"]), failed, _failures(done.output))


def _failures(output: str) -> str:
    blocks = re.findall(r"^\s*not ok .*\n(?:\s+---\n(?:.*\n)*?\s+\.\.\.\n)?", output, re.MULTILINE)
    return "\n".join("\n".join(text[:300] for text in block.splitlines()[:25]) for block in blocks)
