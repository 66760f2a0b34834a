"""An exercise's solution, file by file as the reader would have it."""

from __future__ import annotations

from book.common.paths import in_repository
from book.common.refusal import Refusal
from book.exercises import workspace
from book.exercises.model import SCENARIO, Exercise

PREDICTED = "solution.txt"  # what the program of a prediction prints
REWRITE = "./book test --only exercises --rewrite writes it down"


def solution(exercise: Exercise) -> dict[str, str]:
    """The same files, right. A prediction's solution is what a run printed."""
    if exercise.kind in ("fill", "hunt"):
        code = workspace.tree(exercise.stage)
        right = {path: code[path] for path in workspace.starter(exercise) if path in code}
        if exercise.kind == "hunt":
            right["answer.txt"] = workspace.NAMING.rstrip() + f" {exercise.invariant}\n"
        return right
    if exercise.kind == "kill":
        return {"answer.cpp": exercise.written_test("solution.cpp")}
    if exercise.kind == "compose":
        return {"answer.txt": exercise.text("solution.txt")}
    return {"answer.txt": predicted(exercise)}


def predicted(exercise: Exercise) -> str:
    """What the program of a prediction prints, or the scenario with what the nodes say: as the file
    beside it has it. That it does say so is what its acceptance sees to."""
    name = SCENARIO if exercise.plays else PREDICTED
    try:
        return exercise.text(name)
    except FileNotFoundError:
        raise Refusal(
            f"{in_repository(exercise.path / name)} is missing: what the program prints", REWRITE
        ) from None
