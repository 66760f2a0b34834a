"""Configure and build a tree with CMake and Ninja; ccache, where there is one, shares the objects
of files that are the same in several stages."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from book.common import process
from book.common.paths import BUILD
from book.cpp import gtest_headers
from weave.locks import exclusive

JOBS = max(2, min(os.cpu_count() or 2, 8))
STEP = re.compile(r"^\[(\d+)/(\d+)\] (.*)")
Tell = Callable[[int, int, str], None]
# One way of compiling for stages, pictures, exercises and pages' commands, so that they share their
# objects. Without the optimiser it takes a good half of the time; what the optimiser warns of, the
# check `optimised` looks for. CMake's own flags have -g besides: debug information costs a fifth of
# the time, and no check reads it.
FLAGS = {"Debug": "-O0", "RelWithDebInfo": "-O2 -DNDEBUG", "Release": "-O3 -DNDEBUG"}
WARNING = re.compile(r"^\S+:\d+:(?:\d+:)? warning: ", re.MULTILINE)


def cache_env() -> dict[str, str]:
    """Paths below build/ are told to ccache relative to the build directory. Build directories
    stand inside their trees, so one file in two stages has one relative name, and one object.

    -Werror makes no difference to an object, so ccache is told to ignore it; it repeats the
    warnings of an object that it has, and whoever wants none looks for them: see `warned`."""
    return {
        "CCACHE_DIR": str(BUILD / "ccache"),
        "CCACHE_BASEDIR": str(BUILD),
        "CCACHE_NOHASHDIR": "1",
        "CCACHE_MAXSIZE": "3G",
        "CCACHE_IGNOREOPTIONS": "-Werror",
        "CCACHE_SLOPPINESS": "pch_defines,time_macros",
        "CCACHE_PCH_EXTSUM": "1",
        "NINJA_STATUS": "[%f/%t] ",
        "GTEST_COLOR": "no",
        "CLICOLOR_FORCE": "0",
    }


def _alone(where: Path) -> AbstractContextManager[None]:
    """One build at a time in a build directory, whoever asks."""
    return exclusive(where.with_name(where.name + ".lock"))


def options(
    kind: str = "Debug",
    werror: bool = False,
    sanitize: str = "",
    compiler: str = "",
    exercise: str = "",
    flags: str = "",
    tests: bool = True,
    fuzz: bool = False,
    toolchain: str = "",
    page: str = "",
) -> list[str]:
    """What CMake is told about a build. `flags` stand in for the kind's own; without `tests`, none
    will be compiled there."""
    flags = flags or FLAGS[kind]
    given = [
        f"-DCMAKE_BUILD_TYPE={kind}",
        f"-DCMAKE_CXX_FLAGS_{kind.upper()}={flags}",
        f"-DBOOK_WERROR={'ON' if werror else 'OFF'}",
        f"-DBOOK_SANITIZE={sanitize}",
        f"-DBOOK_EXERCISE={exercise}",
    ]
    if fuzz:
        given.append("-DBOOK_FUZZ=ON")
    if page:
        given.append(f"-DBOOK_PAGE={page}")
    if toolchain:
        given.append(f"-DCMAKE_TOOLCHAIN_FILE={toolchain}")
    elif shutil.which("ld.gold"):
        given.append("-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold")
    if compiler:
        given.append(f"-DCMAKE_CXX_COMPILER={compiler}")
    if tests and (before := gtest_headers.header(f"{compiler} {kind} {flags} {sanitize}")):
        given.append(f"-DBOOK_TEST_HEADER={before}")
    if shutil.which("ccache"):
        given.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    return given


def configure(tree: Path, build: Path, **how: str | bool) -> process.Done:
    """Runs CMake unless the build directory is configured in just this way already."""
    given = options(**how)  # type: ignore[arg-type]
    rules = Path(str(how["toolchain"])).read_text() if how.get("toolchain") else ""
    with _alone(build):
        done = _configure(
            ["cmake", "-S", str(tree), "-B", str(build), "-G", "Ninja", *given], build, rules
        )
        before = [text.split("=", 1)[1] for text in given if text.startswith("-DBOOK_TEST_HEADER=")]
        if done.ok and before:
            gtest_headers.precompile(build, Path(before[0]), cache_env())
    return done


def _configure(command: list[str], build: Path, rules: str) -> process.Done:
    stamp = build / "configured.json"
    wanted = json.dumps([*command, rules])
    if (build / "build.ninja").exists() and stamp.exists() and stamp.read_text() == wanted:
        return process.Done(0, "", 0.0)
    if build.exists():
        shutil.rmtree(build)  # another compiler or another place: CMake's cache would be in the way
    done = process.run(command, env=cache_env(), timeout=300)
    if done.ok:
        stamp.write_text(wanted)
    return done


def build(
    where: Path,
    targets: Sequence[str] = (),
    tell: Tell | None = None,
    keep_going: bool = False,
    jobs: int = JOBS,
) -> process.Done:
    def hear(text: str) -> None:
        if tell and (step := STEP.match(text)):
            tell(int(step[1]), int(step[2]), Path(step[3].split(" ")[-1]).name)

    command = ["cmake", "--build", str(where), "-j", str(jobs)]
    if targets:
        command += ["--target", *targets]
    if keep_going:
        command += ["--", "-k", "0"]
    with _alone(where):
        return process.run(command, env=cache_env(), on_line=hear, timeout=1800)


def warned(output: str) -> str:
    """The build's complaints, if there is a warning among them."""
    return complaints(output) if WARNING.search(output) else ""


def complaints(output: str) -> str:
    """A build's output without its progress lines and without the command lines."""
    kept = [
        text
        for text in output.splitlines()
        if not STEP.match(text)
        and not text.startswith(("FAILED:", "ninja:"))
        and not re.match(r"(/\S+/)?(ccache )?\S*(g\+\+|clang\+\+|c\+\+)\S* ", text)
        and not text.startswith(": && ")
    ]
    return "\n".join(kept)
