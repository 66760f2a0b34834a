"""What code and pages call by name exists on both sides: files, invariants, tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weave.errors import WeaveError, did_you_mean
from weave.pages import excerpts, rst
from weave.story import STORY, Story
from weave.trees.emit import SOURCES
from weave.trees.history import History

TEST_NAME = re.compile(r"[A-Z]\w+\.[A-Z]\w+")


def births(story: Story) -> Iterator[WeaveError]:
    """The birth list and the tree name the same files."""
    for file in story.births:
        if not (story.root / file).is_file():
            yield WeaveError(
                STORY,
                story.line_of(f'"{file}"'),
                f"{file} does not exist",
                "write the file, or take it out of the list",
            )
    for folder in ("code", "diagrams/scenes"):
        for path in sorted((story.root / folder).rglob("*")):
            file = path.relative_to(story.root).as_posix()
            wanted = path.suffix in SOURCES or folder != "code" and path.suffix == ".txt"
            golden = path.suffix == ".txt"
            if path.is_file() and wanted and not golden and file not in story.births:
                yield WeaveError(
                    file, None, "is born at no stage", f"add it to `born` of its stage in {STORY}"
                )


def invariants(history: History) -> list[WeaveError]:
    """Tests name invariants that a page states, and every stated one is named by a test."""
    pages = history.pages()
    if not pages:
        return []
    stated: dict[str, tuple[str, int]] = {}
    errors = []
    for path in pages:
        for d in rst.read(path, history.root).directives:
            if d.name == "invariant":
                if d.argument in stated:
                    errors.append(
                        WeaveError(
                            d.file,
                            d.line,
                            f"{d.argument} is stated twice",
                            "give it the next number",
                        )
                    )
                stated[d.argument] = (d.file, d.line)
    written = {c.slug for c in pages.values()}
    named: set[str] = set()
    for stage in history.story.stages:
        for test in history.tests(stage):
            named |= set(test.invariants)
            for name in test.invariants:
                born = next(
                    (s for s in history.story.stages if name.startswith(f"INV-{s.name}-")), None
                )
                if name not in stated and (born is None or born.chapter in written):
                    line = history.origins(stage, test.file)[test.line - 1]
                    errors.append(
                        WeaveError(
                            test.file,
                            line,
                            f"{test.name} names {name}, which no page states",
                            "state it with `.. invariant::`, or mend the name",
                        )
                    )
                    stated[name] = (test.file, line)
                    named.add(name)
    return errors + [
        WeaveError(
            *place,
            f"no test names {name}",
            f"write `// {name}` right above the TEST that proves it",
        )
        for name, place in stated.items()
        if name not in named
    ]


def tests(history: History) -> list[WeaveError]:
    """A page that names a test names one that exists, at this stage or another."""
    known = {test.name for stage in history.story.stages for test in history.tests(stage)}
    pages = list(history.pages()) + sorted((history.root / "docs/reference").glob("*.rst"))
    errors = []
    for path in pages:
        file = path.relative_to(history.root).as_posix()
        errors += [
            WeaveError(
                file,
                literal.line,
                f"there is no test {literal.text}",
                did_you_mean(literal.text, known) or "name one that exists",
            )
            for literal in rst.read(path, history.root).literals
            if TEST_NAME.fullmatch(literal.text) and literal.text not in {*known, "Suite.Name"}
        ]
    return errors


def pasted(history: History) -> Iterator[WeaveError]:
    """An excerpt is named, not pasted."""
    for path in history.pages():
        for d in rst.read(path, history.root).directives:
            if d.name in excerpts.VERBS and d.content:
                yield WeaveError(
                    d.file,
                    d.content_line,
                    f"{d.name} takes no content",
                    "the lines come from the code; put words before or after it",
                )


def headings(history: History) -> Iterator[WeaveError]:
    """A page is called what the story calls its chapter."""
    for path, chapter in history.pages().items():
        heading = path.read_text(encoding="utf-8").partition("\n")[0]
        if heading != chapter.title:
            yield WeaveError(
                chapter.page,
                1,
                f"the heading is “{heading}”, the chapter's title “{chapter.title}”",
                f"mend one of the two; the title stands in {STORY}",
            )
