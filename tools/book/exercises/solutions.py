"""An exercise's solution, file by file as the reader would have it."""
from __future__ import annotations

from book.exercises import workspace
from book.exercises.model import Exercise


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
    return {"answer.txt": workspace.predicted(exercise)}
