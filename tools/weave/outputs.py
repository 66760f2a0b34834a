"""What pages say a command prints is what it prints: each is run again and compared.

A `run` runs in the clean tree of its stage, built in b/ as a reader builds it; a `break-it` is
made in a copy of that tree, and the test it names must fail, or not end within 20 seconds. The
trees live in build/stages/, so a second call builds only what changed.
"""
from __future__ import annotations

import difflib
import fcntl
import os
import re
import shlex
import shutil
import signal
import subprocess
import textwrap
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from weave import breaks, coverage, emit, rst
from weave.book import Book
from weave.errors import WeaveError
from weave.story import Chapter, Stage

HANG = 20      # seconds after which a broken test counts as dead
PATIENCE = 120  # seconds for a command of a page
CONFIGURE = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo"]
BUILDERS = 2


@dataclass(frozen=True)
class Job:
    directive: rst.Directive
    chapter: Chapter
    stage: Stage

    @property
    def place(self) -> tuple[str, int]:
        return self.directive.file, self.directive.line

    def refuse(self, message: str, mend: str) -> WeaveError:
        return WeaveError(*self.place, message, mend)


def check(book: Book, slugs: list[str] | None = None, *, rewrite: bool = False,
          only: str | None = None, say: bool = True) -> list[WeaveError]:
    """Runs every command and every break of the chapters; returns what does not hold."""
    with _alone(book.root / "build/stages"):
        return _check(book, slugs, rewrite, only, say)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time: the trees are shared."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _check(book: Book, slugs: list[str] | None, rewrite: bool, only: str | None,
           say: bool) -> list[WeaveError]:
    jobs, errors = _jobs(book, slugs, only)
    stages = {job.stage.name: job.stage for job in jobs if job.directive.options.get("in") != "repo"}
    with ThreadPoolExecutor(BUILDERS) as pool:
        ready = dict(zip(stages, pool.map(lambda s: _prepare(book, s, jobs), stages.values())))
    for job in list(jobs):
        refusal = ready.get(job.stage.name)
        if refusal and job.directive.options.get("in") != "repo":
            jobs.remove(job)
            if refusal not in errors:
                errors.append(refusal)
    runs = [job for job in jobs if job.directive.name == "run"]
    new_text: dict[Path, list[tuple[rst.Directive, list[str]]]] = {}
    # One command after the other: their output may depend on how busy the machine is.
    for job in runs:
        try:
            output = _run(book, job)
        except WeaveError as error:
            errors.append(error)
            continue
        if output != _normal(job.directive.content, book):
            if rewrite:
                page = book.root / job.directive.file
                new_text.setdefault(page, []).append((job.directive, output))
            else:
                errors.append(_differs(book, job, output))
    for page, changes in new_text.items():
        _rewrite(page, changes)
    wounds = [job for job in jobs if job.directive.name == "break-it"]
    with ThreadPoolExecutor(BUILDERS) as pool:
        for found in pool.map(lambda group: _break_all(book, group), _by_stage(wounds).values()):
            errors += found
    if say and not errors:
        done = f", {sum(map(len, new_text.values()))} rewritten" if rewrite else ""
        print(f"{len(runs)} commands print what the pages say{done}, {len(wounds)} breaks are caught")
    return errors


def _jobs(book: Book, slugs: list[str] | None,
          only: str | None) -> tuple[list[Job], list[WeaveError]]:
    wanted = [book.story.chapter(slug).slug for slug in slugs or []]
    jobs, errors = [], []
    for path, chapter in book.pages().items():
        if wanted and chapter.slug not in wanted:
            continue
        for directive in rst.read(path, book.root)[0]:
            if directive.name in ("run", "break-it") and only in (None, directive.name):
                try:
                    stage = coverage.stage_of(book, directive.options.get("stage", ""), chapter)
                    if directive.name == "break-it":
                        _wound(book, directive, stage)
                    jobs.append(Job(directive, chapter, stage))
                except WeaveError as error:
                    errors.append(error.at(directive.file, directive.line))
    return jobs, errors


def _wound(book: Book, directive: rst.Directive, stage: Stage) -> breaks.Break:
    options = directive.options
    return breaks.build(book, directive.argument, options.get("find", ""),
                        options.get("replace", ""), options.get("dies", ""), stage)


def _by_stage(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        groups.setdefault(job.stage.name, []).append(job)
    return groups


# Trees and builds.

def _call(command: list[str] | str, cwd: Path, seconds: float) -> tuple[int | None, str]:
    """(exit code or None for one that did not end, what it printed)."""
    env = {"CCACHE_BASEDIR": str(cwd), "CCACHE_NOHASHDIR": "1"} | os.environ
    with subprocess.Popen(command, cwd=cwd, env=env, shell=isinstance(command, str), text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, errors="replace",
                          start_new_session=True) as process:
        try:
            out, _ = process.communicate(timeout=seconds)
            return process.returncode, out
        except subprocess.TimeoutExpired:
            _end(process)
            return None, process.communicate()[0]


def _end(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _configure(tree: Path) -> WeaveError | None:
    """Always: what an earlier run lacked, GoogleTest for one, may have been installed since."""
    extra = shlex.split(os.environ.get("WEAVE_CMAKE", ""))
    if shutil.which("ccache"):
        extra.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    try:
        code, out = _call(["cmake", "-S", ".", "-B", "b", *CONFIGURE, *extra], tree, 300)
    except FileNotFoundError:
        return WeaveError("cmake", None, "the program is not installed",
                          "apt-get install cmake ninja-build")
    return None if code == 0 else WeaveError(tree.name, None, "cmake fails: " + _last(out),
                                             f"run cmake -S {tree.name} -B b")


def _build(tree: Path, targets: Iterable[str]) -> tuple[bool, str]:
    targets = sorted(set(targets))
    command = ["cmake", "--build", "b", "-j", "2"]
    command += ["--target", *targets] if targets else []
    code, out = _call(command, tree, 1200)
    return code == 0, out


def _last(text: str) -> str:
    """The line of a log that says most."""
    lines = [line for line in text.splitlines() if line.strip()]
    loud = [line for line in lines if re.search(r"\b(error|CMake Error)\b", line)]
    return (loud or lines[-1:] or ["no output"])[0].strip()


def _programs(job: Job) -> list[str]:
    """The targets that a command needs; nothing named means all of them."""
    return re.findall(r"(?<![\w/])(?:\./)?b/(?:\w+/)*(\w+)", job.directive.argument)


def _prepare(book: Book, stage: Stage, jobs: list[Job]) -> WeaveError | None:
    """Writes and builds the tree of a stage as far as its commands need."""
    tree = book.root / "build/stages" / stage.name
    try:
        emit.emit(stage.name, tree, book.root)
    except WeaveError as error:
        return error
    failed = _configure(tree)
    runs = [j for j in jobs if j.stage is stage and j.directive.name == "run"
            and j.directive.options.get("in") != "repo"]
    if failed or not runs:
        return failed
    needs = [_programs(job) for job in runs]
    whole = any(not need or "ctest" in job.directive.argument for need, job in zip(needs, runs))
    good, out = _build(tree, [] if whole else [name for need in needs for name in need])
    return None if good else WeaveError(f"the stage {stage}", None, "does not build: " + _last(out),
                                        f"./book stage {stage} DIR and build it there")


# Commands.

def _run(book: Book, job: Job) -> list[str]:
    """What a command prints now, normalised."""
    where = job.directive.options.get("in", "")
    if where not in ("", "repo"):
        raise job.refuse(f":in: {where} is no place", "write :in: repo, or leave it out")
    tree = book.root if where else book.root / "build/stages" / job.stage.name
    command = job.directive.argument
    code, out = _call(command, tree, PATIENCE)
    if code is None:
        raise job.refuse(f"`{job.directive.argument}` did not end within {PATIENCE} s",
                         "mend the code or the command")
    if code == 127 or code == 126:
        raise job.refuse(f"`{job.directive.argument}` can't be run: {_last(out)}",
                         "check the program's name")
    wanted = job.directive.options.get("exit", "0")
    if str(code) != wanted:
        raise job.refuse(f"`{job.directive.argument}` exits with {code}, not {wanted}: {_last(out)}",
                         "mend it, or say :exit: if the page means to show a failure")
    return _normal(out.splitlines(), book, tree)


NORMAL = (
    (re.compile(r"\(\d+ ms( total)?\)"), r"(… ms\1)"),
    (re.compile(r"\bin \d+(\.\d+)? ?s(ec|econds)?\b"), "in … s"),
    (re.compile(r"\b\d+(\.\d+)? sec\b"), "… sec"),
    (re.compile(r"(Total Test time \(real\) =)\s+[\d.…]+"), r"\1 …"),
    (re.compile(r"\bpid[ =]\d+"), "pid …"),
    (re.compile(r"\b0x[0-9a-f]{6,}\b"), "0x…"),
    (re.compile(r"\x1b\[[0-9;]*[A-Za-z]"), ""),
)


def _normal(lines: list[str], book: Book, tree: Path | None = None) -> list[str]:
    """Times, addresses and this machine's paths as `…`; nothing at the ends."""
    out = []
    for line in lines:
        if line.startswith("Running main() from"):
            continue  # where GoogleTest was built is no news
        for place in ([str(tree)] if tree else []) + [str(book.root)]:
            line = line.replace(place, "…")
        for pattern, instead in NORMAL:
            line = pattern.sub(instead, line)
        out.append(line.rstrip())
    while out and not out[-1]:
        out.pop()
    while out and not out[0]:
        out.pop(0)
    return textwrap.dedent("\n".join(out)).split("\n") if out else []


def _differs(book: Book, job: Job, output: list[str]) -> WeaveError:
    expected = _normal(job.directive.content, book)
    changes = [line for line in difflib.ndiff(expected, output) if line[:1] in "+-"]
    told = "; ".join(f"{'prints' if c[0] == '+' else 'the page has'} `{c[2:].strip()}`"
                     for c in changes[:2])
    return job.refuse(f"`{job.directive.argument}` prints something else: {told}",
                      "run `python3 -m weave outputs --rewrite` and read the change")


def _rewrite(page: Path, changes: list[tuple[rst.Directive, list[str]]]) -> None:
    """Writes outputs into a page, from its end upwards so that line numbers hold."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for directive, output in sorted(changes, key=lambda c: -c[0].line):
        options = directive.content_line - 1
        while options > directive.line and not lines[options - 1].strip():
            options -= 1
        pad = " " * (directive.indent + 3)
        body = [pad + line if line else "" for line in output]
        lines[options:directive.end_line] = ["", *body] if body else []
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


# Breaks.

def _break_all(book: Book, jobs: list[Job]) -> list[WeaveError]:
    """The breaks of one stage, one after the other in one copy of its tree."""
    errors, stage = [], jobs[0].stage.name
    tree = book.root / "build/stages" / f"{stage}.broken"
    try:
        emit.emit(stage, tree, book.root)
    except WeaveError as error:
        return [error]
    failed = _configure(tree)
    if failed:
        return [failed]
    for job in jobs:
        error = _break(book, job, tree)
        if error:
            errors.append(error)
        emit.emit(stage, tree, book.root)  # as it was before it was broken
    return errors


def _break(book: Book, job: Job, tree: Path) -> WeaveError | None:
    wound = _wound(book, job.directive, job.stage)
    file = tree / wound.file
    file.write_text(wound.apply(file.read_text(encoding="utf-8")), encoding="utf-8")
    good, out = _build(tree, [wound.program])
    if not good:
        return job.refuse(f"the broken {wound.file} does not build: {_last(out)}",
                          "break it in a way that compiles")
    program = next((p for p in (tree / "b").rglob(wound.program) if p.is_file()), None)
    if program is None:
        return job.refuse(f"there is no program {wound.program}", "check where the test lies")
    names = f"{wound.dies}:*/{wound.dies}/*"
    code, _ = _call([str(program), f"--gtest_filter={names}", "--gtest_brief=1"], tree, HANG)
    if code == 0:
        return job.refuse(f"{wound.dies} passes although {wound.file} is broken",
                          "name a test that dies of it, or write one")
    return None
