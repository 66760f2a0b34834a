"""The history of the code: its tree, its symbols and its tests at each stage, and what changes."""

from __future__ import annotations

from pathlib import Path

from weave.cpp import testcases
from weave.cpp.symbols import SymbolIndex
from weave.story import Chapter, Stage, Story, load
from weave.trees import diff, emit, symbol_index
from weave.trees.diff import Row


class History:
    """Reads each of them once, when it is asked for."""

    def __init__(self, root: Path | str | None = None) -> None:
        self.story: Story = load(root)
        self.root = self.story.root
        self._trees: dict[str, dict[str, str]] = {}
        self._indexes: dict[str, SymbolIndex] = {}
        self._diffs: dict[tuple[str, str], list[Row]] = {}
        self._origins: dict[tuple[str, str], tuple[int, ...]] = {}
        self._tests: dict[str, list[testcases.Test]] = {}

    def tree(self, stage: Stage) -> dict[str, str]:
        if stage.name not in self._trees:
            self._trees[stage.name] = emit.tree(stage, self.story)
        return self._trees[stage.name]

    def text(self, stage: Stage | None, file: str) -> str:
        """The file at that stage; empty where it does not exist."""
        return self.tree(stage).get(file, "") if stage else ""

    def origins(self, stage: Stage, file: str) -> tuple[int, ...]:
        """Where the lines of the file at that stage stand in the source, which is what one edits.

        0 for an empty line.
        """
        key = (stage.name, file)
        if key not in self._origins:
            guarded = emit.source(file, self.story)
            self._origins[key] = emit.origins(guarded, stage, self.story, file)
        return self._origins[key]

    def alive(self, stage: Stage | None, file: str) -> bool:
        return stage is not None and file in self.story.files_alive(stage)

    def index(self, stage: Stage | None) -> SymbolIndex:
        if stage is None:
            return SymbolIndex("the beginning", [])
        if stage.name not in self._indexes:
            self._indexes[stage.name] = symbol_index.index(stage, story=self.story)
        return self._indexes[stage.name]

    def tests(self, stage: Stage | None) -> list[testcases.Test]:
        if stage is None:
            return []
        if stage.name not in self._tests:
            self._tests[stage.name] = [
                test
                for file, text in self.tree(stage).items()
                if file.endswith("_test.cpp")
                for test in testcases.read(file, text)
            ]
        return self._tests[stage.name]

    def previous(self, stage: Stage) -> Stage | None:
        return self.story.previous(stage)

    def diff(self, stage: Stage, file: str) -> list[Row]:
        """How a file comes to this stage from the one before."""
        key = (stage.name, file)
        if key not in self._diffs:
            self._diffs[key] = diff.rows(
                self.text(self.previous(stage), file), self.text(stage, file)
            )
        return self._diffs[key]

    def changed_files(self, stage: Stage) -> list[str]:
        """The story's files that differ between this stage and the one before, sorted."""
        before = self.previous(stage)
        files = set(self.story.files_alive(stage))
        files |= set(self.story.files_alive(before)) if before else set()
        return sorted(
            f
            for f in files
            if self.text(before, f) != self.text(stage, f)
            or self.alive(before, f) != self.alive(stage, f)
        )

    def stages_of(self, chapter: Chapter) -> list[Stage]:
        return self.story.stages_of(chapter)

    def pages(self) -> dict[Path, Chapter]:
        """The chapters whose pages are written."""
        found = {self.root / chapter.page: chapter for chapter in self.story.chapters}
        return {path: chapter for path, chapter in found.items() if path.exists()}
