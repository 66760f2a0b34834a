"""The verdict on a reader's files. The pages' own scripts give it, under Node; here the programs
that they ask for are built. See tools/site/play/terminal/judge.mjs for how the two talk.

The tests are always the repository's own, never the copy that lies in the reader's workspace.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book.common import process
from book.common.paths import ROOT, in_repository
from book.common.refusal import Refusal
from book.exercises import page, workspace
from book.exercises.build_tree import BuildTree, Recipe
from book.exercises.model import SCENARIO, Edit, Exercise
from book.scenes import scenario_files

SCRIPT = ROOT / "tools" / "site" / "play" / "terminal" / "judge.mjs"
LIMIT = 20.0  # seconds for an exercise's own program
Answer = dict[str, Any]
Builder = Callable[[str], Answer]


@dataclass(frozen=True)
class Verdict:
    """`said` is the verdict as plain text, failures first; `broken`: it did not compile; `printed`:
    what the reader's program said besides."""

    passed: bool
    said: list[str]
    broken: bool = False
    printed: list[str] = field(default_factory=list)

    def text(self) -> str:
        return "\n".join(self.said)


def judge(
    exercise: Exercise,
    files: dict[str, str],
    where: Path | None = None,
    test: str | None = None,
    mutants: tuple[Edit, ...] | None = None,
    only: str = "",
) -> Verdict:
    """The verdict on the reader's files. `where` is the directory they are told about; `test` and
    `mutants` stand in for the exercise's own, when a teacher brings hidden ones. With `only`, tests
    whose names match it are run on the right node, and nothing else is judged."""
    if only and (exercise.kind in ("predict", "compose") or exercise.plays):
        raise Refusal(f"{exercise.id} has no tests to choose from", "leave --filter out")
    if exercise.kind == "predict":
        return _asked({"way": "predict", "exercise": page.data(exercise), "files": files})
    if exercise.kind == "compose":
        return _composed(exercise, files, test)
    if exercise.kind == "kill":
        wrong = exercise.mutants if mutants is None else mutants
        wrong = () if only else wrong
        return _coded(
            exercise, files, where, files["answer.cpp"], "answer.cpp", {}, wrong, only=only
        )
    own = exercise.text("test.cpp") if test is None and not exercise.plays else test or ""
    return _coded(exercise, files, where, own, "test.cpp", files, (), only=only)


def survivors(exercise: Exercise) -> list[str]:
    """The exercise's mutants that its test, or its scenario, does not kill."""
    source = "" if exercise.plays else exercise.text("test.cpp")
    verdict = _coded(exercise, {}, None, source, "test.cpp", {}, exercise.mutants, way="survivors")
    return [text for text in verdict.said if not text.startswith("✓")]


def _composed(exercise: Exercise, files: dict[str, str], source: str | None) -> Verdict:
    if exercise.expects and source is None:
        question = {"way": "compose", "exercise": page.data(exercise), "files": files}
        return _asked(question, lambda _: _built(scenario_files.build_player(exercise.stage)))
    tree = BuildTree(exercise)

    def program(_: str) -> Answer:
        return _built(tree.own("judge.cpp") if source is None else _hidden(tree, source))

    with tree.alone():
        return _asked({"way": "perform", "files": files}, program)


def _hidden(tree: BuildTree, source: str) -> Path:
    done, program = tree.build(Recipe(source))
    if not done.ok:
        raise Refusal(f"the hidden judge.cpp does not compile:\n{done.tail(12)}", "mend it")
    return program


def _coded(
    exercise: Exercise,
    files: dict[str, str],
    where: Path | None,
    source: str,
    name: str,
    over: dict[str, str],
    wrong: tuple[Edit, ...],
    way: str = "code",
    only: str = "",
) -> Verdict:
    """`source` is what the program is tested by, called `name`; without one it plays a scenario."""
    tree, mutants = BuildTree(exercise), {mutant.name: mutant for mutant in wrong}
    plays = "" if source else scenario_files.PLAYER

    def program(mutant: str) -> Answer:
        laid = over | (_changed(exercise, mutants[mutant]) if mutant else {})
        done, place = tree.build(Recipe(source, laid, plays))
        if done.timed_out:
            return {"said": "", "program": None, "late": 30}
        return {"said": done.output, "program": str(place) if done.ok else None}

    question = {
        "way": way,
        "files": files,
        "names": tree.names(name, where),
        "exercise": {
            "runs": "scenario" if plays else "tests",
            "wrong": list(mutants),
            "invariant": exercise.invariant if exercise.kind == "hunt" and not only else "",
            "only": only,
            "scenario": exercise.text(SCENARIO) if plays else "",
        },
    }
    with tree.alone():
        return _asked(question, program)


def _changed(exercise: Exercise, mutant: Edit) -> dict[str, str]:
    where = f"{exercise.toml}: [[mutant]] {mutant.name}"
    return {mutant.file: mutant.apply(workspace.tree(exercise.stage), where)}


def _built(program: Path) -> Answer:
    return {"said": "", "program": str(program)}


def _unasked(name: str) -> Answer:
    raise Refusal(f"a program {name!r} was asked for, and nothing is to be built")


def _asked(question: Answer, build: Builder = _unasked) -> Verdict:
    """Asks the script, and builds what it wants."""
    if not shutil.which("node"):
        raise Refusal("node is not installed, and it gives the verdicts", "apt-get install nodejs")
    with process.talk(["node", SCRIPT]) as talk:
        answer = talk.ask(question)
        while answer and "build" in answer:
            answer = talk.ask(build(answer["build"]))
        if not answer:
            raise Refusal(
                f"{in_repository(SCRIPT)} gave no verdict: {talk.complaint()}",
                "is Node 18 or newer installed? node --version",
            )
    verdict = answer["verdict"]
    return Verdict(
        verdict["passed"],
        verdict["lines"],
        verdict.get("broken", False),
        verdict.get("printed", []),
    )


def run_program(exercise: Exercise) -> str:
    """What the program of a prediction prints, or the scenario if the nodes say what is in it."""
    if exercise.plays:
        player = scenario_files.build_player(exercise.stage)
        ran = process.run([player, "--quiet", SCENARIO], cwd=exercise.path, timeout=LIMIT)
        if not ran.ok:
            raise Refusal(
                f"{in_repository(exercise.path)}/{scenario_files.complaint(ran)}",
                "mend the exercise",
            )
        return exercise.text(SCENARIO)
    tree = BuildTree(exercise)
    with tree.alone():
        ran = process.run([tree.own("program.cpp")], timeout=LIMIT, errors_too=False)
    if not ran.ok:
        why = "did not finish" if ran.timed_out else f"ended with exit code {ran.code}"
        raise Refusal(f"{in_repository(exercise.path)}/program.cpp {why}", "mend the exercise")
    return ran.output
