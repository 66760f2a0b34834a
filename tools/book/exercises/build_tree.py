"""The tree that an exercise's programs are built in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from book.common import process
from book.common.paths import BUILD, in_repository, shown
from book.common.refusal import Refusal
from book.cpp import cmake
from book.exercises import workspace
from book.exercises.model import Exercise
from weave.lint.rooms import LIBRARIES
from weave.locks import exclusive

PLACE = BUILD / "exercises"
SOURCE = "exercise/exercise.cpp"


@dataclass(frozen=True)
class Recipe:
    """A program: files over the stage's own, and the source of its tests, or of its main. Without a
    source, one of the stage's own programs."""

    source: str = ""
    over: dict[str, str] = field(default_factory=dict)
    program: str = ""


class BuildTree:
    """A clean tree of an exercise's stage in build/exercises, with files laid over it. All
    exercises of a stage share it, one at a time. Files whose text did not change are left alone, so
    the second build compiles what changed only.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.tree = PLACE / exercise.stage / "tree"
        self.where = self.tree / "b"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """From laying the files to the last run of the program."""
        self.tree.mkdir(parents=True, exist_ok=True)
        with exclusive(self.tree.with_suffix(".lock")):
            yield

    def build(self, recipe: Recipe) -> tuple[process.Done, Path]:
        """What the build said, and where the program is if it said well."""
        self._lay(recipe)
        done = cmake.configure(self.tree, self.where, exercise=str(self.tree / SOURCE))
        if not done.ok:
            raise Refusal(
                f"CMake could not configure the tree of {self.exercise.id}:\n{done.tail(12)}",
                "run ./book start again, or delete build/exercises",
            )
        name = recipe.program or f"exercise_{_room(recipe.source)}"
        return cmake.build(self.where, [name], keep_going=True), self.where / name

    def own(self, name: str) -> Path:
        """A program that the exercise brings along; a reader can't break it."""
        done, program = self.build(Recipe(self.exercise.text(name)))
        if not done.ok:
            raise Refusal(
                f"{in_repository(self.exercise.path)}/{name} does not compile:\n"
                f"{cmake.complaints(done.output)[:2000]}",
                "mend the exercise",
            )
        return program

    def _lay(self, recipe: Recipe) -> None:
        files = workspace.tree(self.exercise.stage)
        files.update({path: text for path, text in recipe.over.items() if path.startswith("code/")})
        files[SOURCE] = recipe.source
        workspace.write(
            self.tree,
            {
                path: text
                for path, text in files.items()
                if not (place := self.tree / path).exists()
                or place.read_text(encoding="utf-8") != text
            },
        )
        for room in ("code", "diagrams", "exercise"):
            for place in (self.tree / room).rglob("*"):
                if place.is_file() and str(place.relative_to(self.tree)) not in files:
                    place.unlink()

    def names(self, source: str, where: Path | None) -> dict[str, str]:
        """The beginnings of paths in messages, and what the reader calls them."""
        base = f"{shown(where)}/" if where else ""
        named = {SOURCE: base + source}
        named.update({path: base + path for path in workspace.starter(self.exercise)})
        # ccache has the compiler see paths relative to the build directory.
        return {
            root + path: name for path, name in named.items() for root in (f"{self.tree}/", "../")
        } | {f"{self.tree}/": "", "../code/": "code/"}


def _room(source: str) -> str:
    """The highest room that a source includes: what its program is linked with."""
    included = re.findall(r'^\s*#\s*include\s*"(\w+)/', source, re.MULTILINE)
    known = [room for room in included if room in LIBRARIES]
    return max(known, key=LIBRARIES.index, default=LIBRARIES[0])
