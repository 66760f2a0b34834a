"""What pages say a command prints is what it prints: each is run again and compared.

A `run` runs in the clean tree of its stage, built in b/ as a reader builds it; a `break-it` is
made in a copy of that tree, and the test it names must fail, or not end within 20 seconds. The
trees live in build/stages/, so a second call builds only what changed.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import signal
import subprocess
import textwrap
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from weave.errors import WeaveError
from weave.locks import exclusive
from weave.pages import breaks, coverage, rst
from weave.story import Chapter, Stage
from weave.trees import emit
from weave.trees.history import History

HANG = 20  # seconds after which a broken test counts as dead
PATIENCE = 120  # seconds for a command of a page
CONFIGURE = ["-G", "Ninja"]
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


def check(
    history: History,
    slugs: list[str] | None = None,
    *,
    rewrite: bool = False,
    only: str | None = None,
    say: bool = True,
) -> list[WeaveError]:
    """Runs every command and every break of the chapters; returns what does not hold."""
    with exclusive(history.root / "build/stages/.lock"):  # the trees are shared
        return _check(history, slugs, rewrite, only, say)


def _check(
    history: History, slugs: list[str] | None, rewrite: bool, only: str | None, say: bool
) -> list[WeaveError]:
    jobs, errors = _jobs(history, slugs, only)
    stages = {
        job.stage.name: job.stage for job in jobs if job.directive.options.get("in") != "repo"
    }
    with ThreadPoolExecutor(BUILDERS) as pool:
        ready = dict(zip(stages, pool.map(lambda s: _prepare(history, s, jobs), stages.values())))
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
            output = _run(history, job)
        except WeaveError as error:
            errors.append(error)
            continue
        if output != _normal(job.directive.content, history):
            if rewrite:
                page = history.root / job.directive.file
                new_text.setdefault(page, []).append((job.directive, output))
            else:
                errors.append(_differs(history, job, output))
    for page, changes in new_text.items():
        _rewrite(page, changes)
    planted = [job for job in jobs if job.directive.name == "break-it"]
    with ThreadPoolExecutor(BUILDERS) as pool:
        for found in pool.map(
            lambda group: _break_all(history, group), _by_stage(planted).values()
        ):
            errors += found
    if say and not errors:
        done = f", {sum(map(len, new_text.values()))} rewritten" if rewrite else ""
        print(
            f"{len(runs)} commands print what the pages say{done}, {len(planted)} breaks are caught"
        )
    return errors


def _jobs(
    history: History, slugs: list[str] | None, only: str | None
) -> tuple[list[Job], list[WeaveError]]:
    wanted = [history.story.chapter(slug).slug for slug in slugs or []]
    jobs, errors = [], []
    for path, chapter in history.pages().items():
        if wanted and chapter.slug not in wanted:
            continue
        for directive in rst.read(path, history.root).directives:
            if directive.name in ("run", "break-it") and only in (None, directive.name):
                try:
                    stage = coverage.stage_of(history, directive.options.get("stage", ""), chapter)
                    if directive.name == "break-it":
                        _break_of(history, directive, stage)
                    jobs.append(Job(directive, chapter, stage))
                except WeaveError as error:
                    errors.append(error.at(directive.file, directive.line))
    return jobs, errors


def _break_of(history: History, directive: rst.Directive, stage: Stage) -> breaks.Break:
    options = directive.options
    return breaks.build(
        history,
        directive.argument,
        options.get("find", ""),
        options.get("replace", ""),
        options.get("dies", ""),
        stage,
    )


def _by_stage(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        groups.setdefault(job.stage.name, []).append(job)
    return groups


# Trees and builds.


def _call(command: list[str] | str, cwd: Path, seconds: float) -> tuple[int | None, str]:
    """(exit code or None for one that did not end, what it printed)."""
    env = {"CCACHE_BASEDIR": str(cwd), "CCACHE_NOHASHDIR": "1"} | os.environ
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        shell=isinstance(command, str),
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        errors="replace",
        start_new_session=True,
    ) as process:
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
        return WeaveError(
            "cmake", None, "the program is not installed", "apt-get install cmake ninja-build"
        )
    return (
        None
        if code == 0
        else WeaveError(
            tree.name, None, "cmake fails: " + _last(out), f"run cmake -S {tree.name} -B b"
        )
    )


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


def _prepare(history: History, stage: Stage, jobs: list[Job]) -> WeaveError | None:
    """Writes and builds the tree of a stage as far as its commands need."""
    tree = history.root / "build/stages" / stage.name
    try:
        emit.emit(stage.name, tree, history.root)
    except WeaveError as error:
        return error
    failed = _configure(tree)
    runs = [
        j
        for j in jobs
        if j.stage is stage
        and j.directive.name == "run"
        and j.directive.options.get("in") != "repo"
    ]
    if failed or not runs:
        return failed
    needs = [_programs(job) for job in runs]
    whole = any(not need or "ctest" in job.directive.argument for need, job in zip(needs, runs))
    good, out = _build(tree, [] if whole else [name for need in needs for name in need])
    return (
        None
        if good
        else WeaveError(
            f"the stage {stage}",
            None,
            "does not build: " + _last(out),
            f"./book stage {stage} DIR and build it there",
        )
    )


# Commands.


def _run(history: History, job: Job) -> list[str]:
    """What a command prints now, normalised."""
    where = job.directive.options.get("in", "")
    if where not in ("", "repo"):
        raise job.refuse(f":in: {where} is no place", "write :in: repo, or leave it out")
    tree = history.root if where else history.root / "build/stages" / job.stage.name
    command = job.directive.argument
    code, out = _call(command, tree, PATIENCE)
    if code is None:
        raise job.refuse(
            f"`{job.directive.argument}` did not end within {PATIENCE} s",
            "mend the code or the command",
        )
    if code == 127 or code == 126:
        raise job.refuse(
            f"`{job.directive.argument}` can't be run: {_last(out)}", "check the program's name"
        )
    wanted = job.directive.options.get("exit", "0")
    if str(code) != wanted:
        raise job.refuse(
            f"`{job.directive.argument}` exits with {code}, not {wanted}: {_last(out)}",
            "mend it, or say :exit: if the page means to show a failure",
        )
    return _normal(out.splitlines(), history, tree)


NORMAL = (
    (re.compile(r"\(\d+ ms( total)?\)"), r"(… ms\1)"),
    (re.compile(r"\bin \d+(\.\d+)? ?s(ec|econds)?\b"), "in … s"),
    (re.compile(r"\b\d+(\.\d+)? sec\b"), "… sec"),
    (re.compile(r"(Total Test time \(real\) =)\s+[\d.…]+"), r"\1 …"),
    (re.compile(r"\bpid[ =]\d+"), "pid …"),
    (re.compile(r"\b0x[0-9a-f]{6,}\b"), "0x…"),
    (re.compile(r"\x1b\[[0-9;]*[A-Za-z]"), ""),
)


def _normal(lines: list[str], history: History, tree: Path | None = None) -> list[str]:
    """Times, addresses and this machine's paths as `…`; nothing at the ends."""
    out = []
    for line in lines:
        if line.startswith("Running main() from"):
            continue  # where GoogleTest was built is no news
        for place in ([str(tree)] if tree else []) + [str(history.root)]:
            line = line.replace(place, "…")
        for pattern, instead in NORMAL:
            line = pattern.sub(instead, line)
        out.append(line.rstrip())
    while out and not out[-1]:
        out.pop()
    while out and not out[0]:
        out.pop(0)
    return textwrap.dedent("\n".join(out)).split("\n") if out else []


def _differs(history: History, job: Job, output: list[str]) -> WeaveError:
    expected = _normal(job.directive.content, history)
    changes = [line for line in difflib.ndiff(expected, output) if line[:1] in "+-"]
    shown = "; ".join(
        f"{'prints' if c[0] == '+' else 'the page has'} `{c[2:].strip()}`" for c in changes[:2]
    )
    return job.refuse(
        f"`{job.directive.argument}` prints something else: {shown}",
        "run `python3 -m weave outputs --rewrite` and read the change",
    )


def _rewrite(page: Path, changes: list[tuple[rst.Directive, list[str]]]) -> None:
    """Writes outputs into a page, from its end upwards so that line numbers hold."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for directive, output in sorted(changes, key=lambda c: -c[0].line):
        options = directive.content_line - 1
        while options > directive.line and not lines[options - 1].strip():
            options -= 1
        pad = " " * (directive.indent + 3)
        body = [pad + line if line else "" for line in output]
        lines[options : directive.end_line] = ["", *body] if body else []
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


# Breaks.


def _break_all(history: History, jobs: list[Job]) -> list[WeaveError]:
    """The breaks of one stage, one after the other in one copy of its tree."""
    errors, stage = [], jobs[0].stage.name
    tree = history.root / "build/stages" / f"{stage}.broken"
    try:
        emit.emit(stage, tree, history.root)
    except WeaveError as error:
        return [error]
    failed = _configure(tree)
    if failed:
        return [failed]
    for job in jobs:
        if wrong := _break(history, job, tree):
            errors.append(wrong)
        emit.emit(stage, tree, history.root)  # as it was before it was broken
    return errors


def _break(history: History, job: Job, tree: Path) -> WeaveError | None:
    broken = _break_of(history, job.directive, job.stage)
    file = tree / broken.file
    file.write_text(broken.apply(file.read_text(encoding="utf-8")), encoding="utf-8")
    good, out = _build(tree, [broken.program])
    if not good:
        return job.refuse(
            f"the broken {broken.file} does not build: {_last(out)}",
            "break it in a way that compiles",
        )
    program = next((p for p in (tree / "b").rglob(broken.program) if p.is_file()), None)
    if program is None:
        return job.refuse(f"there is no program {broken.program}", "check where the test lies")
    names = f"{broken.dies}:*/{broken.dies}/*"
    code, _ = _call([str(program), f"--gtest_filter={names}", "--gtest_brief=1"], tree, HANG)
    if code == 0:
        return job.refuse(
            f"{broken.dies} passes although {broken.file} is broken",
            "name a test that dies of it, or write one",
        )
    return None
