"""The imports of the Python under tools/: no circles, and nothing from a layer above.

An import counts wherever it stands; one inside a function hides a circle, it does not break it.
The order of the packages is said here, that inside a package by a list LAYERS in its __init__.py.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from weave.errors import WeaveError

PACKAGES = ("weave", "book", "bookext")  # lowest first
SEARCHED = ("tools", "tools/site/ext")  # where the interpreter looks for modules


@dataclass(frozen=True)
class Module:
    name: str
    file: str
    imports: dict[str, int]  # what it imports, and in which line

    @property
    def package(self) -> str:
        return self.name.split(".")[0]

    @property
    def layer(self) -> str:
        """The module or the folder of its package that it is, or is in; empty for the package."""
        return (self.name.split(".") + [""])[1]


def check(root: Path) -> Iterator[WeaveError]:
    modules = read(root)
    inside = {
        name: layers_of(root / module.file) for name, module in modules.items() if name in PACKAGES
    }
    for module in modules.values():
        yield from _above(module, modules, inside.get(module.package, []))
    for circle in circles({m.name: list(m.imports) for m in modules.values()}):
        first = modules[circle[0]]
        yield WeaveError(
            first.file,
            first.imports[circle[1]],
            "imports go in a circle: " + " → ".join(circle),
            "move what both need into a module below them",
        )


def layers_of(init: Path) -> list[str]:
    """The modules and folders of a package, lowest first; empty if it does not say."""
    for node in ast.parse(init.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == ["LAYERS"]:
            return list(ast.literal_eval(node.value))
    return []


def _above(module: Module, modules: dict[str, Module], layers: list[str]) -> Iterator[WeaveError]:
    """Tests may import everything, and are imported by nobody."""
    if layers and module.layer not in (*layers, "", "__main__", "tests"):
        yield WeaveError(
            module.file,
            None,
            f"{module.layer} has no place among the layers of {module.package}",
            f"add it to LAYERS in {module.package}/__init__.py",
        )
        return
    for name, line in module.imports.items():
        other = modules[name]
        order, ours, theirs = list(PACKAGES), module.package, other.package
        if ours == theirs:
            order, ours, theirs = layers, module.layer, other.layer
        if ours in order and theirs in order and order.index(theirs) > order.index(ours):
            yield WeaveError(
                module.file,
                line,
                f"{ours} imports {name} from a layer above it",
                f"the order is {' '.join(order)}; move what is needed down",
            )


def read(root: Path) -> dict[str, Module]:
    """The modules of all packages, by name."""
    files = {}
    for place in SEARCHED:
        for package in PACKAGES:
            for path in sorted((root / place / package).rglob("*.py")):
                parts = path.relative_to(root / place).with_suffix("").parts
                files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {
        name: Module(name, path.relative_to(root).as_posix(), dict(_imports(name, path, files)))
        for name, path in files.items()
    }


def _imports(name: str, path: Path, known: Iterable[str]) -> Iterator[tuple[str, int]]:
    """A package is imported by a name that is in none of its modules."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join((above if node.level else []) + ([node.module] if node.module else []))
            inner = [f"{base}.{alias.name}" for alias in node.names]
            found = [module if module in known else base for module in inner]
        for module in found:
            if module in known and module != name:
                yield module, node.lineno


def circles(graph: dict[str, list[str]]) -> list[list[str]]:
    """A shortest circle through each module that is in one, each circle once: a → b → a."""
    found: dict[frozenset[str], list[str]] = {}
    covered: set[str] = set()
    for start in sorted(graph):
        if start not in covered and (circle := _shortest(graph, start)):
            found.setdefault(frozenset(circle), circle)
            covered |= set(circle)
    return list(found.values())


def _shortest(graph: dict[str, list[str]], start: str) -> list[str] | None:
    ways: deque[list[str]] = deque([[start]])
    seen = {start}
    while ways:
        way = ways.popleft()
        for name in graph[way[-1]]:
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return None
