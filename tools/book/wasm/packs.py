"""What one exercise needs in a page: headers for the reader's file to include, objects to link it
with, and a manifest that says how. tools/site/play/js/compiler/referee.js unpacks and uses it.

The manifest: `sources`, the reader's files that are compiled; `pch`, the precompiled header they
are compiled with; `runs`, what kind of program comes out: tests, scenario, judge; `programs`, each
with a name, the objects it is linked from, and the headers that are different in it. A Kill has a
program for the right node and one for each wrong one; a Fill or a Hunt has one. The program that
judges a Compose is in its pack as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from book.common.paths import ROOT
from book.exercises import workspace
from book.exercises.model import SCENARIO, Exercise
from book.wasm import archive
from book.wasm.core import PURE
from book.wasm.objects import Order
from book.wasm.parts import merged, precompiled
from weave.lint.rooms import ROOMS

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
COMMENT = re.compile(r"^ *//.*$", re.MULTILINE)  # empty lines instead: lines keep their numbers
TESTS = "test.cpp"
JUDGE = "judge.cpp"
PLAYS = ROOT / "tools" / "site" / "play" / "scenario.cpp"
LAZY = "code/rafttest/"  # linked if something else asks for it; no reader's file does


@dataclass
class Pack:
    """Orders for all that an exercise needs; `first` before `then`."""

    exercise: Exercise
    manifest: dict[str, object]
    headers: dict[str, str]
    first: list[Order] = field(default_factory=list)
    then: dict[str, Order] = field(default_factory=dict)  # objects in the pack, by name

    def data(self) -> bytes:
        """The archive, once everything was made."""
        files = {name: COMMENT.sub("", text).encode() for name, text in self.headers.items()}
        files |= {name: order.out.read_bytes() for name, order in self.then.items()}
        if self.exercise.plays:
            files[SCENARIO] = self.exercise.text(SCENARIO).encode()
        files["manifest.json"] = json.dumps(self.manifest, sort_keys=True).encode()
        return archive.pressed(archive.tar(files))


def pack(exercise: Exercise) -> Pack:
    tree = workspace.tree(exercise.stage)
    if exercise.kind == "kill":
        return _kill(exercise, tree)
    if exercise.kind == "compose":
        return _perform(exercise, tree)
    return _mend(exercise, tree)


def closure(path: str, tree: dict[str, str]) -> dict[str, str]:
    """A file and the project's headers that it reads."""
    found, waiting = {}, [path]
    while waiting:
        name = waiting.pop()
        if name in found or name not in tree:
            continue
        found[name] = tree[name]
        waiting += [f"code/{header}" for header in INCLUDE.findall(tree[name])]
    return found


def compiled(path: str, tree: dict[str, str]) -> Order:
    """An order for the object of a source file of a tree, tests included."""
    tests = "gtest/gtest.h" in tree[path]
    name = "tests" if tests else "std"
    files = closure(path, tree) | precompiled(name).files
    return Order(
        "compile", path, files, bytes={f"{name}.pch": precompiled(name).out}, pch=f"{name}.pch"
    )


def library(tree: dict[str, str], program: str) -> list[str]:
    """The sources of the rooms that a program is linked with: the highest that it includes, and
    those below it.
    """
    named = [header.split("/")[0] for header in INCLUDE.findall(program)]
    top = max((ROOMS.index(room) for room in named if room in ROOMS), default=0)
    rooms = [room for room in PURE if ROOMS.index(room) <= top]
    return [
        path
        for path in sorted(tree)
        if re.fullmatch(rf"code/({'|'.join(rooms)})/.*\.cpp", path)
        and not re.search(r"(_test|_main|_fuzz)\.cpp$", path)
    ]


def _headers(tree: dict[str, str], sources: list[str], tests: bool = False) -> dict[str, str]:
    """Those that the sources may include: of their rooms, and the rooms below; those of tests for
    tests.
    """
    top = max(ROOMS.index(path.split("/")[1]) for path in sources)
    rooms = ROOMS[: top + 1]
    return {
        path: text
        for path, text in tree.items()
        if re.fullmatch(rf"code/({'|'.join(rooms)})/.*\.hpp", path)
        and (tests or not path.endswith("_test.hpp"))
    }


def _mend(exercise: Exercise, tree: dict[str, str]) -> Pack:
    """A Fill or a Hunt: the reader's sources, and everything else that the program is made of."""
    mine = [path for path in workspace.starter(exercise) if path.endswith(".cpp")]
    if exercise.plays:
        main, program = "scenario.cpp", PLAYS.read_text(encoding="utf-8")
    else:
        main, program = TESTS, exercise.text(TESTS)
    tree = tree | {main: program}
    sources = library(tree, program)
    rest = [path for path in [*sources, main] if path not in mine]
    orders = {f"{number}.o": compiled(path, tree) for number, path in enumerate(rest)}
    lazy = tuple(name for name, path in zip(orders, rest, strict=True) if path.startswith(LAZY))
    manifest: dict[str, object] = {
        "sources": mine,
        "pch": "std",
        "runs": "scenario" if exercise.plays else "tests",
        "invariant": exercise.invariant if exercise.kind == "hunt" else "",
        "programs": [{"name": "", "objects": ["rest.o"], "headers": {}}],
    }
    return Pack(
        exercise,
        manifest,
        _headers(tree, mine),
        list(orders.values()),
        {"rest.o": merged(orders, lazy)},
    )


def _perform(exercise: Exercise, tree: dict[str, str]) -> Pack:
    """A Compose that a program judges: the program."""
    tree = tree | {JUDGE: exercise.text(JUDGE)}
    sources = [*library(tree, tree[JUDGE]), JUDGE]
    orders = {f"{number}.o": compiled(path, tree) for number, path in enumerate(sources)}
    program = Order(
        "link", bytes={name: order.out for name, order in orders.items()}, objects=tuple(orders)
    )
    return Pack(exercise, {"runs": "judge"}, {}, list(orders.values()), {"program.wasm": program})


def _kill(exercise: Exercise, tree: dict[str, str]) -> Pack:
    """The reader's test is linked with the right node, then with each wrong one."""
    sources = library(tree, exercise.written_test("answer.cpp"))
    wrong = [
        tree | {mutant.file: mutant.apply(tree, f"{exercise.toml}: [[mutant]] {mutant.name}")}
        for mutant in exercise.mutants
    ]
    orders = {path: compiled(path, tree) for path in sources}
    changed = [
        {
            path: order
            for path in sources
            if (order := compiled(path, other)).out != orders[path].out
        }
        for other in wrong
    ]
    loose = sorted({path for each in changed for path in each})
    rest = {f"{number}.o": orders[path] for number, path in enumerate(sources) if path not in loose}
    then = {"rest.o": merged(rest)} | {
        f"right/{loose.index(path)}.o": orders[path] for path in loose
    }
    programs = [_program("", loose, {}, {})]
    for number, (mutant, different) in enumerate(zip(exercise.mutants, changed, strict=True)):
        then |= {
            f"wrong/{number}/{loose.index(path)}.o": order for path, order in different.items()
        }
        header = {mutant.file: wrong[number][mutant.file]} if mutant.file.endswith(".hpp") else {}
        programs.append(
            _program(mutant.name, loose, dict.fromkeys(different, f"wrong/{number}"), header)
        )
    manifest: dict[str, object] = {
        "sources": ["answer.cpp"],
        "pch": "tests",
        "runs": "tests",
        "invariant": "",
        "programs": programs,
    }
    first = [*orders.values(), *(order for each in changed for order in each.values())]
    return Pack(exercise, manifest, _headers(tree, sources, tests=True), first, then)


def _program(
    name: str, loose: list[str], where: dict[str, str], headers: dict[str, str]
) -> dict[str, object]:
    objects = [f"{where.get(path, 'right')}/{number}.o" for number, path in enumerate(loose)]
    return {"name": name, "objects": ["rest.o", *objects], "headers": headers}
