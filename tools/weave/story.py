"""The story: parts, chapters and stages in reading order, read from chapters/story.toml.

Nothing else knows the order. A file is born at one stage and may retire at a later one; between
the two it is alive.
"""
from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from weave.errors import WeaveError, did_you_mean

STORY = "chapters/story.toml"
ROOT = Path(__file__).resolve().parents[2]
RESERVED = {"STAGE"}
# Files that prove or measure and need not be shown: no page has to hold them line by line.
PROOFS = ("_test.cpp", "_test.hpp", "_bench.cpp", "_fuzz.cpp")


@dataclass(frozen=True)
class Part:
    number: int
    title: str
    promise: str = ""
    planned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    number: int
    part: int
    slug: str
    title: str

    @property
    def page(self) -> str:
        return f"chapters/{self.slug}.rst"


@dataclass(frozen=True)
class Stage:
    name: str
    number: int
    chapter: str
    born: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Story:
    root: Path
    parts: tuple[Part, ...]
    chapters: tuple[Chapter, ...]
    stages: tuple[Stage, ...]
    lines: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def last(self) -> Stage:
        return self.stages[-1]

    @property
    def names(self) -> list[str]:
        return [stage.name for stage in self.stages]

    @cached_property
    def births(self) -> dict[str, Stage]:
        return {file: stage for stage in self.stages for file in stage.born}

    @cached_property
    def retirements(self) -> dict[str, Stage]:
        return {file: stage for stage in self.stages for file in stage.retired}

    def stage(self, name: str | Stage | None) -> Stage:
        """The stage of that name; none or empty means the last one."""
        if isinstance(name, Stage):
            return name
        if not name:
            return self.last
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise WeaveError(STORY, None, f"there is no stage {name}", did_you_mean(name, self.names))

    def previous(self, stage: str | Stage) -> Stage | None:
        number = self.stage(stage).number
        return self.stages[number - 2] if number > 1 else None

    def chapter(self, slug: str) -> Chapter:
        """The chapter of that slug or number."""
        for chapter in self.chapters:
            if slug in (chapter.slug, str(chapter.number)):
                return chapter
        raise WeaveError(STORY, None, f"there is no chapter {slug}",
                         did_you_mean(slug, [c.slug for c in self.chapters]))

    def stages_of(self, chapter: str | Chapter) -> list[Stage]:
        slug = chapter.slug if isinstance(chapter, Chapter) else self.chapter(chapter).slug
        return [stage for stage in self.stages if stage.chapter == slug]

    def files_alive(self, stage: str | Stage | None = None) -> list[str]:
        """Files that exist at a stage, sorted."""
        at = self.stage(stage).number
        return sorted(
            file for file, birth in self.births.items()
            if birth.number <= at
            and not (file in self.retirements and self.retirements[file].number <= at))

    def line_of(self, text: str) -> int | None:
        """Where story.toml mentions something, for messages."""
        return next((n for n, line in enumerate(self.lines, 1) if text in line), None)


def load(root: Path | str | None = None) -> Story:
    """Reads and judges the story of the tree at root (default: this repository)."""
    root = Path(root).resolve() if root else ROOT
    try:
        text = (root / STORY).read_text(encoding="utf-8")
    except OSError:
        raise WeaveError(STORY, None, f"not found below {root}",
                         "run from the book's own tree, or pass --root") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise WeaveError(STORY, int(line[1]) if line else None, f"not TOML: {error}",
                         "mend the syntax") from None
    lines = tuple(text.splitlines())
    story = Story(root, tuple(_part(p) for p in data.get("part", [])),
                  tuple(_chapter(c) for c in data.get("chapter", [])),
                  tuple(_stage(n, s) for n, s in enumerate(data.get("stage", []), 1)), lines)
    _judge(story)
    return story


def _need(table: dict[str, Any], key: str, kind: type, where: str) -> Any:
    if not isinstance(table.get(key), kind):
        what = "lacks" if key not in table else "has a wrong value for"
        raise WeaveError(STORY, None, f"{where} {what} `{key}`", f"write {key} = <{kind.__name__}>")
    return table[key]


def _files(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise WeaveError(STORY, None, f"{where} has a wrong value for `{key}`",
                         "write a list of paths")
    return tuple(value)


def _part(table: dict[str, Any]) -> Part:
    where = f"[[part]] {table.get('number', '?')}"
    return Part(_need(table, "number", int, where), _need(table, "title", str, where),
                table.get("promise", ""), _files(table, "planned", where))


def _chapter(table: dict[str, Any]) -> Chapter:
    where = f"[[chapter]] {table.get('slug', '?')}"
    return Chapter(_need(table, "number", int, where), _need(table, "part", int, where),
                   _need(table, "slug", str, where), _need(table, "title", str, where))


def _stage(number: int, table: dict[str, Any]) -> Stage:
    where = f"[[stage]] {table.get('name', '?')}"
    return Stage(_need(table, "name", str, where), number, _need(table, "chapter", str, where),
                 _files(table, "born", where), _files(table, "retired", where))


def _judge(story: Story) -> None:
    if not story.stages:
        raise WeaveError(STORY, None, "there is no stage", "add a [[stage]]")
    seen: set[str] = set()
    for stage in story.stages:
        line = story.line_of(f'"{stage.name}"')
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", stage.name) or stage.name in RESERVED:
            raise WeaveError(STORY, line, f"{stage.name} cannot be a stage's name",
                             "use capitals, digits and underscores, and not STAGE")
        if stage.name in seen:
            raise WeaveError(STORY, line, f"the stage {stage.name} is there twice",
                             "give one of them another name")
        seen.add(stage.name)
        if stage.chapter not in {c.slug for c in story.chapters}:
            raise WeaveError(STORY, line, f"the stage {stage.name} names the unknown chapter "
                             f"{stage.chapter}",
                             did_you_mean(stage.chapter, [c.slug for c in story.chapters]))
    for chapter in story.chapters:
        if chapter.part not in {p.number for p in story.parts}:
            raise WeaveError(STORY, story.line_of(chapter.slug), f"the chapter {chapter.slug} is "
                             f"in part {chapter.part}, which does not exist", "add the [[part]]")
    _judge_lives(story)


def _judge_lives(story: Story) -> None:
    born: dict[str, Stage] = {}
    for stage in story.stages:
        for file in stage.born:
            line = story.line_of(f'"{file}"')
            if file in born:
                raise WeaveError(STORY, line, f"{file} is born twice, at {born[file]} and at "
                                 f"{stage}", "leave it in the earlier list only")
            if file.startswith("/") or ".." in Path(file).parts:
                raise WeaveError(STORY, line, f"{file} is outside the tree",
                                 "write its path from the root")
            born[file] = stage
        for file in stage.retired:
            line = story.line_of(f'"{file}"')
            if file not in born:
                raise WeaveError(STORY, line, f"{file} retires at {stage} but is not born before",
                                 did_you_mean(file, born))
            if born[file].number >= stage.number:
                raise WeaveError(STORY, line, f"{file} is born and retired at {stage}",
                                 "retire it at a later stage, or drop it")
            if story.retirements[file] is not stage:
                raise WeaveError(STORY, line, f"{file} retires twice", "leave one of the two")
