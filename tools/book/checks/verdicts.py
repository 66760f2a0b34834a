"""Exercises that are judged in the page: its verdict is the terminal's, on right answers and wrong
ones.

The same scripts judge in both places, but the machines below them differ: native programs there,
here the node and the programs in WebAssembly. What the first says of each answer, the second has to
say; what is around the judgement in the page is tested with it. Exercises in C++ are compiled by
the pages' compiler, each with its starter and its solution.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from book.checks import player
from book.checks.outcome import Context, Outcome
from book.common.paths import PAGE_COMPILER, ROOT
from book.exercises import acceptance, judge, model, page, solutions, workspace
from book.exercises.model import Exercise
from book.wasm import compiler

TESTS = ROOT / "tools" / "site" / "play" / "tests" / "exercises"
COMPILED = TESTS.parent / "compiler"


def check(_: Context) -> Outcome:
    if why := player.absent():
        return Outcome(skipped=why)
    everything = model.load_all()
    return _under_node(
        TESTS,
        {
            "composed": [
                case for exercise in everything if page.plays(exercise) for case in _cases(exercise)
            ],
            "predicted": [
                {
                    "exercise": page.data(exercise),
                    "starter": workspace.starter(exercise),
                    "solution": solutions.solution(exercise),
                }
                for exercise in everything
                if page.compares(exercise)
            ],
        },
    )


def compiled(_: Context) -> Outcome:
    """Those in C++."""
    if why := compiler.absent():
        return Outcome(skipped=why)
    compiler.place()
    files = {"starter": workspace.starter, "solution": solutions.solution}
    cases = [
        {
            "name": f"{exercise.id}: the {name}",
            "kind": exercise.kind,
            "pack": page.pack_of(exercise),
            "files": files[name](exercise),
            "passed": verdict["passed"],
            "lines": verdict["lines"],
        }
        for exercise in model.load_all()
        if page.packed(exercise)
        for name, verdict in acceptance.verdicts(exercise).items()
    ]
    return _under_node(COMPILED, cases)


def _under_node(tests: Path, cases: object) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        file = Path(scratch) / "cases.json"
        file.write_text(json.dumps(cases), encoding="utf-8")
        return player.under_node(
            tests, {"BOOK_CASES": str(file), "BOOK_COMPILER": str(PAGE_COMPILER)}
        )


def _cases(exercise: Exercise) -> list[dict[str, object]]:
    data = page.data(exercise)
    cases: list[dict[str, object]] = []
    for name, answer in answers(exercise).items():
        files = {"answer.txt": answer}
        verdict = judge.judge(exercise, files)
        cases.append(
            {
                "name": f"{exercise.id}: {name}",
                "exercise": data,
                "files": files,
                "passed": verdict.passed,
                "lines": verdict.said,
            }
        )
    return cases


def answers(exercise: Exercise) -> dict[str, str]:
    """What readers may hand in."""
    starter, right = exercise.text("answer.txt"), solutions.solution(exercise)["answer.txt"]
    lines = right.splitlines(keepends=True)
    half = len(lines) // 2
    return {
        "the starter": starter,
        "the solution": right,
        "the solution, spaced": right.replace("\n\n", "\n\n\n"),
        "nothing": "",
        "a remark": "# later\n",
        "half of it": "".join(lines[:half]),
        "all but its end": "".join(lines[:-3]),
        "one line less": "".join(lines[:half] + lines[half + 1 :]),
        "one line twice": "".join(lines[: half + 1] + lines[half:]),
        "one number more": "".join(lines[:half]) + "".join(lines[half:]).replace("1", "11", 1),
        "more at the end": right + "\nstatus 1\n----\n",
        "words": "I think that node 2 leads.\n",
        "no such node": right + "\ncampaign 9\n----\n",
        "no such argument": right + "\ncampaign 1 often=yes\n----\n",
        "half an argument": right + "\ndeliver-msgs drop=(1\n----\n",
        "letters of many kinds": right + "\npropose 1 日本\n----\n",
    }
