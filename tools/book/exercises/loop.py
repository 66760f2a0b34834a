"""The exercise loop as a reader meets it: list, start, check, watch, hint, reset, solution."""

from __future__ import annotations

import shutil
import sys
import time

from rich.markup import escape

from book.common import process, terminal
from book.common.paths import ROOT, shown
from book.common.refusal import Refusal
from book.common.tables import aligned, for_terminal
from book.exercises import judge, model, progress, solutions, workspace
from book.exercises.model import Exercise
from weave import story

BRIEF = 6  # lines of a starter's failures
PRINTED = 30  # lines of what a program prints
MARKS = {"": "", "started": "started", "passed": "✓ solved", "shown": "solution shown"}


def pick(name: str | None) -> Exercise:
    exercises = model.load_all()
    return model.find(name, exercises) if name else progress.latest(exercises)


def list_exercises() -> None:
    exercises, data = model.load_all(), progress.load()
    if not exercises:
        terminal.line("There are no exercises yet.")
        return
    marks = [MARKS.get(progress.state(e, data), "") for e in exercises]
    if terminal.console.is_terminal:
        table = for_terminal(("exercise", "title", "kind", "stars", "min", "state"))
        for e, mark in zip(exercises, marks, strict=True):
            table.add_row(
                escape(e.id), escape(e.title), e.kind, "★" * e.stars, str(e.minutes), mark
            )
        terminal.console.print(table)
    else:
        for text in aligned(
            [
                (e.id, e.kind, "*" * e.stars, f"{e.minutes} min", mark or "not started")
                for e, mark in zip(exercises, marks, strict=True)
            ],
            left=(0, 1, 2, 4),
        ):
            terminal.line(text)
    solved = sum(progress.state(e, data) == "passed" for e in exercises)
    terminal.line(
        f"\n{solved} of {len(exercises)} solved. ./book start EXERCISE begins one.", "dim"
    )


def start(exercise: Exercise) -> None:
    if exercise.workspace.exists():
        terminal.line(f"{exercise.id} is started already, in {shown(exercise.workspace)}.")
        terminal.line(
            f"Go on with ./book check {exercise.id}, or begin afresh with "
            f"./book reset {exercise.id}."
        )
        progress.note(exercise)
        return
    with terminal.Step(f"Cutting {exercise.id} out of the stage {exercise.stage}"):
        files = workspace.starter(exercise)
        others = workspace.companions(exercise)
    workspace.write(exercise.workspace, files | others)
    progress.note(exercise, state="started", hints=0)
    terminal.line()
    terminal.line(
        f"{exercise.title}   {exercise.kind}, {'★' * exercise.stars}, "
        f"about {exercise.minutes} minutes",
        "bold",
    )
    terminal.line(f"  read   {shown(exercise.workspace / 'BRIEF.txt')}")
    for path in files:
        terminal.line(f"  edit   {shown(exercise.workspace / path)}")
    terminal.line(
        f"  then   ./book check {exercise.id}      (./book watch {exercise.id} checks at "
        "every save)"
    )


def check(exercise: Exercise, only: str = "") -> bool:
    """`only` is a filter of tests' names: the others are not run, and no mark is set."""
    files = workspace.readers_files(exercise)
    with terminal.Step(f"Checking {exercise.id}") as step:
        verdict = judge.judge(exercise, files, exercise.workspace, only=only)
        step.ok, step.note = verdict.passed, "passed" if verdict.passed else "not yet"
    if only:
        terminal.line()
        _lines(verdict.said)
        _heard(verdict)
        terminal.line(f"\nOnly tests like {only} were run: ./book check {exercise.id} judges it.")
        return verdict.passed
    progress.tried(exercise, verdict.passed)
    _tell(exercise, verdict, untouched=files == workspace.starter(exercise))
    return verdict.passed


def _tell(exercise: Exercise, verdict: judge.Verdict, untouched: bool) -> None:
    terminal.line()
    _lines(verdict.said if verdict.passed or not untouched else _brief(verdict.said))
    _heard(verdict)
    _unheard(exercise)
    terminal.line()
    if verdict.passed:
        shown_before = progress.state(exercise) == "shown"
        terminal.line(
            "That is the solution's way." if shown_before else f"Solved: {exercise.title}.",
            "bold green",
        )
        _invariant(exercise)
        everything = model.load_all()
        ids = [e.id for e in everything]
        here = ids.index(exercise.id) if exercise.id in ids else 0
        follower = next(
            (e for e in everything[here:] + everything[:here] if not e.workspace.exists()), None
        )
        if follower:
            terminal.line(
                f"Next: ./book start {follower.id}   ({follower.title}, {'★' * follower.stars})"
            )
        return
    if untouched:
        why = "" if exercise.kind == "hunt" else f" {exercise.why_it_fails}"  # it names the bug
        terminal.line(f"This is the starter as it came.{why}")
    if exercise.kind != "hunt":
        _invariant(exercise)
    edit = next(iter(workspace.starter(exercise)))
    terminal.line(f"Next: edit {shown(exercise.workspace / edit)}, then ./book check {exercise.id}")
    terminal.line(f"Stuck? ./book hint {exercise.id}")


def _lines(said: list[str]) -> None:
    for text in said:
        terminal.line(
            text, "green" if text.startswith("✓") else "bold red" if text.startswith("✗") else None
        )


def _brief(said: list[str]) -> list[str]:
    """The first failure of a starter, which fails by nature, and how many lines more there are."""
    first = next((at for at, text in enumerate(said[1:], 1) if text[:1] in "✗✓"), len(said))
    kept = said[: min(first, BRIEF)]
    left = len(said) - len(kept)
    return [*kept, f"    … {left} lines more, once you have begun"] if left > 0 else kept


def _heard(verdict: judge.Verdict) -> None:
    if verdict.printed:
        terminal.line("Your program printed:", "dim")
        for text in _bounded(verdict.printed):
            terminal.line(f"    {text}")


def _bounded(printed: list[str]) -> list[str]:
    left = len(printed) - PRINTED
    return printed if left <= 0 else [*printed[:PRINTED], f"… {left} lines more"]


def _unheard(exercise: Exercise) -> None:
    """What the reader may have edited in vain."""
    beside = workspace.companions(exercise)
    beside.pop(workspace.BRIEF)
    for path in _changed(exercise, beside):
        terminal.line(
            f"{shown(exercise.workspace / path)} was edited: the exercise's own decides, and not "
            "this copy of it.",
            "yellow",
        )
    if edited := _edited_code():
        terminal.line(
            f"{edited} of the book itself was edited: starters and verdicts are made of it as it "
            "is now. git checkout code puts it back.",
            "yellow",
        )


def _edited_code() -> str:
    """The first file in code/ that is not as committed; nothing where there is no git."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        return ""
    done = process.run(["git", "-C", ROOT, "diff", "--name-only", "HEAD", "--", "code"])
    return done.output.split("\n")[0] if done.ok else ""


def _invariant(exercise: Exercise) -> None:
    statement = _statement(exercise.invariant)
    terminal.line(exercise.invariant + (f": {statement}" if statement else ""), "cyan")


def _statement(name: str) -> str:
    """The statement of an invariant, from the page that names it."""
    from weave.pages import rst  # needs docutils, which is installed by now

    stages = story.load(ROOT)
    page = stages.chapter(stages.stage(name.split("-")[1]).chapter).page  # INV-STAGE-1
    found = [
        d
        for d in rst.read(ROOT / page, ROOT).directives
        if (d.name, d.argument) == ("invariant", name)
    ]
    return " ".join(rst.plain("\n".join(found[0].content)).split()) if found else ""


def watch(exercise: Exercise, interval: float = 0.5) -> None:
    """Checks now and at every save, until Ctrl-C."""
    seen = None
    terminal.line(f"Watching {shown(exercise.workspace)}; Ctrl-C ends it.")
    try:
        while True:
            now = _present(exercise)
            if now is not None and now != seen:
                seen = now
                check(exercise)
                terminal.line("… waiting for the next save", "dim")
            time.sleep(interval)
    except KeyboardInterrupt:
        terminal.line()


def _present(exercise: Exercise) -> dict[str, str] | None:
    """The reader's files; nothing while one is away, as for a moment when an editor saves it."""
    if not all((exercise.workspace / path).exists() for path in workspace.starter(exercise)):
        return None
    try:
        return workspace.readers_files(exercise)
    except Refusal:
        return None  # gone between the two looks, or half written


def hint(exercise: Exercise, everything: bool = False) -> None:
    if not exercise.workspace.exists():
        raise Refusal(f"{exercise.id} is not started", f"./book start {exercise.id}")
    given = int(progress.load()["exercises"].get(exercise.id, {}).get("hints", 0))
    count = len(exercise.hints) if everything else min(given + 1, len(exercise.hints))
    for number in range(1 if everything else count, count + 1):
        terminal.line(f"Hint {number} of {len(exercise.hints)}: {exercise.hints[number - 1]}")
    if given >= len(exercise.hints) and not everything:
        terminal.line(
            f"That was the last one. ./book solution {exercise.id} shows the way we took."
        )
    progress.hinted(exercise, count)


def reset(exercise: Exercise, sure: bool) -> None:
    if not exercise.workspace.exists():
        raise Refusal(f"{exercise.id} is not started", f"./book start {exercise.id}")
    fresh = workspace.starter(exercise)
    beside = workspace.companions(exercise)
    changed = _changed(exercise, fresh | beside)
    if changed and not sure:
        terminal.line("These differ from the starter: " + ", ".join(changed))
        if not sys.stdin.isatty():
            raise Refusal(
                "nothing was reset",
                f"./book reset --yes {exercise.id} does it; your files are kept as .bak",
            )
        if terminal.console.input(
            "Put the starter back? Your files are kept as .bak. [y/N] "
        ).strip().lower() not in ("y", "yes"):
            raise Refusal("nothing was reset")
    _put(exercise, fresh | beside, changed)
    progress.note(exercise, state="started", hints=0)
    terminal.line(f"{exercise.id} is as it was at the start.")


def solution(exercise: Exercise, print_only: bool) -> None:
    right = solutions.solution(exercise)
    if print_only:
        for path, text in right.items():
            terminal.line(f"--- {path}", "bold")
            terminal.line(text.rstrip())
        return
    if not exercise.workspace.exists():
        workspace.write(exercise.workspace, workspace.companions(exercise))
    fresh = workspace.starter(exercise)
    theirs = [
        path
        for path in _changed(exercise, right)
        if path not in fresh or path in _changed(exercise, fresh)
    ]  # a starter is nobody's work
    _put(exercise, right, theirs)
    progress.note(exercise, state="shown")
    for path in right:
        terminal.line(f"The solution is in {shown(exercise.workspace / path)}.")
    terminal.line(f"./book check {exercise.id} runs it.")


def _changed(exercise: Exercise, files: dict[str, str]) -> list[str]:
    """The files of the workspace that differ from these."""
    found = []
    for path, text in files.items():
        place = exercise.workspace / path
        if place.exists() and place.read_bytes() != text.encode():
            found.append(path)
    return found


def _put(exercise: Exercise, files: dict[str, str], changed: list[str]) -> None:
    for path in changed:
        spare = workspace.keep(exercise.workspace / path)
        if spare:
            terminal.line(f"Your {path} is kept as {shown(spare)}.")
    workspace.write(exercise.workspace, files)
