"""What is judged of each symbol: how long a function is, and whether a header explains itself."""

from __future__ import annotations

import re

from weave.cpp.symbols import Symbol
from weave.errors import WeaveError
from weave.trees.history import History

MAX_FUNCTION = 70


def sizes(history: History) -> list[WeaveError]:
    """A function, or a test, fits on a screen."""
    errors: dict[tuple[str, str], WeaveError] = {}
    for stage in history.story.stages:
        sized = [
            (s.file, s.qualified, s.line, s.last_line)
            for s in history.index(stage).symbols
            if s.kind == "function" and s.defined
        ]
        sized += [(t.file, t.name, t.line, t.last_line) for t in history.tests(stage)]
        for file, name, first, last in sized:
            if last - first + 1 > MAX_FUNCTION:
                errors[file, name] = WeaveError(
                    file,
                    history.origins(stage, file)[first - 1],
                    f"{name} has {last - first + 1} lines at {stage}; at most {MAX_FUNCTION}",
                    "give its parts names",
                )
    return list(errors.values())


def documented(history: History) -> list[WeaveError]:
    """Every public symbol of a header has a /// comment, where it is declared or defined."""
    stage = history.story.last
    documented: set[str] = set()
    open_: dict[str, WeaveError] = {}
    parts = {s.qualified: s for s in history.index(stage).symbols}
    for s in history.index(stage).symbols:
        lines = history.text(stage, s.file).splitlines()
        if any(re.search(r"///", line) for line in lines[s.first_line - 1 : s.line]) or re.search(
            r"///<", lines[s.last_line - 1]
        ):
            documented.add(s.qualified)
        inner = [p for p in _scopes(s.qualified) if p in parts]
        private = s.access != "public" or any(parts[p].access != "public" for p in inner)
        if (
            not s.file.endswith(".hpp")
            or "::detail::" in f"::{s.qualified}"
            or private
            or s.hidden
            or _obvious(s)
        ):
            continue
        open_.setdefault(
            s.qualified,
            WeaveError(
                s.file,
                history.origins(stage, s.file)[s.line - 1],
                f"{s.qualified} has no /// comment",
                "say what it is for, above it or ///< behind it",
            ),
        )
    return [error for name, error in open_.items() if name not in documented]


def _scopes(name: str) -> list[str]:
    parts = name.split("::")
    return ["::".join(parts[:n]) for n in range(1, len(parts))]


def _obvious(s: Symbol) -> bool:
    """Comparisons, special members, specialisations, enumerators and plain fields say it alone."""
    outer = s.scope.rpartition("::")[2].split("<")[0]
    return (
        s.name.startswith("~")
        or s.name in ("operator==", "operator!=", "operator=", "operator<=>", "operator<<")
        or "<" in s.qualified
        or s.kind == "enumerator"
        or s.qualified.startswith("std::")
        or s.kind in ("variable", "typedef")
        and bool(s.scope)
        or s.kind == "function"
        and (s.name == outer or s.args.endswith(" override"))
    )
