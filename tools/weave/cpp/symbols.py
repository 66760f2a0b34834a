"""The symbols of a stage, and how a page, an exercise or a link names one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from weave.errors import WeaveError, did_you_mean

TYPES = ("class", "struct", "union", "enum", "typedef")
SPEC = re.compile(
    r"^(?:(?P<path>[\w/.-]+\.[hc]pp)::)?(?P<name>[^@]+?)"
    r"(?:\[(?P<nth>\d+)\])?(?:@(?P<at>[\w/.-]+))?$"
)


@dataclass(frozen=True)
class Symbol:
    kind: str  # class struct union enum enumerator typedef function variable define
    qualified: str  # without anonymous namespaces
    file: str
    line: int  # where its name stands
    first_line: int  # with the leading comment and template<> line
    last_line: int
    args: str = ""
    defined: bool = True  # False: a declaration whose definition is elsewhere or missing
    access: str = "public"
    scope: str = ""  # the qualified name of the class around it, if any
    hidden: bool = False  # in an anonymous namespace, or static in a .cpp

    @property
    def name(self) -> str:
        return self.qualified.rsplit("::", 1)[-1]

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def holds(self, line: int) -> bool:
        return self.first_line <= line <= self.last_line


def _squeeze(args: str) -> str:
    return re.sub(r"\s+", "", args)


class SymbolIndex:
    """The symbols of one stage."""

    def __init__(self, stage: str, symbols: Iterable[Symbol]) -> None:
        self.stage = stage
        self.symbols = sorted(symbols, key=lambda s: (s.file, s.first_line, -s.last_line))

    @cached_property
    def names(self) -> list[str]:
        return list(dict.fromkeys(s.qualified for s in self.symbols))

    def of_file(self, file: str) -> list[Symbol]:
        return [s for s in self.symbols if s.file == file]

    def outermost(self, file: str) -> list[Symbol]:
        """The symbols of a file that lie in no other symbol, in order."""
        out: list[Symbol] = []
        for symbol in self.of_file(file):
            if not out or symbol.first_line > out[-1].last_line:
                out.append(symbol)
        return out

    def matches(self, spec: str) -> list[Symbol]:
        """Every declaration and definition that a name can mean; empty if it is unknown."""
        name, args, _, path = _parse(spec)
        found = [s for s in self.symbols if s.qualified == name]
        found = found or [s for s in self.symbols if s.qualified.endswith("::" + name)]
        if path:
            found = [s for s in found if ("/" + s.file).endswith("/" + path)]
        if args and args != "(*)":
            found = [s for s in found if _squeeze(s.args).startswith(args)]
        return found

    def find(self, spec: str) -> Symbol:
        """The one symbol that a name means; its definition, if it has one."""
        found = self.find_all(spec)
        if len(found) > 1:
            raise self._ambiguous(spec, found)
        return found[0]

    def find_all(self, spec: str) -> list[Symbol]:
        """As find, but `name(*)` means all overloads."""
        name, args, nth, _ = _parse(spec)
        found = self.matches(spec)
        if not found:
            raise self.unknown(spec)
        if len({s.qualified for s in found}) > 1:
            raise self._ambiguous(spec, found)
        found = [s for s in found if s.defined] or found
        if args == "(*)":
            return found
        if nth:
            if nth > len(found):
                raise self._refuse(
                    f"{name} has {len(found)} overloads, not {nth}",
                    f"count from [1] to [{len(found)}]",
                )
            return [found[nth - 1]]
        if len(found) > 1:
            raise self._ambiguous(spec, found)
        return found

    def knows(self, spec: str) -> bool:
        return bool(self.matches(spec))

    def inside(self, outer: Symbol, spec: str) -> list[Symbol]:
        """The symbols called spec that stand within another one."""
        name = _parse(spec)[0]
        found = [
            s
            for s in self.of_file(outer.file)
            if outer.first_line <= s.first_line
            and s.last_line <= outer.last_line
            and s is not outer
            and (s.qualified == name or s.qualified.endswith("::" + name))
        ]
        if not found:
            within = [
                s.name
                for s in self.of_file(outer.file)
                if outer.holds(s.first_line) and s is not outer
            ]
            raise self._refuse(
                f"{outer.qualified} holds no symbol {spec} at {self.stage}",
                did_you_mean(name, within),
            )
        return found

    def unknown(self, spec: str) -> WeaveError:
        return self._refuse(
            f"there is no symbol {spec} at {self.stage}", did_you_mean(_parse(spec)[0], self.names)
        )

    def _refuse(self, message: str, mend: str) -> WeaveError:
        return WeaveError("code", None, message, mend)

    def _ambiguous(self, spec: str, found: list[Symbol]) -> WeaveError:
        names = list(dict.fromkeys(s.qualified for s in found))
        if len(names) > 1:
            return self._refuse(
                f"{spec} is ambiguous at {self.stage}", "write " + " or ".join(names[:4])
            )
        where = {s.file for s in found}
        if len(where) == len(found):
            ways = [f"{spec}@{file}" for file in sorted(where)]
        else:
            ways = [f"{spec.split('@')[0]}[{n}]" for n in range(1, len(found) + 1)]
        return self._refuse(
            f"{spec} has {len(found)} overloads at {self.stage}",
            f"write {', '.join(ways[:4])} or {spec.split('@')[0]}(*) for all",
        )


def _parse(spec: str) -> tuple[str, str, int, str]:
    """(name, squeezed arguments or "(*)", which overload or 0, path or "")."""
    match = SPEC.match(spec.strip())
    if not match:
        return spec, "", 0, ""
    name, args = match["name"], ""
    call = re.match(r"^(.*?(?:operator\s*\(\))?)(\(.*\))$", name)
    if call and call[1] and not call[1].endswith("operator"):
        name, args = call[1], _squeeze(call[2])
    path = match["at"] or match["path"] or ""
    return name.strip(), args, int(match["nth"] or 0), path
