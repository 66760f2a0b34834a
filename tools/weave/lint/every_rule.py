"""Every rule that a machine can judge, one after the other.

A finding is one line: file:line: what — mend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from weave.errors import WeaveError, WeaveErrors
from weave.lint import chapter_numbers, imports, literals, names, places, rooms, symbols, text
from weave.trees import guards
from weave.trees.emit import SOURCES, source
from weave.trees.history import History

Rule = Callable[[History], Iterable[WeaveError]]
OF_PAGES: tuple[Rule, ...] = (
    text.leftovers_of_pages,
    names.pasted,
    names.headings,
    chapter_numbers.check,
    literals.check,
)
# These read clean trees, and there are none of guards that nobody can read.
OF_TREES: tuple[Rule, ...] = (
    symbols.sizes,
    places.variants,
    symbols.documented,
    names.invariants,
    names.tests,
)


def check(history: History) -> list[WeaveError]:
    errors = list(names.births(history.story))
    readable = all((history.root / file).is_file() for file in history.story.births)
    for file in sorted(history.story.births):
        if file.endswith(SOURCES) and (history.root / file).is_file():
            guarded = source(file, history.story)
            read, refusals = guards.read(guarded, file, history.story)
            readable = readable and not refusals
            errors += refusals or places.check(file, guarded, read, history.story)
            errors += text.check(file, guarded)
            errors += rooms.check(file, guarded)
    errors += places.births(history)
    errors += rooms.folders(history.root)
    for rule in (*OF_TREES, *OF_PAGES) if readable else OF_PAGES:
        errors += _findings(rule, history)
    errors += imports.check(history.root)
    return list({str(error): error for error in errors}.values())


def _findings(rule: Rule, history: History) -> Iterator[WeaveError]:
    """What a rule finds; or what kept it from looking, which may keep several."""
    try:
        yield from rule(history)
    except WeaveError as error:
        yield error
    except WeaveErrors as several:
        yield from several.errors
