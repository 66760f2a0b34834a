"""Chapter numbers written by hand: each kind of file, and what is no such number."""

from __future__ import annotations

import pytest

from weave import story
from weave.files import GENERATED
from weave.lint import chapter_numbers, every_rule


def found(tree, file: str, text: str) -> list[str]:
    return [str(error) for error in chapter_numbers.judge(file, text, story.load(tree.root))]


@pytest.mark.parametrize(
    "file",
    ["chapters/first.rst", "docs/glossary.rst", "index.rst", "exercises/first/a/exercise.toml"],
)
def test_where_roles_are_read_the_role_is_named(tree, file):
    assert found(tree, file, f"One.\nSee chapter {2}.\n") == [
        f"{file}:2: chapter {2} is a number by hand — write :chapter:`second`"
    ]


@pytest.mark.parametrize(
    "file, text, line",
    [
        ("code/base/a.cpp", f"// Chapter {1} says why.", 1),
        ("code/base/a.cpp", f"\n  // as chapter\n  // {1} says", 2),
        ("tools/a.py", f'"""As chapters\n{1} and more"""', 1),
        ("tools/a.py", f"# as Chapter\n# {1}", 1),
        ("tools/a.js", f"/* as chapter\n * {1} */", 1),
        ("README.md", f"chapters {1}–3", 1),
        ("README.md", f"chapter\N{NO-BREAK SPACE}{1}", 1),
    ],
)
def test_elsewhere_the_subject_is(tree, file, text, line):
    [told] = found(tree, file, text)
    assert told.startswith(f"{file}:{line}: ")
    assert told.endswith(f"{1} is a number by hand — name the subject instead, first")


def test_a_number_that_no_chapter_has(tree):
    assert found(tree, "README.md", f"chapter {99}") == [
        f"README.md:1: chapter {99} is a number by hand — name the subject instead"
    ]
    assert found(tree, "docs/a.rst", f"chapter {99}")[0].endswith("write :chapter:`slug`")


@pytest.mark.parametrize(
    "text",
    [
        ":chapter:`first`",
        "16 chapters",
        "the chapter\n\n1. One",
        "`:chapter-number:`first``",
        "every chapter; 3 of them",
        "chapter one",
        f"subchapter {1}",
        "chapter N",
    ],
)
def test_what_is_no_such_number(tree, text):
    assert found(tree, "docs/a.rst", text) == []


@pytest.mark.parametrize(
    "file",
    [
        "chapters/first.rst",
        "code/base/fast.hpp",
        "tools/a.py",
        "exercises/first/a/brief.rst",
        "CONTRIBUTING.md",
    ],
)
def test_the_lint_looks_everywhere(tree, file):
    said = f"See chapter {2}."
    tree.write(file, (tree.read(file) if (tree.root / file).exists() else "") + f"// {said}\n")
    assert [str(e) for e in every_rule.check(tree.history()) if f"chapter {2} is" in str(e)]


def test_pages_that_nobody_wrote_are_not_searched(tree):
    tree.write(f"{GENERATED}/a.rst", f"See chapter {2}.\n")
    assert list(chapter_numbers.check(tree.history())) == []
