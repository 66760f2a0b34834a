"""Debian's packages: which are here, and how others come here, with their progress."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from book.common import process, terminal
from book.common.paths import BUILD, shown
from book.common.refusal import Refusal
from book.setup.needs import Need

LOGS = BUILD / "setup"


def has_apt() -> bool:
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def installed(packages: Sequence[str]) -> set[str]:
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *packages],
        capture_output=True,
        text=True,
        check=False,
    )
    return {text.split()[0] for text in done.stdout.splitlines() if text.split()[1:2] == ["ii"]}


def install(absent: list[Need]) -> None:
    names = [need.name for need in absent]
    root = _as_root(names)
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "apt.log"
    log.write_text("")
    terminal.line(f"Setting up: {' '.join(names)}")
    with terminal.Step("Reading package lists") as step:
        done = _apt(root, ["update"], log, step)
        if not done:
            step.note = "some could not be refreshed; going on with those there are"
    choice = {need: _available(need) for need in absent}
    packages = [name for name in choice.values() if name]
    if not packages:
        return
    with terminal.Step(f"Installing {len(packages)} packages and what they depend on") as step:
        options = ["install", "-y", "--no-install-recommends"]
        if not _apt(root, options + packages, log, step):
            # One that fails must not keep the others away.
            _apt(root, ["-f", "install", "-y"], log, step)
            failed = [name for name in packages if not _apt(root, options + [name], log, step)]
            if failed:
                step.ok = False
                step.note = f"not {' '.join(failed)}; see {shown(log)}"
    if not step.ok:
        for text in reason(log):
            terminal.line(f"  {text}")


def _as_root(names: list[str]) -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        # It asks for a password here, where the reader sees it.
        if subprocess.run(["sudo", "-v"], check=False).returncode == 0:
            return ["sudo"]
        raise Refusal("packages are missing, and sudo refuses", f"as root: {_by_hand(names)}")
    terminal.line(f"Missing: {' '.join(names)}. Only root can install them, and there is no sudo.")
    terminal.line("As root, run:")
    terminal.line(f"  {_by_hand(names)}")
    raise Refusal("packages are missing", "run the command above as root, then this one again")


def _by_hand(names: list[str]) -> str:
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"


def _available(need: Need) -> str:
    """The first of the need's packages that the package lists know, or nothing."""
    done = process.run(["apt-cache", "policy", *need.packages])
    name, known = "", {}
    for text in done.output.splitlines():
        if text and not text.startswith(" ") and text.endswith(":"):
            name = text[:-1]
        elif "Candidate:" in text:
            known[name] = text.split()[-1] != "(none)"
    return next((package for package in need.packages if known.get(package)), "")


def _apt(root: list[str], arguments: list[str], log: Path, step: terminal.Step) -> bool:
    """Runs apt-get; its own status lines move the progress."""
    status = Path(tempfile.mkdtemp(prefix="book-")) / "status"
    os.mkfifo(status)
    listener = _Listener(status, step)
    listener.start()
    shell = 'exec 3>"$0"; exec apt-get "$@" -o APT::Status-Fd=3'
    try:
        done = process.run(
            [
                *root,
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "LC_ALL=C.UTF-8",
                "sh",
                "-c",
                shell,
                str(status),
                "-q",
                "-o",
                "DPkg::Lock::Timeout=300",
                "-o",
                "Dpkg::Use-Pty=0",
                *arguments,
            ],
            patient=lambda: terminal.warn("apt-get is at work; it stops where it may"),
        )
    finally:
        listener.stop()
        shutil.rmtree(status.parent)
    with log.open("a") as out:
        out.write(f"$ apt-get {' '.join(arguments)}\n{done.output}\n")
    return done.ok


def reason(log: Path) -> list[str]:
    """The last errors in a log of apt's, each once; without any, its last line."""
    lines = [text.strip() for text in log.read_text(encoding="utf-8").splitlines() if text.strip()]
    errors = [text for text in lines if text.startswith(("E:", "dpkg: error"))]
    return list(dict.fromkeys(errors))[-3:] or lines[-1:]


class _Listener:
    """Reads `pmstatus:package:percent:what` lines from apt and moves a step."""

    def __init__(self, path: Path, step: terminal.Step) -> None:
        self._descriptor = os.open(path, os.O_RDWR)  # both ends, so that no open can block
        self._step, self._over = step, False
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        os.write(self._descriptor, b"\nover\n")
        self._thread.join(5)
        os.close(self._descriptor)

    def _listen(self) -> None:
        rest = ""
        while True:
            *lines, rest = (
                rest + os.read(self._descriptor, 4096).decode("utf-8", "replace")
            ).split("\n")
            for text in lines:
                if text == "over":
                    return
                self._hear(text.split(":", 3))

    def _hear(self, parts: list[str]) -> None:
        if len(parts) < 4 or parts[0] not in ("dlstatus", "pmstatus"):
            return
        try:
            percent = float(parts[2])
        except ValueError:
            return
        half = percent / 2 + (50 if parts[0] == "pmstatus" else 0)
        self._step.at(half, 100, parts[3])
