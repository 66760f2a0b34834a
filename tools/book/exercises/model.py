"""exercise.toml, read and judged. An exercise is a directory exercises/CHAPTER/NAME, and its id
is CHAPTER/NAME: front-door/one-answer."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.common.paths import EXERCISES, PRACTICE, in_repository
from book.common.refusal import Refusal
from weave import story
from weave.errors import did_you_mean

FILE = "exercise.toml"
SCENARIO = "scenario.txt"
HINTS = 3  # a nudge, where to look, almost
OPENING = "opening.cpp"
# For each kind, the files that must stand beside exercise.toml; one of several between bars.
KINDS = {
    "fill": ("brief.rst", "test.cpp|scenario.txt"),
    "hunt": ("brief.rst", "test.cpp|scenario.txt"),
    "kill": ("brief.rst", "answer.cpp", "solution.cpp"),
    "predict": ("brief.rst", "program.cpp|scenario.txt", "answer.txt"),
    "compose": ("brief.rst", "answer.txt", "solution.txt"),
}
TABLES = {
    "fill": ("hole", "mutant"),
    "hunt": ("bug", "mutant"),
    "kill": ("mutant",),
    "predict": (),
    "compose": ("expect",),
}
PLAYER = "code/rafttest/scenario_main.cpp"  # what plays a scenario, if the stage has it
KEYS = {
    "title": str,
    "kind": str,
    "stage": str,
    "stars": int,
    "minutes": int,
    "invariant": str,
    "hints": list,
    "fails_with": str,
    "why_it_fails": str,
}


@dataclass(frozen=True)
class Edit:
    """A change planted by exact text: a bug to hunt, or a mutant that a test must kill."""

    file: str
    find: str
    replace: str
    name: str = ""

    def apply(self, tree: dict[str, str], where: str) -> str:
        """The file's text with the change made; its `find` must occur exactly once."""
        if self.file not in tree:
            raise Refusal(
                f"{where}: there is no {self.file} at this stage", did_you_mean(self.file, tree)
            )
        text = tree[self.file]
        if (times := text.count(self.find)) != 1:
            raise Refusal(
                f"{where}: `find` occurs {times} times in {self.file}, not once",
                "copy the text from the file again, with enough around it",
            )
        return text.replace(self.find, self.replace)


@dataclass(frozen=True)
class Hole:
    symbol: str
    body: str


@dataclass(frozen=True)
class Expect:
    """What must hold of a scenario that a reader wrote: of the whole conversation or, with `ask`,
    of the answer to a directive that is played after it.
    """

    name: str
    ask: str = ""
    finds: str = ""
    lacks: str = ""


@dataclass(frozen=True)
class Exercise:
    path: Path
    id: str
    chapter: str
    title: str
    kind: str
    stage: str
    stars: int
    minutes: int
    invariant: str
    hints: tuple[str, ...]
    fails_with: str
    why_it_fails: str
    holes: tuple[Hole, ...]
    bugs: tuple[Edit, ...]
    mutants: tuple[Edit, ...]
    expects: tuple[Expect, ...] = ()

    @property
    def plays(self) -> bool:
        """Is it about a scenario file?"""
        return bool(self.expects) or (self.path / SCENARIO).is_file()

    @property
    def workspace(self) -> Path:
        return PRACTICE / self.id

    @property
    def points(self) -> int:
        return 10 * self.stars

    def text(self, name: str) -> str:
        return (self.path / name).read_text(encoding="utf-8")

    def written_test(self, name: str) -> str:
        """The test that a reader of a Kill begins with, or the solution; what both begin with may
        stand in a file of its own."""
        opening = self.path / OPENING
        return (opening.read_text(encoding="utf-8") if opening.is_file() else "") + self.text(name)

    @property
    def toml(self) -> str:
        return in_repository(self.path / FILE)


def _bad(path: Path, key: str, what: str, mend: str) -> Refusal:
    place = in_repository(path / FILE) + (f": `{key}`" if key else "")
    return Refusal(f"{place} {what}", mend)


def _tables(
    path: Path,
    data: dict[str, Any],
    key: str,
    fields: tuple[str, ...],
    optional: tuple[str, ...] = (),
) -> list[dict[str, str]]:
    tables = data.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise _bad(path, key, "is not a list of tables", f"write [[{key}]]")
    for number, table in enumerate(tables, 1):
        for field in fields:
            if not isinstance(table.get(field), str):
                raise _bad(path, key, f"number {number} lacks `{field}`", f'write {field} = "…"')
        if extra := sorted(set(table) - set(fields) - set(optional)):
            raise _bad(
                path,
                key,
                f"number {number} has an unknown key `{extra[0]}`",
                did_you_mean(extra[0], fields + optional),
            )
    return tables


def load(path: Path) -> Exercise:
    """One exercise; a Refusal names the file, the key and the mend."""
    try:
        data = tomllib.loads((path / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _bad(path, "", "is missing", "write it, or remove the directory") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(path, "", f"is not TOML: {error}", "mend the syntax") from None
    known = tuple(KEYS) + ("hole", "bug", "mutant", "expect")
    if extra := sorted(set(data) - set(known)):
        raise _bad(path, extra[0], "is unknown", did_you_mean(extra[0], known))
    for key, kind in KEYS.items():
        if key not in data:
            raise _bad(path, key, "is missing", f"write {key} = <{kind.__name__}>")
        if not isinstance(data[key], kind) or isinstance(data[key], bool):
            raise _bad(
                path, key, f"is not of type {kind.__name__}", f"write {key} = <{kind.__name__}>"
            )
    _refuse_what_does_not_fit(path, data)
    holes = tuple(
        Hole(t["symbol"], t["body"]) for t in _tables(path, data, "hole", ("symbol", "body"))
    )
    edit = ("file", "find", "replace")
    bugs = tuple(
        Edit(t["file"], t["find"], t["replace"])
        for t in _tables(path, data, "bug", edit, ("name",))
    )
    mutants = tuple(
        Edit(t["file"], t["find"], t["replace"], t["name"])
        for t in _tables(path, data, "mutant", ("name", *edit))
    )
    expects = tuple(
        Expect(**t) for t in _tables(path, data, "expect", ("name",), ("ask", "finds", "lacks"))
    )
    chapter = path.parent.name
    return Exercise(
        path,
        f"{chapter}/{path.name}",
        chapter,
        data["title"],
        data["kind"],
        data["stage"],
        data["stars"],
        data["minutes"],
        data["invariant"],
        tuple(map(story.load().plain, data["hints"])),
        data["fails_with"],
        story.load().plain(data["why_it_fails"]),
        holes,
        bugs,
        mutants,
        expects,
    )


def _refuse_what_does_not_fit(path: Path, data: dict[str, Any]) -> None:
    kind = data["kind"]
    if kind not in KINDS:
        raise _bad(path, "kind", f'is "{kind}"', "write one of " + ", ".join(KINDS))
    if len(data["hints"]) != HINTS or not all(isinstance(hint, str) for hint in data["hints"]):
        raise _bad(
            path,
            "hints",
            "is not a list of three texts",
            'write hints = ["a nudge", "where to look", "almost"]',
        )
    if not 1 <= data["stars"] <= 5:
        raise _bad(path, "stars", f"is {data['stars']}", "write a number from 1 to 5")
    try:
        re.compile(data["fails_with"])
    except re.error as error:
        raise _bad(
            path,
            "fails_with",
            f"is not a regular expression: {error}",
            "escape ( ) [ ] . * + ? where they stand for themselves",
        ) from None
    names = [stage.name for stage in story.load().stages]
    if data["stage"] not in names:
        raise _bad(
            path,
            "stage",
            f"names the unknown stage {data['stage']}",
            did_you_mean(data["stage"], names),
        )
    for table in ("hole", "bug", "mutant", "expect"):
        judged = table == "expect" and (path / "judge.cpp").is_file()  # by a program instead
        if table in TABLES[kind] and not data.get(table) and not judged:
            raise _bad(path, table, f'is missing, and kind is "{kind}"', f"add a [[{table}]]")
        if table not in TABLES[kind] and data.get(table):
            raise _bad(path, table, f'has no meaning when kind is "{kind}"', "remove it")
    for files in KINDS[kind]:
        if not any((path / file).is_file() for file in files.split("|")):
            first, *others = files.split("|")
            raise Refusal(
                f'{in_repository(path / first)} is missing, and kind is "{kind}"',
                "write the file" + "".join(f", or {other}" for other in others),
            )
    _refuse_an_unfit_scenario(path, data)


def _refuse_an_unfit_scenario(path: Path, data: dict[str, Any]) -> None:
    if not (data.get("expect") or (path / SCENARIO).is_file()):
        return
    if PLAYER not in story.load().files_alive(data["stage"]):
        raise _bad(
            path,
            "stage",
            f"is {data['stage']}, where nothing plays scenarios yet",
            'write stage = "SCENARIO"',
        )
    for expect in data.get("expect", []):
        for key in ("finds", "lacks"):
            try:
                re.compile(expect.get(key, ""))
            except re.error as error:
                raise _bad(
                    path,
                    "expect",
                    f"has a `{key}` that is not a regular expression: {error}",
                    "escape ( ) [ ] . * + ? where they stand for themselves",
                ) from None


def load_all(root: Path = EXERCISES) -> list[Exercise]:
    """Every exercise, in the order of the chapters, then by stars."""
    found = [load(path.parent) for path in sorted(root.glob(f"*/*/{FILE}"))]
    order = {chapter.slug: chapter.number for chapter in story.load().chapters}
    return sorted(found, key=lambda e: (order.get(e.chapter, len(order)), e.stars, e.id))


def _at_path(name: str) -> str:
    """The id that a path leads to, from where the reader stands."""
    path = Path(name).resolve()
    for root in (PRACTICE, EXERCISES):
        if path.is_relative_to(root) and len(parts := path.relative_to(root).parts) >= 2:
            return "/".join(parts[:2])
    return ""


def find(name: str, all_of_them: list[Exercise] | None = None) -> Exercise:
    """The exercise a reader means: its id, a path to its directory or to a file in there, or its
    name alone if only one has it."""
    exercises = load_all() if all_of_them is None else all_of_them
    wanted = (_at_path(name) or name).strip().strip("/")
    wanted = wanted.removeprefix("exercises/").removeprefix("practice/").lower()
    chapter, slash, rest = wanted.partition("/")
    if slash and chapter.isdigit():
        wanted = f"{story.load().chapter(str(int(chapter))).slug}/{rest}"
    fits = [e for e in exercises if wanted in (e.id, e.path.name)]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise Refusal(
            f"several exercises are called {name}", "write one of " + ", ".join(e.id for e in fits)
        )
    raise Refusal(
        f"there is no exercise {name}",
        did_you_mean(wanted, [e.id for e in exercises], "./book list shows them"),
    )
