"""The story: parts, chapters and stages in reading order, read from chapters/story.toml.

Nothing else knows the order. A file is born at one stage and may retire at a later one; between
the two it is alive.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from weave.errors import WeaveError, did_you_mean

STORY = "chapters/story.toml"
ROOT = Path(__file__).resolve().parents[2]
RESERVED = {"STAGE"}
REFERENCE = re.compile(r":(?P<role>chapter|chapter-number):`(?P<target>[^`]*)`")
# Files that prove or measure and need not be shown: no page has to hold them line by line.
PROOFS = ("_test.cpp", "_test.hpp", "_bench.cpp", "_fuzz.cpp")


@dataclass(frozen=True)
class Part:
    number: int
    title: str
    promise: str = ""


@dataclass(frozen=True)
class Chapter:
    number: int
    part: int
    slug: str
    title: str
    planned: tuple[str, ...] = ()  # of one that is not written: the stages that it will bring

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
    chapters: tuple[Chapter, ...]  # those that are written
    coming: tuple[Chapter, ...]  # those that are planned
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
        raise WeaveError(
            STORY,
            None,
            f"there is no chapter {slug}",
            did_you_mean(slug, [c.slug for c in self.chapters]),
        )

    def any_chapter(self, target: str) -> Chapter:
        """What a page may speak of: the chapter of that slug, written or planned. A slug that
        begins with a capital begins a sentence."""
        slug = target[:1].lower() + target[1:]
        for chapter in self.chapters + self.coming:
            if chapter.slug == slug:
                return chapter
        raise WeaveError(
            STORY,
            None,
            f"there is no chapter {slug}",
            did_you_mean(slug, [c.slug for c in self.chapters + self.coming]),
        )

    def reference(self, role: str, target: str) -> str:
        """What :chapter:`target` says: "chapter N", N being its number today;
        :chapter-number: says the number alone."""
        number = str(self.any_chapter(target).number)
        if role == "chapter-number":
            return number
        return f"{'Chapter' if target[:1].isupper() else 'chapter'} {number}"

    def plain(self, text: str) -> str:
        """Text for a terminal: its references to chapters, spoken."""
        return REFERENCE.sub(lambda m: self.reference(m["role"], m["target"]), text)

    def stages_of(self, chapter: str | Chapter) -> list[Stage]:
        slug = chapter.slug if isinstance(chapter, Chapter) else self.chapter(chapter).slug
        return [stage for stage in self.stages if stage.chapter == slug]

    def files_alive(self, stage: str | Stage | None = None) -> list[str]:
        """Files that exist at a stage, sorted."""
        at = self.stage(stage).number
        return sorted(
            file
            for file, birth in self.births.items()
            if birth.number <= at
            and not (file in self.retirements and self.retirements[file].number <= at)
        )

    def line_of(self, text: str) -> int | None:
        """Where story.toml mentions something, for messages."""
        return next((n for n, line in enumerate(self.lines, 1) if text in line), None)


def load(root: Path | str | None = None) -> Story:
    """Reads and judges the story of the tree at root (default: this repository)."""
    root = Path(root).resolve() if root else ROOT
    try:
        text = (root / STORY).read_text(encoding="utf-8")
    except OSError:
        raise WeaveError(
            STORY, None, f"not found below {root}", "run from the book's own tree, or pass --root"
        ) from None
    return _judged(root, text)


@lru_cache(maxsize=4)  # it is asked for by every exercise and every reference to a chapter
def _judged(root: Path, text: str) -> Story:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise WeaveError(
            STORY, int(line[1]) if line else None, f"not TOML: {error}", "mend the syntax"
        ) from None
    story = _read(root, data, tuple(text.splitlines()))
    _judge(story)
    return story


def _read(root: Path, data: dict[str, Any], lines: tuple[str, ...]) -> Story:
    """Numbers are places: of a part among the parts, of a chapter among all chapters."""
    parts: list[Part] = []
    chapters: list[Chapter] = []
    stages: list[Stage] = []
    for part in data.get("part", []):
        where = f"[[part]] {part.get('title', '?')}"
        parts.append(
            Part(len(parts) + 1, _need(part, "title", str, where), part.get("promise", ""))
        )
        for table in part.get("chapter", []):
            where = f"[[part.chapter]] {table.get('slug', '?')}"
            chapter = Chapter(
                len(chapters) + 1,
                len(parts),
                _need(table, "slug", str, where),
                _need(table, "title", str, where),
                _names(table, "planned", where),
            )
            chapters.append(chapter)
            stages += [
                _stage(len(stages) + n, chapter.slug, stage)
                for n, stage in enumerate(table.get("stage", []), 1)
            ]
    written = {stage.chapter for stage in stages}
    return Story(
        root,
        tuple(parts),
        tuple(c for c in chapters if c.slug in written),
        tuple(c for c in chapters if c.slug not in written),
        tuple(stages),
        lines,
    )


def _need(table: dict[str, Any], key: str, kind: type, where: str) -> Any:
    if not isinstance(table.get(key), kind):
        what = "lacks" if key not in table else "has a wrong value for"
        raise WeaveError(STORY, None, f"{where} {what} `{key}`", f"write {key} = <{kind.__name__}>")
    return table[key]


def _names(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise WeaveError(
            STORY, None, f"{where} has a wrong value for `{key}`", "write a list of strings"
        )
    return tuple(value)


def _stage(number: int, chapter: str, table: dict[str, Any]) -> Stage:
    where = f"[[part.chapter.stage]] {table.get('name', '?')}"
    return Stage(
        _need(table, "name", str, where),
        number,
        chapter,
        _names(table, "born", where),
        _names(table, "retired", where),
    )


def _judge(story: Story) -> None:
    if not story.stages:
        raise WeaveError(STORY, None, "there is no stage", "add a [[part.chapter.stage]]")
    seen: set[str] = set()
    for stage in story.stages:
        line = story.line_of(f'"{stage.name}"')
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", stage.name) or stage.name in RESERVED:
            raise WeaveError(
                STORY,
                line,
                f"{stage.name} cannot be a stage's name",
                "use capitals, digits and underscores, and not STAGE",
            )
        if stage.name in seen:
            raise WeaveError(
                STORY,
                line,
                f"the stage {stage.name} is there twice",
                "give one of them another name",
            )
        seen.add(stage.name)
    _judge_chapters(story)
    _judge_lives(story)


def _judge_chapters(story: Story) -> None:
    slugs: set[str] = set()
    for chapter in sorted(story.chapters + story.coming, key=lambda c: c.number):
        line = story.line_of(f'"{chapter.slug}"')
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", chapter.slug):
            raise WeaveError(
                STORY,
                line,
                f"{chapter.slug} cannot be a chapter's slug",
                "use small letters, digits and hyphens: it is a file's name",
            )
        if chapter.slug in slugs:
            raise WeaveError(
                STORY,
                line,
                f"the chapter {chapter.slug} is there twice",
                "give one of them another slug",
            )
        slugs.add(chapter.slug)
        if chapter in story.chapters and chapter.planned:
            raise WeaveError(
                STORY,
                line,
                f"the chapter {chapter.slug} has stages and `planned`",
                "drop `planned`: it is written",
            )
        if chapter in story.coming and not chapter.planned:
            raise WeaveError(
                STORY,
                line,
                f"the chapter {chapter.slug} has no stage",
                "add a [[part.chapter.stage]], or name those to come in `planned`",
            )
    if story.coming and min(c.number for c in story.coming) < story.chapters[-1].number:
        first = min(story.coming, key=lambda c: c.number)
        raise WeaveError(
            STORY,
            story.line_of(f'"{first.slug}"'),
            f"the planned chapter {first.slug} stands before written ones",
            "move it behind them: stages follow each other",
        )


def _judge_lives(story: Story) -> None:
    born: dict[str, Stage] = {}
    for stage in story.stages:
        for file in stage.born:
            line = story.line_of(f'"{file}"')
            if file in born:
                raise WeaveError(
                    STORY,
                    line,
                    f"{file} is born twice, at {born[file]} and at {stage}",
                    "leave it in the earlier list only",
                )
            if file.startswith("/") or ".." in Path(file).parts:
                raise WeaveError(
                    STORY, line, f"{file} is outside the tree", "write its path from the root"
                )
            born[file] = stage
        for file in stage.retired:
            line = story.line_of(f'"{file}"')
            if file not in born:
                raise WeaveError(
                    STORY,
                    line,
                    f"{file} retires at {stage} but is not born before",
                    did_you_mean(file, born),
                )
            if born[file].number >= stage.number:
                raise WeaveError(
                    STORY,
                    line,
                    f"{file} is born and retired at {stage}",
                    "retire it at a later stage, or drop it",
                )
            if story.retirements[file] is not stage:
                raise WeaveError(STORY, line, f"{file} retires twice", "leave one of the two")
