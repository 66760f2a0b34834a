"""Every line is shown: what a chapter changes, less what its page displays, is nothing."""
from __future__ import annotations

from itertools import groupby

from weave import breaks, excerpts, rst
from weave.book import Book
from weave.diff import REMOVED
from weave.errors import WeaveError
from weave.story import PROOFS, Chapter, Stage
from weave.symbols import Symbol, SymbolIndex

Line = tuple[str, int]  # ("new" or "old", number)


def exempt(file: str) -> bool:
    """Tests, their data, benches and scenes need not be shown line by line."""
    return (not file.startswith("code/") or file.startswith("code/bench/") or "/testdata/" in file
            or "/oracle/" in file or file.endswith((*PROOFS, "CMakeLists.txt")))


def excerpt_of(book: Book, directive: rst.Directive, chapter: Chapter | None) -> excerpts.Excerpt:
    """The excerpt of a directive on a page, refusals told at the directive's place."""
    try:
        stage = stage_of(book, directive.options.get("stage", ""), chapter)
        return excerpts.build(book, directive.name, directive.argument, stage,
                              without=directive.options.get("without", ""),
                              fold=directive.options.get("fold"),
                              caption=directive.options.get("caption", ""))
    except WeaveError as error:
        raise error.at(directive.file, directive.line) from None


def stage_of(book: Book, name: str, chapter: Chapter | None) -> Stage:
    """The stage a directive means: its option, else the last of the chapter, else the last."""
    if name or chapter is None:
        return book.story.stage(name)
    stages = book.stages_of(chapter)
    if not stages:
        raise WeaveError("", None, f"the chapter {chapter.slug} has no stage", "give it a [[stage]]")
    return stages[-1]


def check(chapter: Chapter, book: Book) -> list[WeaveError]:
    """What is wrong with a chapter's excerpts and :sym: roles, and what they leave out."""
    path = book.root / chapter.page
    if not path.exists():
        return [WeaveError(chapter.page, None, "the page is not written", "write the chapter")]
    page = rst.read(path, book.root)
    errors: list[WeaveError] = []
    shown: dict[tuple[str, str], set[Line]] = {}
    for directive in page.directives:
        if directive.name in excerpts.VERBS:
            try:
                excerpt = excerpt_of(book, directive, chapter)
            except WeaveError as error:
                errors.append(error)
                continue
            key = (excerpt.stage.name, excerpt.file)
            shown[key] = shown.get(key, set()) | excerpt.displayed()
        elif directive.name == "break-it":
            errors += _break(directive, chapter, book)
    errors += _unknown_symbols(page.roles, chapter, book)
    for stage in book.stages_of(chapter):
        for file in book.changed_files(stage):
            if not exempt(file):
                errors += _uncovered(book, stage, file, shown.get((stage.name, file), set()),
                                     chapter)
    return errors


def _break(directive: rst.Directive, chapter: Chapter, book: Book) -> list[WeaveError]:
    options = directive.options
    try:
        stage = stage_of(book, options.get("stage", ""), chapter)
        breaks.build(book, directive.argument, options.get("find", ""), options.get("replace", ""),
                     options.get("dies", ""), stage)
    except WeaveError as error:
        return [error.at(directive.file, directive.line)]
    return []


def _uncovered(book: Book, stage: Stage, file: str, shown: set[Line],
               chapter: Chapter) -> list[WeaveError]:
    missing: list[Line] = []
    for row in book.diff(stage, file):
        line = ("old", row.old or 0) if row.kind == REMOVED else ("new", row.new or 0)
        if row.changed and line not in shown:
            missing.append(line)
    errors = []
    for side, lines in groupby(missing, key=lambda line: line[0]):
        for first, last in _runs([n for _, n in lines]):
            where = f"{first}-{last}" if last > first else str(first)
            at = stage if side == "new" else book.previous(stage)
            what = "not shown" if side == "new" else "removed, but not shown so,"
            errors.append(WeaveError(f"{file}:{where} ({at})", None, f"{what} in {chapter.page}",
                                     _mend(book, at, file, first, last, side, stage)))
    return errors


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number <= runs[-1][1] + 2:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _mend(book: Book, at: Stage | None, file: str, first: int, last: int, side: str,
          stage: Stage) -> str:
    """The directive that would show these lines."""
    inside = [s for s in book.index(at).of_file(file) if s.first_line <= first <= s.last_line]
    stop = "" if stage is book.stages_of(book.story.chapter(stage.chapter))[-1] else (
        f" with :stage: {stage}")
    if side == "old" and not book.alive(stage, file):
        return f"add `.. retire:: {file}`{stop}"
    if not inside:
        verb = "grow" if book.alive(book.previous(stage), file) else "newborn"
        return f"add `.. {verb}:: {file}#frame`{stop}"
    symbol = next((s for s in inside if s.last_line >= last), inside[0])
    known = [book.index(book.previous(stage)).knows(symbol.qualified),
             book.index(stage).knows(symbol.qualified)]
    verb = "grow" if all(known) else "newborn" if known[1] else "retire"
    spec = _spec(book.index(at), symbol)
    return f"add `.. {verb}:: {spec}`{stop}"


def _spec(index: SymbolIndex, symbol: Symbol) -> str:
    """The shortest name that a directive can use for this symbol."""
    name = symbol.qualified
    for spec in (name, f"{name}(*)", f"{name}@{symbol.file}"):
        try:
            if symbol in index.find_all(spec):
                return spec
        except WeaveError:
            pass
    return f"{name}(*)@{symbol.file}"


def _unknown_symbols(roles: list[rst.Role], chapter: Chapter, book: Book) -> list[WeaveError]:
    stages = book.stages_of(chapter)
    errors = []
    for role in roles:
        if role.name == "sym" and stages:
            try:
                require_symbol(book, role.target, stages)
            except WeaveError as error:
                errors.append(error.at(role.file, role.line))
    return errors


def require_symbol(book: Book, name: str, stages: list[Stage]) -> Stage:
    """The latest of these stages that knows the symbol; a naive stop's symbols count too."""
    for stage in reversed(stages):
        if book.index(stage).knows(name.removesuffix("()")):
            return stage
    raise book.index(stages[-1]).unknown(name.removesuffix("()"))


def check_pages(book: Book, slugs: list[str] | None = None) -> list[WeaveError]:
    chapters = [book.story.chapter(slug) for slug in slugs or []] or list(book.pages().values())
    return [error for chapter in chapters for error in check(chapter, book)]
