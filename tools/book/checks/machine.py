"""Checks of the machinery: weave's judgements, the tests of weave and of this command, exercises."""
from __future__ import annotations

import re
import shlex
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from book import cmake, proc
from book.checks.outcome import Context, Outcome, broken, of_errors, of_junit
from book.exercises import gates, model
from book.paths import BUILD, ROOT
from book.say import Refusal

ENV = {"PYTHONPATH": str(ROOT / "tools"), "PYTHONDONTWRITEBYTECODE": "1"}


def _weave(*arguments: str) -> proc.Done:
    # The pages' commands share objects with the checks of the stages.
    compiler = cmake.cache_env() | {"CMAKE_BUILD_PARALLEL_LEVEL": str(cmake.JOBS),
                                    "WEAVE_CMAKE": shlex.join(cmake.options())}
    return proc.run([sys.executable, "-m", "weave", *arguments], cwd=ROOT / "tools",
                    env=ENV | compiler, timeout=1800)


def _judged(things: int, *arguments: str) -> Outcome:
    """A weave command: one line for each thing that is wrong."""
    done = _weave(*arguments)
    if done.ok:
        return Outcome(things, 0, done.output)
    if "Traceback (most recent call last)" in done.output:
        return broken(done.output)
    lines = [t for t in done.output.splitlines() if re.match(r"\S+: .", t)]
    return of_errors(things, lines or [done.output], done.output)


def _count(pattern: str) -> int:
    return len(list(ROOT.glob(pattern)))


def lint(_: Context) -> Outcome:
    return _judged(_count("code/**/*.[ch]pp"), "lint")


def equal(_: Context) -> Outcome:
    return _judged(_count("code/**/*.[ch]pp"), "equal")


def coverage(_: Context) -> Outcome:
    return _judged(_count("chapters/[0-9]*.rst"), "coverage")


def outputs(context: Context) -> Outcome:
    from weave import rst  # needs docutils, which is installed by now
    blocks = [found for page in ROOT.glob("chapters/*.rst")
              for found in rst.read(page, ROOT).directives if found.name in ("run", "break-it")]
    return _judged(len(blocks), "outputs", *(["--rewrite"] if context.rewrite else []))


def _pytest(name: str, *places: Path) -> Outcome:
    there = [str(place) for place in places if place.is_dir()]
    if not there:
        return broken(f"{places[0]} does not exist")
    report = BUILD / "test" / f"{name}.junit.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    path = f"{ROOT / 'tools'}:{ROOT / 'tools' / 'site' / 'ext'}"
    done = proc.run([sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider",
                     f"--junitxml={report}", *there], cwd=ROOT, timeout=900,
                    env=ENV | {"PYTHONPATH": path})
    return of_junit(report, done)


def weave_tests(_: Context) -> Outcome:
    return _pytest("weave-tests", ROOT / "tools" / "weave" / "tests")


def command_tests(_: Context) -> Outcome:
    return _pytest("command-tests", ROOT / "tools" / "book" / "tests")


def site_tests(_: Context) -> Outcome:
    return _pytest("site-tests", ROOT / "tools" / "site" / "ext" / "tests")


def exercises(context: Context) -> Outcome:
    """Every exercise's gates; in a full run nothing kept from earlier is believed. A rewriting run
    writes down what the predictions' programs print."""
    try:
        everything = model.load_all()
    except Refusal as refusal:
        return broken(str(refusal))
    # Two stages at a time: a test that hangs until its limit leaves the processors idle.
    stages = [[e for e in everything if e.stage == stage]
              for stage in dict.fromkeys(e.stage for e in everything)]
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda some: [gates.check(e, context.quick, context.rewrite)
                                      for e in some], stages)
    outcome, log = Outcome(), []
    for gate in (gate for some in done for gate in some):
        outcome.passed += gate.passed
        outcome.failed += not gate.passed
        log.append(f"{'ok' if gate.passed else 'FAILED'} {gate.exercise}"
                   f"{' (unchanged)' if gate.cached else ''}")
        if gate.message:
            log.append(gate.message)
    outcome.log = "\n".join(log)
    return outcome
