"""The reader's copy of an exercise in practice/: what is put there, and what is read from there."""

from __future__ import annotations

from pathlib import Path

from book.common.paths import shown
from book.common.refusal import Refusal
from book.exercises.holes import cut
from book.exercises.model import SCENARIO, Exercise
from weave import story
from weave.errors import WeaveError
from weave.trees import emit, symbol_index

BRIEF = "BRIEF.txt"
NAMING = """# The code is mended when the tests pass. One thing more: which invariant did the bug
# break? Write its name after the colon; the tests' comments and the chapter name them.
broken invariant:
"""
_trees: dict[str, dict[str, str]] = {}


def tree(stage: str) -> dict[str, str]:
    """Every file of a stage's clean tree, by path."""
    if stage not in _trees:
        _trees[stage] = emit.tree(stage, story.load())
    return dict(_trees[stage])


def starter(exercise: Exercise) -> dict[str, str]:
    """The files that the reader edits, by their path in the workspace."""
    if exercise.kind == "fill":
        return _with_holes(exercise)
    if exercise.kind == "hunt":
        return _with_bugs(exercise) | {"answer.txt": NAMING}
    if exercise.kind == "kill":
        return {"answer.cpp": exercise.written_test("answer.cpp")}
    return {"answer.txt": exercise.text("answer.txt")}


def _with_holes(exercise: Exercise) -> dict[str, str]:
    code = tree(exercise.stage)
    made: dict[str, str] = {}
    try:
        index = symbol_index.index(exercise.stage)
        spots = [(index.find(hole.symbol), hole) for hole in exercise.holes]
    except WeaveError as error:
        raise Refusal(f"{exercise.toml}: {error}") from None
    # From the bottom up, so that a cut does not move the lines of the next.
    for symbol, hole in sorted(spots, key=lambda spot: -spot[0].first_line):
        path = str(symbol.file)
        try:
            made[path] = cut(
                made.get(path, code[path]), symbol.first_line, symbol.last_line, hole.body
            )
        except ValueError as error:
            raise Refusal(
                f"{exercise.toml}: {hole.symbol} can't be cut: {error}",
                "name a function's definition",
            ) from None
    return made


def _with_bugs(exercise: Exercise) -> dict[str, str]:
    code = tree(exercise.stage)
    made: dict[str, str] = {}
    for number, bug in enumerate(exercise.bugs, 1):
        made[bug.file] = bug.apply(code | made, f"{exercise.toml}: [[bug]] {number}")
    return made


def companions(exercise: Exercise) -> dict[str, str]:
    """What lies beside them to be read: the brief, the tests or the program."""
    found = {BRIEF: brief(exercise)}
    names = ["test.cpp", "program.cpp"]
    if exercise.kind != "predict":
        names.append(SCENARIO)  # a prediction's is its solution
    for name in names:
        if (exercise.path / name).exists():
            found[name] = exercise.text(name)
    return found


def brief(exercise: Exercise) -> str:
    from weave.pages import rst  # needs docutils, which is installed by now

    head = (
        f"{exercise.title}\n{'=' * len(exercise.title)}\n"
        f"{exercise.id}: {exercise.kind}, stage {exercise.stage}, "
        f"{'★' * exercise.stars}, about {exercise.minutes} minutes\n\n"
    )
    text = rst.plain(exercise.text("brief.rst"))
    edit = "".join(f"    {path}\n" for path in starter(exercise))
    return (
        f"{head}{text}\nEdit, below this directory:\n\n{edit}\nThen:\n\n"
        f"    ./book check {exercise.id}\n    ./book hint {exercise.id}\n"
    )


def write(directory: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def keep(path: Path) -> Path | None:
    """Moves a file out of the way, to NAME.bak or NAME.bak2 …; nothing the reader wrote is lost."""
    if not path.exists():
        return None
    number = 1
    while (
        spare := path.with_name(path.name + ".bak" + (str(number) if number > 1 else ""))
    ).exists():
        number += 1
    path.rename(spare)
    return spare


def readers_files(exercise: Exercise, where: Path | None = None) -> dict[str, str]:
    """The reader's files as they are now."""
    where = where or exercise.workspace
    if not where.exists():
        raise Refusal(f"{exercise.id} is not started", f"./book start {exercise.id}")
    found = {}
    for path in starter(exercise):
        if any(
            place.is_symlink()
            for place in [where / path, *(where / path).parents]
            if where in place.parents
        ):
            raise Refusal(
                f"{shown(where / path)} is a link, and leads out of the exercise",
                "put a file of its own there",
            )
        try:
            found[path] = (where / path).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise Refusal(f"{shown(where / path)} is gone", f"./book reset {exercise.id}") from None
        except UnicodeDecodeError:
            raise Refusal(f"{shown(where / path)} is not UTF-8 text", "save it as UTF-8") from None
    return found
