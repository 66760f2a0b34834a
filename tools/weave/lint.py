"""What a machine can judge about the code: guards, births, rooms, sizes, documentation, names.

Every finding is one line: file:line: what — mend.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from weave import excerpts, guards, lint_guards, lint_imports, lint_rooms, rst
from weave.book import Book
from weave.emit import SOURCES, source
from weave.errors import WeaveError, WeaveErrors, did_you_mean
from weave.lint_rooms import PURE, ROOMS
from weave.story import STORY, Story
from weave.symbols import Symbol

MAX_FILE, MAX_FUNCTION, MAX_COLUMNS = 400, 70, 90
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK|WIP|TBD|NOCOMMIT|TO-FILL)\b(?!\([^)]+\))")
TEST_NAME = re.compile(r"``([A-Z]\w+\.[A-Z]\w+)``")
__all__ = ["PURE", "ROOMS", "check"]


def check(book: Book) -> list[WeaveError]:
    """Every finding, in the order of the files."""
    story = book.story
    errors = list(_births(story))
    files = [f for f in sorted(story.births) if (story.root / f).is_file()]
    missing = [f for f in story.births if f not in files]
    guarded_well = not missing
    for file in files:
        if file.endswith(SOURCES):
            text = source(file, story)
            read, refusals = guards.read(text, file, story)
            guarded_well = guarded_well and not refusals
            errors += refusals
            errors += [] if refusals else lint_guards.check(file, text, read, story)
            errors += _lines(file, text)
            errors += lint_rooms.check(file, text)
    errors += lint_guards.births(book)
    if guarded_well:
        try:
            errors += _functions(book) + lint_guards.variants(book) + _documented(book)
            errors += _invariants(book) + _test_names(book)
        except WeaveError as error:
            errors.append(error)
        except WeaveErrors as several:
            errors += several.errors
    errors += _pages(book)
    errors += lint_imports.check(book.root)
    return errors


def _births(story: Story) -> Iterator[WeaveError]:
    """The birth list and the tree name the same files."""
    for file in story.births:
        if not (story.root / file).is_file():
            yield WeaveError(STORY, story.line_of(f'"{file}"'), f"{file} does not exist",
                             "write the file, or take it out of the list")
    for folder in ("code", "diagrams/scenes"):
        for path in sorted((story.root / folder).rglob("*")):
            file = path.relative_to(story.root).as_posix()
            wanted = path.suffix in SOURCES or folder != "code" and path.suffix == ".txt"
            golden = path.suffix == ".txt"
            if path.is_file() and wanted and not golden and file not in story.births:
                yield WeaveError(file, None, "is born at no stage",
                                 f"add it to `born` of its stage in {STORY}")


def _lines(file: str, text: str) -> Iterator[WeaveError]:
    lines = text.splitlines()
    if len(lines) > MAX_FILE:
        yield WeaveError(file, MAX_FILE + 1, f"{len(lines)} lines; at most {MAX_FILE}",
                         "split it by idea")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            yield WeaveError(file, number, f"{len(line)} columns; at most {MAX_COLUMNS}",
                             "break the line")
        left = LEFTOVER.search(line)
        if left:
            yield WeaveError(file, number, f"{left[1]} is left over", "do it, or say whose it is: "
                             f"{left[1]}(name)")
        if line != line.rstrip() or "\t" in line:
            yield WeaveError(file, number, "a tab or spaces at the end of the line",
                             "run clang-format")
    if text and not text.endswith("\n"):
        yield WeaveError(file, len(lines), "no newline at the end of the file", "add one")


def _functions(book: Book) -> list[WeaveError]:
    errors: dict[tuple[str, str], WeaveError] = {}
    for stage in book.story.stages:
        sized = [(s.file, s.qualified, s.line, s.last_line) for s in book.index(stage).symbols
                 if s.kind == "function" and s.defined]
        sized += [(t.file, t.name, t.line, t.last_line) for t in book.tests(stage)]
        for file, name, first, last in sized:
            if last - first + 1 > MAX_FUNCTION:
                errors[file, name] = WeaveError(
                    file, book.origins(stage, file)[first - 1],
                    f"{name} has {last - first + 1} lines at {stage}; at most {MAX_FUNCTION}",
                    "give its parts names")
    return list(errors.values())


def _documented(book: Book) -> list[WeaveError]:
    """Every public symbol of a header has a /// comment, where it is declared or defined."""
    stage = book.story.last
    documented: set[str] = set()
    open_: dict[str, WeaveError] = {}
    parts = {s.qualified: s for s in book.index(stage).symbols}
    for s in book.index(stage).symbols:
        lines = book.text(stage, s.file).splitlines()
        if any(re.search(r"///", line) for line in lines[s.first_line - 1:s.line]) or re.search(
                r"///<", lines[s.last_line - 1]):
            documented.add(s.qualified)
        inner = [p for p in _scopes(s.qualified) if p in parts]
        private = s.access != "public" or any(parts[p].access != "public" for p in inner)
        if (not s.file.endswith(".hpp") or "::detail::" in f"::{s.qualified}" or private
                or s.hidden or _obvious(s)):
            continue
        open_.setdefault(s.qualified, WeaveError(
            s.file, book.origins(stage, s.file)[s.line - 1],
            f"{s.qualified} has no /// comment", "say what it is for, above it or ///< behind it"))
    return [error for name, error in open_.items() if name not in documented]


def _scopes(name: str) -> list[str]:
    parts = name.split("::")
    return ["::".join(parts[:n]) for n in range(1, len(parts))]


def _obvious(s: Symbol) -> bool:
    """Comparisons, special members, specialisations, enumerators and plain fields say it alone."""
    outer = s.scope.rpartition("::")[2].split("<")[0]
    return (s.name.startswith("~") or s.name in ("operator==", "operator!=", "operator=",
                                                  "operator<=>", "operator<<")
            or "<" in s.qualified or s.kind == "enumerator" or s.qualified.startswith("std::")
            or s.kind in ("variable", "typedef") and bool(s.scope)
            or s.kind == "function" and (s.name == outer or s.args.endswith(" override")))


def _invariants(book: Book) -> list[WeaveError]:
    """Tests name invariants that a page states, and every stated one is named by a test."""
    pages = book.pages()
    if not pages:
        return []
    stated: dict[str, tuple[str, int]] = {}
    errors = []
    for path in pages:
        for d in rst.read(path, book.root)[0]:
            if d.name == "invariant":
                if d.argument in stated:
                    errors.append(WeaveError(d.file, d.line, f"{d.argument} is stated twice",
                                             "give it the next number"))
                stated[d.argument] = (d.file, d.line)
    written = {c.slug for c in pages.values()}
    named: set[str] = set()
    for stage in book.story.stages:
        for test in book.tests(stage):
            named |= set(test.invariants)
            for name in test.invariants:
                born = next((s for s in book.story.stages
                             if name.startswith(f"INV-{s.name}-")), None)
                if name not in stated and (born is None or born.chapter in written):
                    line = book.origins(stage, test.file)[test.line - 1]
                    errors.append(WeaveError(test.file, line, f"{test.name} names {name}, which "
                                             "no page states", "state it with `.. invariant::`, "
                                             "or mend the name"))
                    stated[name] = (test.file, line)
                    named.add(name)
    return errors + [WeaveError(*place, f"no test names {name}",
                                f"write `// {name}` right above the TEST that proves it")
                     for name, place in stated.items() if name not in named]


def _test_names(book: Book) -> list[WeaveError]:
    """A page that names a test names one that exists, at this stage or another."""
    known = {test.name for stage in book.story.stages for test in book.tests(stage)}
    pages = list(book.pages()) + sorted((book.root / "docs/reference").glob("*.rst"))
    errors = []
    for path in pages:
        file = path.relative_to(book.root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            errors += [WeaveError(file, number, f"there is no test {name}",
                                  did_you_mean(name, known) or "name one that exists")
                       for name in TEST_NAME.findall(line)
                       if name not in known and name != "Suite.Name"]
    return errors


def _pages(book: Book) -> list[WeaveError]:
    """Pages have no leftovers, and every directive that names code names a chapter's stage."""
    errors = []
    for path in book.pages():
        file = path.relative_to(book.root).as_posix()
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            left = LEFTOVER.search(line)
            if left:
                errors.append(WeaveError(file, number, f"{left[1]} is left over", "do it"))
        errors += _pasted(file, text)
    return errors


def _pasted(file: str, text: str) -> Iterator[WeaveError]:
    for d in rst.directives(text, file):
        if d.name in excerpts.VERBS and d.content:
            yield WeaveError(d.file, d.content_line, f"{d.name} takes no content",
                             "the lines come from the code; put words before or after it")
