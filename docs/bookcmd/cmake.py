"""Configure and build a tree with CMake and Ninja; ccache, where there is one, shares the objects
of files that are the same in several stages."""
from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bookcmd import proc
from bookcmd.paths import BUILD

JOBS = max(2, min(os.cpu_count() or 2, 8))
STEP = re.compile(r"^\[(\d+)/(\d+)\] (.*)")
Tell = Callable[[int, int, str], None]


def cache_env() -> dict[str, str]:
    """Paths below build/ are told to ccache relative to the build directory. Build directories
    stand inside their trees, so one file in two stages has one relative name, and one object."""
    return {"CCACHE_DIR": str(BUILD / "ccache"), "CCACHE_BASEDIR": str(BUILD),
            "CCACHE_NOHASHDIR": "1", "CCACHE_MAXSIZE": "3G",
            "NINJA_STATUS": "[%f/%t] ", "GTEST_COLOR": "no", "CLICOLOR_FORCE": "0"}


@contextmanager
def _alone(where: Path) -> Iterator[None]:
    """One build at a time in a build directory, whoever asks."""
    where.parent.mkdir(parents=True, exist_ok=True)
    with where.with_name(where.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def configure(tree: Path, build: Path, *, kind: str = "RelWithDebInfo", werror: bool = False,
              sanitize: str = "", compiler: str = "", exercise: str = "",
              fuzz: bool = False) -> proc.Done:
    """Runs CMake unless the build directory is configured in just this way already."""
    command = ["cmake", "-S", str(tree), "-B", str(build), "-G", "Ninja",
               f"-DCMAKE_BUILD_TYPE={kind}", f"-DBOOK_WERROR={'ON' if werror else 'OFF'}",
               f"-DBOOK_SANITIZE={sanitize}", f"-DBOOK_EXERCISE={exercise}"]
    if fuzz:
        command.append("-DBOOK_FUZZ=ON")
    if compiler:
        command.append(f"-DCMAKE_CXX_COMPILER={compiler}")
    if shutil.which("ccache"):
        command.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    with _alone(build):
        return _configure(command, build)


def _configure(command: list[str], build: Path) -> proc.Done:
    stamp = build / "configured.json"
    wanted = json.dumps(command)
    if (build / "build.ninja").exists() and stamp.exists() and stamp.read_text() == wanted:
        return proc.Done(0, "", 0.0)
    if build.exists():
        shutil.rmtree(build)  # another compiler or another place: CMake's cache would be in the way
    done = proc.run(command, env=cache_env(), timeout=300)
    if done.ok:
        stamp.write_text(wanted)
    return done


def build(where: Path, targets: Sequence[str] = (), tell: Tell | None = None,
          keep_going: bool = False, jobs: int = JOBS) -> proc.Done:
    def hear(text: str) -> None:
        if tell and (step := STEP.match(text)):
            tell(int(step[1]), int(step[2]), Path(step[3].split(" ")[-1]).name)
    command = ["cmake", "--build", str(where), "-j", str(jobs)]
    if targets:
        command += ["--target", *targets]
    if keep_going:
        command += ["--", "-k", "0"]
    with _alone(where):
        return proc.run(command, env=cache_env(), on_line=hear, timeout=1800)


def complaints(output: str) -> str:
    """A build's output without its progress lines and without the command lines."""
    kept = [text for text in output.splitlines()
            if not STEP.match(text) and not text.startswith(("FAILED:", "ninja:"))
            and not re.match(r"(/\S+/)?(ccache )?\S*(g\+\+|clang\+\+|c\+\+)\S* ", text)
            and not text.startswith(": && ")]
    return "\n".join(kept)
