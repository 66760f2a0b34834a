"""The exercise loop as a reader meets it: list, start, check, watch, hint, reset, solution."""
from __future__ import annotations

import re
import sys
import time

from rich.markup import escape
from rich.table import Table

from book import say
from book.exercises import judge, model, work
from book.exercises.model import Exercise
from book.paths import ROOT, shown

MARKS = {"": "", "started": "started", "passed": "✓ solved", "shown": "solution shown"}


def pick(name: str | None) -> Exercise:
    exercises = model.load_all()
    return model.find(name, exercises) if name else work.latest(exercises)


def table() -> None:
    exercises, data = model.load_all(), work.progress()
    if not exercises:
        say.line("There are no exercises yet.")
        return
    if say.console.is_terminal:
        shown_table = Table("exercise", "title", "kind", "stars", "min", "state",
                            box=None, pad_edge=False, header_style="bold")
        for e in exercises:
            shown_table.add_row(escape(e.id), escape(e.title), e.kind, "★" * e.stars,
                                str(e.minutes), MARKS.get(work.state(e, data), ""))
        say.console.print(shown_table)
    else:
        width = max(len(e.id) for e in exercises)
        for e in exercises:
            say.line(f"{e.id:<{width}}  {e.kind:<7}  {'*' * e.stars:<5}  {e.minutes:>3} min  "
                     f"{MARKS.get(work.state(e, data), '') or 'not started'}")
    solved = sum(work.state(e, data) == "passed" for e in exercises)
    say.line(f"\n{solved} of {len(exercises)} solved. ./book start EXERCISE begins one.", "dim")


def start(exercise: Exercise) -> None:
    if exercise.workspace.exists():
        say.line(f"{exercise.id} is started already, in {shown(exercise.workspace)}.")
        say.line(f"Go on with ./book check {exercise.id}, or begin afresh with "
                 f"./book reset {exercise.id}.")
        work.note(exercise)
        return
    with say.Step(f"Cutting {exercise.id} out of the stage {exercise.stage}"):
        files = work.starter(exercise)
        others = work.companions(exercise)
    work.write(exercise.workspace, files | others)
    work.note(exercise, state="started", hints=0)
    say.line()
    say.line(f"{exercise.title}   {exercise.kind}, {'★' * exercise.stars}, "
             f"about {exercise.minutes} minutes", "bold")
    say.line(f"  read   {shown(exercise.workspace / 'BRIEF.txt')}")
    for path in files:
        say.line(f"  edit   {shown(exercise.workspace / path)}")
    say.line(f"  then   ./book check {exercise.id}      (./book watch {exercise.id} checks at "
             "every save)")


def check(exercise: Exercise) -> bool:
    files = work.theirs(exercise)
    with say.Step(f"Checking {exercise.id}") as step:
        verdict = judge.judge(exercise, files, exercise.workspace)
        step.ok, step.note = verdict.passed, "passed" if verdict.passed else "not yet"
    tries = work.progress()["exercises"].get(exercise.id, {}).get("tries", 0) + 1
    if verdict.passed:
        shown_before = work.state(exercise) == "shown"
        work.note(exercise, state="shown" if shown_before else "passed", tries=tries)
    else:
        work.note(exercise, state="started", tries=tries)
    _tell(exercise, verdict, untouched=files == work.starter(exercise))
    return verdict.passed


def _tell(exercise: Exercise, verdict: judge.Verdict, untouched: bool) -> None:
    say.line()
    for text in verdict.said:
        say.line(text, "green" if text.startswith("✓") else
                 "bold red" if text.startswith("✗") else None)
    say.line()
    if verdict.passed:
        shown_before = work.state(exercise) == "shown"
        say.line("That is the solution's way." if shown_before else f"Solved: {exercise.title}.",
                 "bold green")
        _invariant(exercise)
        everything = model.load_all()
        ids = [e.id for e in everything]
        here = ids.index(exercise.id) if exercise.id in ids else 0
        follower = next((e for e in everything[here:] + everything[:here]
                         if not e.workspace.exists()), None)
        if follower:
            say.line(f"Next: ./book start {follower.id}   ({follower.title}, "
                     f"{'★' * follower.stars})")
        return
    if untouched:
        why = "" if exercise.kind == "hunt" else f" {exercise.why_it_fails}"  # it names the bug
        say.line(f"This is the starter as it came.{why}")
    if exercise.kind != "hunt":
        _invariant(exercise)
    edit = next(iter(work.starter(exercise)))
    say.line(f"Next: edit {shown(exercise.workspace / edit)}, then ./book check {exercise.id}")
    say.line(f"Stuck? ./book hint {exercise.id}")


def _invariant(exercise: Exercise) -> None:
    statement = _statement(exercise.invariant)
    say.line(exercise.invariant + (f": {statement}" if statement else ""), "cyan")


def _statement(name: str) -> str:
    """The statement of an invariant, from the page that names it."""
    for page in sorted((ROOT / "chapters").glob("*.rst")):
        found = re.search(rf"^\.\. invariant:: {re.escape(name)}[ \t]*\n((?:[ \t]+.*\n|\n)*)",
                          page.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            lines = [t for t in found[1].splitlines() if not t.strip().startswith(":") or
                     ":`" in t]
            return " ".join(work.plain("\n".join(t.strip() for t in lines)).split())
    return ""


def watch(exercise: Exercise, interval: float = 0.5) -> None:
    """Checks now and at every save, until Ctrl-C."""
    seen = None
    say.line(f"Watching {shown(exercise.workspace)}; Ctrl-C ends it.")
    try:
        while True:
            now = work.theirs(exercise)
            if now != seen:
                seen = now
                check(exercise)
                say.line("… waiting for the next save", "dim")
            time.sleep(interval)
    except KeyboardInterrupt:
        say.line()


def hint(exercise: Exercise, everything: bool = False) -> None:
    if not exercise.workspace.exists():
        raise say.Refusal(f"{exercise.id} is not started", f"./book start {exercise.id}")
    given = int(work.progress()["exercises"].get(exercise.id, {}).get("hints", 0))
    count = len(exercise.hints) if everything else min(given + 1, len(exercise.hints))
    for number in range(1 if everything else count, count + 1):
        say.line(f"Hint {number} of {len(exercise.hints)}: {exercise.hints[number - 1]}")
    if given >= len(exercise.hints) and not everything:
        say.line(f"That was the last one. ./book solution {exercise.id} shows the way we took.")
    work.note(exercise, hints=max(given, count))


def reset(exercise: Exercise, sure: bool) -> None:
    if not exercise.workspace.exists():
        raise say.Refusal(f"{exercise.id} is not started", f"./book start {exercise.id}")
    fresh = work.starter(exercise)
    changed = _changed(exercise, fresh)
    if changed and not sure:
        say.line("These differ from the starter: " + ", ".join(changed))
        if not sys.stdin.isatty():
            raise say.Refusal("nothing was reset", f"./book reset --yes {exercise.id} does it; your "
                              "files are kept as .bak")
        if say.console.input("Put the starter back? Your files are kept as .bak. [y/N] "
                             ).strip().lower() not in ("y", "yes"):
            raise say.Refusal("nothing was reset")
    _put(exercise, fresh | work.companions(exercise), changed)
    work.note(exercise, state="started", hints=0)
    say.line(f"{exercise.id} is as it was at the start.")


def solution(exercise: Exercise, print_only: bool) -> None:
    right = work.solution(exercise)
    if print_only:
        for path, text in right.items():
            say.line(f"--- {path}", "bold")
            say.line(text.rstrip())
        return
    if not exercise.workspace.exists():
        work.write(exercise.workspace, work.companions(exercise))
    fresh = work.starter(exercise)
    theirs = [path for path in _changed(exercise, right)
              if path not in fresh or path in _changed(exercise, fresh)]  # a starter is nobody's work
    _put(exercise, right, theirs)
    work.note(exercise, state="shown")
    for path in right:
        say.line(f"The solution is in {shown(exercise.workspace / path)}.")
    say.line(f"./book check {exercise.id} runs it.")


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
        spare = work.keep(exercise.workspace / path)
        if spare:
            say.line(f"Your {path} is kept as {shown(spare)}.")
    work.write(exercise.workspace, files)
