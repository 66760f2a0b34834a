"""A chapter is inserted in the middle, into a copy of the tree and as docs/contributing says: its
files, its rows of story.toml, and a page and an exercise from the templates. The rules accept it,
the pages build, and every chapter behind it has the next number wherever it is named.

The pages of the reference are left out: they come from headers, name no chapter, and would take
half as long again. The stage is not compiled; the checks of the stages show that CMake follows
story.toml.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from book.checks.outcome import Context, Outcome
from book.common import process, sources
from book.common.paths import BUILD, ROOT
from book.cpp.stage_trees import stage_tree
from book.scenes import pictures
from book.site import build
from weave import story
from weave.files import GENERATED
from weave.story import STORY, Story

COPY = BUILD / "insertion"
SHARED = ("pictures", "scenes", "weave")  # kept by content, or read only
TEMPLATES = Path("docs") / "contributing" / "templates"
WITHOUT = f"exclude_patterns=**/__pycache__,{TEMPLATES.as_posix()},{GENERATED}"
NEXT = "replication"  # the chapter before which the new one is put
SLUG, EXERCISE = "inserted", "inserted/a-name"

ROWS = f"""[[part.chapter]]
slug = "{SLUG}"
title = "Inserted"

[[part.chapter.stage]]
name = "INSERTED"
born = ["code/raft/name.hpp", "code/raft/name.cpp", "code/raft/name_test.cpp"]

"""
CODE = {
    "code/raft/name.hpp": """// A name, which is right or wrong. Tested by raft/name_test.cpp.
#pragma once

namespace raft {

/// Knows whether it was ever wrong.
struct Name {
  bool wrong = false;  ///< once wrong, for ever

  /// Notes what was heard.
  void hear(bool right);
};

}  // namespace raft
""",
    "code/raft/name.cpp": """// What a name does with what it hears.
#include "raft/name.hpp"

namespace raft {

void Name::hear(bool right) {
  if (right) return;
  wrong = true;
}

}  // namespace raft
""",
    "code/raft/name_test.cpp": """#include "raft/name.hpp"

#include <gtest/gtest.h>

namespace raft {
namespace {

// INV-INSERTED-1
TEST(Name, DoesWhatItSays) {
  Name name;
  name.hear(true);
  EXPECT_FALSE(name.wrong);
}

}  // namespace
}  // namespace raft
""",
}
# What a writer puts in the place of the templates' words.
PAGE = {
    "Title as in story.toml\n======================": "Inserted\n========",
    ".. chapter:: slug": f".. chapter:: {SLUG}",
    "scene:: scenario_name": "scene:: repair",
    "scene:: another_scenario": "scene:: one_entry",
    "INV-STAGE-1": "INV-INSERTED-1",
    "stage STAGE mine": "stage INSERTED mine",
    ".. newborn:: raft::Name\n": (
        ".. newborn:: code/raft/name.hpp\n\n.. newborn:: code/raft/name.cpp\n"
    ),
    ".. grow:: raft::Raft::existing\n": f"See :chapter:`{NEXT}`.\n",
}
PREDICT = {
    '"ELECTION"': '"INSERTED"',
    "INV-ELECTION-2": "INV-INSERTED-1",
    "A nudge: ": f"Compare :chapter:`{NEXT}`: ",
}

REFERENCE = re.compile(
    r'href="[^"]*?(?P<slug>[a-z0-9-]+)\.html"><span class="doc">'
    r"(?:[Cc]hapter(?:\xa0|&#160;|&nbsp;))?(?P<number>\d+)</span>"
)
IN_NAVIGATION = re.compile(
    r'<li class="toctree-l1[^"]*"><a class="[^"]*" href="chapters/([^"/]+)\.html"'
)


def check(_: Context) -> Outcome:
    tree = stage_tree()
    pictures.ensure_traces(tree)
    before = story.load()
    _copy()
    insert(COPY)
    after = story.load(COPY)
    site = COPY / "build" / "site"
    pages = build.sphinx(
        site, COPY / "build" / "doctrees", strict=True, root=COPY, options=("-D", WITHOUT)
    )
    log = [
        _complaint("lint", _python("-m", "weave", "lint")),
        _complaint("coverage", _python("-m", "weave", "coverage")),
        _complaint("the pages", pages),
        *judge_terminal(after),
    ]
    if pages.ok:
        log += judge_site(site, before, after)
    wrong = [text for text in log if text]
    return Outcome(len(log) - len(wrong), len(wrong), "\n".join(wrong))


def _copy() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    for path in sources.files():
        target = COPY / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    (COPY / "build").mkdir()
    for name in SHARED:
        (BUILD / name).mkdir(exist_ok=True)
        (COPY / "build" / name).symlink_to(BUILD / name)


def insert(root: Path) -> None:
    """What somebody does who adds a chapter: nothing but new files, and rows of story.toml."""
    _edit(
        root / STORY,
        root / STORY,
        {f'[[part.chapter]]\nslug = "{NEXT}"\n': f'{ROWS}[[part.chapter]]\nslug = "{NEXT}"\n'},
    )
    for file, text in CODE.items():
        (root / file).write_text(text, encoding="utf-8")
    _edit(root / TEMPLATES / "chapter.rst", root / "chapters" / f"{SLUG}.rst", PAGE)
    exercise = root / "exercises" / EXERCISE
    shutil.copytree(root / TEMPLATES / "predict", exercise)
    _edit(exercise / "exercise.toml", exercise / "exercise.toml", PREDICT)


def _edit(source: Path, target: Path, words: dict[str, str]) -> None:
    text = source.read_text(encoding="utf-8")
    for old, new in words.items():
        if old not in text:
            raise ValueError(f"{source} has no {old!r}: mend tools/book/checks/insertion.py")
        text = text.replace(old, new)
    target.write_text(text, encoding="utf-8")


def _python(*arguments: str) -> process.Done:
    """A command of the copy's own tools."""
    return process.run(
        [sys.executable, *arguments],
        cwd=COPY / "tools",
        timeout=600,
        env={"PYTHONPATH": str(COPY / "tools"), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _complaint(what: str, done: process.Done) -> str:
    return "" if done.ok else f"{what}: {done.tail(20)}"


def judge_site(site: Path, before: Story, after: Story) -> Iterator[str]:
    """One line for each thing that was looked at; empty where it is right."""
    moved = after.chapter(NEXT).number
    yield _expected(moved == before.chapter(NEXT).number + 1, f"{NEXT} is still chapter {moved}")
    heading = (site / "chapters" / f"{NEXT}.html").read_text(encoding="utf-8")
    yield _expected(
        f'<span class="chapter-n">{moved}</span>' in heading,
        f"the page {NEXT} does not open with {moved}",
    )
    front = (site / "index.html").read_text(encoding="utf-8")
    yield _expected(
        re.search(rf'<li value="{moved}"><a [^>]*href="chapters/{NEXT}\.html"', front),
        f"the front page does not list {NEXT} as {moved}",
    )
    navigation = IN_NAVIGATION.findall(front)  # numbered by place, by the style sheet
    yield _expected(
        navigation == [chapter.slug for chapter in after.chapters],
        f"the navigation has {navigation}",
    )
    yield from _references(site, after)


def _references(site: Path, after: Story) -> Iterator[str]:
    """Every link to a chapter that has its number, on every page."""
    seen = set()
    for page in sorted(site.rglob("*.html")):
        for found in REFERENCE.finditer(page.read_text(encoding="utf-8")):
            seen.add(found["slug"])
            number = after.chapter(found["slug"]).number
            yield _expected(
                int(found["number"]) == number,
                f"{page.relative_to(site)} calls "
                f"{found['slug']} {found['number']}, which is {number}",
            )
    yield _expected(NEXT in seen, f"no page names {NEXT} by its number")


def judge_terminal(after: Story) -> Iterator[str]:
    """The exercises are found, and a hint names a chapter by its number today."""
    listed = _python("-m", "book", "list").output
    for place in sorted((COPY / "exercises").glob("*/*/exercise.toml")):
        name = f"{place.parts[-3]}/{place.parts[-2]}"
        yield _expected(name in listed, f"./book list does not know {name}")
    (COPY / "practice" / EXERCISE).mkdir(parents=True)
    hint = _python("-m", "book", "hint", EXERCISE).output
    wanted = f"chapter {after.chapter(NEXT).number}"
    yield _expected(wanted in hint, f"./book hint does not say {wanted}: {hint}")


def _expected(holds: object, complaint: str) -> str:
    return "" if holds else complaint
