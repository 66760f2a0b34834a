"""The npm packages of package-lock.json, in node_modules."""

from __future__ import annotations

import shutil

from book.common import process, terminal
from book.common.paths import BUILD, ROOT
from book.setup.needs import IN_PAGE
from weave.digests import digest

LOGS = BUILD / "setup"
# Of package.json, the packages that a group of needs takes.
OPTIONS: dict[str, list[str]] = {"read": ["--omit=dev"], "test": []}


def install(which: list[str]) -> None:
    """The npm packages of package-lock.json, in node_modules, as the lock says; all of them, or
    those that pages need.
    """
    lock = digest((ROOT / "package-lock.json").read_bytes())
    stamp = ROOT / "node_modules" / ".book"
    wanted = " ".join([lock, *which])
    if stamp.exists() and stamp.read_text() in (lock, wanted):
        return
    if not shutil.which("npm") or not shutil.which("node"):
        return
    LOGS.mkdir(parents=True, exist_ok=True)
    with terminal.Step("Fetching the npm packages") as step:
        done = process.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional", *which],
            cwd=ROOT,
            timeout=600,
        )
        (LOGS / "npm.log").write_text(done.output)
        if done.ok:
            stamp.write_text(wanted)
        else:
            step.ok = False
            step.note = f"failed: {IN_PAGE}, and pages are not tested; see build/setup/npm.log"
