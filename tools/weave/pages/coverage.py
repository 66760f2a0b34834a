"""Every line is shown: what a chapter changes, less what its page displays, is nothing."""

from __future__ import annotations

from itertools import groupby

from weave.cpp.symbols import Symbol, SymbolIndex
from weave.errors import WeaveError
from weave.pages import breaks, excerpts, rst
from weave.story import PROOFS, Chapter, Stage
from weave.trees.diff import REMOVED
from weave.trees.history import History

Line = tuple[str, int]  # ("new" or "old", number)


def exempt(file: str) -> bool:
    """Tests, their data, benches and scenes need not be shown line by line."""
    return (
        not file.startswith("code/")
        or file.startswith("code/bench/")
        or "/testdata/" in file
        or "/oracle/" in file
        or file.endswith((*PROOFS, "CMakeLists.txt"))
    )


def excerpt_of(
    history: History, directive: rst.Directive, chapter: Chapter | None
) -> excerpts.Excerpt:
    """The excerpt of a directive on a page, refusals told at the directive's place."""
    try:
        stage = stage_of(history, directive.options.get("stage", ""), chapter)
        return excerpts.build(
            history,
            directive.name,
            directive.argument,
            stage,
            without=directive.options.get("without", ""),
            fold=directive.options.get("fold"),
            caption=directive.options.get("caption", ""),
        )
    except WeaveError as error:
        raise error.at(directive.file, directive.line) from None


def stage_of(history: History, name: str, chapter: Chapter | None) -> Stage:
    """The stage a directive means: its option, else the last of the chapter, else the last."""
    if name or chapter is None:
        return history.story.stage(name)
    stages = history.stages_of(chapter)
    if not stages:
        raise WeaveError(
            "", None, f"the chapter {chapter.slug} has no stage", "add a [[part.chapter.stage]]"
        )
    return stages[-1]


def check(chapter: Chapter, history: History) -> list[WeaveError]:
    """What is wrong with a chapter's excerpts and :sym: roles, and what they leave out."""
    path = history.root / chapter.page
    if not path.exists():
        return [WeaveError(chapter.page, None, "the page is not written", "write the chapter")]
    page = rst.read(path, history.root)
    errors: list[WeaveError] = []
    shown: dict[tuple[str, str], set[Line]] = {}
    for directive in page.directives:
        if directive.name in excerpts.VERBS:
            try:
                excerpt = excerpt_of(history, directive, chapter)
            except WeaveError as error:
                errors.append(error)
                continue
            key = (excerpt.stage.name, excerpt.file)
            shown[key] = shown.get(key, set()) | excerpt.displayed()
        elif directive.name == "break-it":
            errors += _break(directive, chapter, history)
    errors += _unknown_symbols(page.roles, chapter, history)
    for stage in history.stages_of(chapter):
        for file in history.changed_files(stage):
            if not exempt(file):
                errors += _uncovered(
                    history, stage, file, shown.get((stage.name, file), set()), chapter
                )
    return errors


def _break(directive: rst.Directive, chapter: Chapter, history: History) -> list[WeaveError]:
    options = directive.options
    try:
        stage = stage_of(history, options.get("stage", ""), chapter)
        breaks.build(
            history,
            directive.argument,
            options.get("find", ""),
            options.get("replace", ""),
            options.get("dies", ""),
            stage,
        )
    except WeaveError as error:
        return [error.at(directive.file, directive.line)]
    return []


def _uncovered(
    history: History, stage: Stage, file: str, shown: set[Line], chapter: Chapter
) -> list[WeaveError]:
    missing: list[Line] = []
    for row in history.diff(stage, file):
        line = ("old", row.old or 0) if row.kind == REMOVED else ("new", row.new or 0)
        if row.changed and line not in shown:
            missing.append(line)
    errors = []
    for side, lines in groupby(missing, key=lambda line: line[0]):
        for first, last in _runs([n for _, n in lines]):
            where = f"{first}-{last}" if last > first else str(first)
            at = stage if side == "new" else history.previous(stage)
            what = "not shown" if side == "new" else "removed, but not shown so,"
            errors.append(
                WeaveError(
                    f"{file}:{where} ({at})",
                    None,
                    f"{what} in {chapter.page}",
                    _mend(history, at, file, first, last, side, stage),
                )
            )
    return errors


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number <= runs[-1][1] + 2:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _mend(
    history: History, at: Stage | None, file: str, first: int, last: int, side: str, stage: Stage
) -> str:
    """The directive that would show these lines."""
    inside = [s for s in history.index(at).of_file(file) if s.first_line <= first <= s.last_line]
    stop = (
        ""
        if stage is history.stages_of(history.story.chapter(stage.chapter))[-1]
        else (f" with :stage: {stage}")
    )
    if side == "old" and not history.alive(stage, file):
        return f"add `.. retire:: {file}`{stop}"
    if not inside:
        if history.alive(history.previous(stage), file):
            return f"add `.. grow:: {file}#frame`{stop}"
        lines = len(history.text(stage, file).splitlines())
        whole = (first, last) == (1, lines) and lines <= excerpts.LIMIT
        return f"add `.. newborn:: {file}{'' if whole else '#frame'}`{stop}"
    symbol = next((s for s in inside if s.last_line >= last), inside[0])
    known = [
        history.index(history.previous(stage)).knows(symbol.qualified),
        history.index(stage).knows(symbol.qualified),
    ]
    verb = "grow" if all(known) else "newborn" if known[1] else "retire"
    spec = _spec(history.index(at), symbol)
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


def _unknown_symbols(roles: list[rst.Role], chapter: Chapter, history: History) -> list[WeaveError]:
    stages = history.stages_of(chapter)
    errors = []
    for role in roles:
        if role.name == "sym" and stages:
            try:
                require_symbol(history, role.target, stages)
            except WeaveError as error:
                errors.append(error.at(role.file, role.line))
    return errors


def require_symbol(history: History, name: str, stages: list[Stage]) -> Stage:
    """The latest of these stages that knows the symbol; a naive stop's symbols count too."""
    for stage in reversed(stages):
        if history.index(stage).knows(name.removesuffix("()")):
            return stage
    raise history.index(stages[-1]).unknown(name.removesuffix("()"))


def check_pages(history: History, slugs: list[str] | None = None) -> list[WeaveError]:
    chapters = [history.story.chapter(slug) for slug in slugs or []]
    chapters = chapters or list(history.pages().values())
    return [error for chapter in chapters for error in check(chapter, history)]
