"""story.toml is read, and a wrong one is refused in one line."""

from __future__ import annotations

import re

import pytest

from weave import story
from weave.cli import main
from weave.errors import WeaveError


def refusal(tree) -> str:
    with pytest.raises(WeaveError) as caught:
        story.load(tree.root)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_reads_the_order(tree):
    s = story.load(tree.root)
    assert s.names == ["ALPHA", "BETA_NAIVE", "BETA"]
    assert s.last.number == 3
    assert s.previous("ALPHA") is None
    assert s.previous("BETA").name == "BETA_NAIVE"
    assert [x.name for x in s.stages_of("second")] == ["BETA_NAIVE", "BETA"]
    assert s.chapter("2").page == "chapters/second.rst"


def test_files_live_from_birth_to_retirement(tree):
    s = story.load(tree.root)
    assert "code/base/slow.hpp" in s.files_alive("BETA_NAIVE")
    assert "code/base/slow.hpp" not in s.files_alive("BETA")
    assert "code/base/slow.hpp" not in s.files_alive("ALPHA")


def test_an_unknown_stage_has_a_mend(tree):
    with pytest.raises(
        WeaveError, match="chapters/story.toml: there is no stage BETTA — did you mean BETA"
    ):
        story.load(tree.root).stage("BETTA")


def test_born_twice(tree):
    tree.edit(
        "chapters/story.toml",
        '["code/base/fast.hpp"]',
        '["code/base/fast.hpp", "code/base/counter.hpp"]',
    )
    assert "code/base/counter.hpp is born twice, at ALPHA and at BETA — leave it" in refusal(tree)


def test_retired_but_never_born(tree):
    tree.edit("chapters/story.toml", '"code/base/old.hpp"]', '"code/base/odd.hpp"]')
    assert "retires at BETA but is not born before — did you mean code/base/old.hpp" in refusal(
        tree
    )


def test_numbers_are_places(tree):
    tree.edit(
        "chapters/story.toml",
        '[[part.chapter]]\nslug = "second"',
        '[[part.chapter]]\nslug = "between"\ntitle = "Between"\n'
        '[[part.chapter.stage]]\nname = "INSERTED"\n\n[[part]]\ntitle = "Two"\n\n'
        '[[part.chapter]]\nslug = "second"',
    )
    s = story.load(tree.root)
    assert [(c.number, c.part, c.slug) for c in s.chapters] == [
        (1, 1, "first"),
        (2, 1, "between"),
        (3, 2, "second"),
    ]
    assert [(stage.number, stage.name) for stage in s.stages] == [
        (1, "ALPHA"),
        (2, "INSERTED"),
        (3, "BETA_NAIVE"),
        (4, "BETA"),
    ]


def test_a_planned_chapter_has_a_number_and_no_page(tree):
    good = tree.read("chapters/story.toml")
    third = '\n[[part.chapter]]\nslug = "third"\ntitle = "Third"\n'
    tree.write("chapters/story.toml", good + third + 'planned = ["GAMMA"]\n')
    s = story.load(tree.root)
    assert [c.slug for c in s.chapters] == ["first", "second"]
    assert (s.any_chapter("third").number, s.any_chapter("third").planned) == (3, ("GAMMA",))
    with pytest.raises(WeaveError, match="there is no chapter thrid — did you mean third"):
        s.any_chapter("thrid")
    tree.write("chapters/story.toml", good + third)
    assert "the chapter third has no stage — add a" in refusal(tree)
    tree.write(
        "chapters/story.toml", good + third.replace("third", "first") + 'planned = ["GAMMA"]\n'
    )
    assert "the chapter first is there twice" in refusal(tree)
    tree.write(
        "chapters/story.toml", good + third.replace('"third"', '"3rd"') + 'planned = ["GAMMA"]\n'
    )
    assert "3rd cannot be a chapter's slug" in refusal(tree)
    tree.write(
        "chapters/story.toml",
        good.replace('title = "First"', 'title = "First"\nplanned = ["GAMMA"]'),
    )
    assert "the chapter first has stages and `planned`" in refusal(tree)
    tree.write(
        "chapters/story.toml",
        good.replace(
            '[[part.chapter]]\nslug = "second"',
            third + 'planned = ["GAMMA"]\n\n[[part.chapter]]\nslug = "second"',
        ),
    )
    assert "the planned chapter third stands before written ones" in refusal(tree)


def test_references_in_a_terminal_are_spoken(tree):
    tree.write(
        "chapters/story.toml",
        tree.read("chapters/story.toml")
        + '\n[[part.chapter]]\nslug = "third"\ntitle = "Third"\nplanned = ["GAMMA"]\n',
    )
    s = story.load(tree.root)
    assert (
        s.plain(
            "Look at :chapter:`second`. :chapter:`Third` and :chapter-number:`first` are `code`."
        )
        == f"Look at chapter {2}. Chapter {3} and 1 are `code`."
    )
    with pytest.raises(WeaveError, match="there is no chapter secnod — did you mean second"):
        s.plain(":chapter:`secnod`")


def test_a_stage_twice_and_no_toml(tree):
    good = tree.read("chapters/story.toml")
    tree.write("chapters/story.toml", good.replace("BETA_NAIVE", "BETA"))
    assert "the stage BETA is there twice" in refusal(tree)
    tree.write("chapters/story.toml", "[[part\n")
    assert refusal(tree).startswith("chapters/story.toml:1: not TOML")
    (tree.root / "chapters/story.toml").unlink()
    assert "not found" in refusal(tree)


def test_a_wrong_type_is_named(tree):
    tree.edit("chapters/story.toml", 'born = ["code/base/slow.hpp"]', 'born = "code/base/slow.hpp"')
    assert (
        "[[part.chapter.stage]] BETA_NAIVE has a wrong value for `born` — write a list"
        in refusal(tree)
    )


def test_the_command_says_one_line_and_exits_1(tree, capsys):
    assert main(["--root", str(tree.root), "emit", "GAMMA", str(tree.root / "x")]) == 1
    assert capsys.readouterr().err == (
        "chapters/story.toml: there is no stage GAMMA — it knows ALPHA, BETA_NAIVE, BETA\n"
    )


def test_cmake_gets_files_and_constants(tree):
    assert main(["--root", str(tree.root), "cmake", "--out", str(tree.root / "o"), "ALPHA"]) == 0
    assert "set(BOOK_FILES\n  code/base/counter.cpp\n" in tree.read("o/files.cmake")
    assert "slow" not in tree.read("o/files.cmake")
    assert tree.read("o/stages.hpp").endswith("#define BETA 3\n#define STAGE 1\n")
    assert main(["--root", str(tree.root), "cmake", "--out", str(tree.root / "o"), ""]) == 0
    assert tree.read("o/stages.hpp").endswith("#define STAGE 3\n")


def test_words_that_come_later_name_stages_of_the_story():
    s = story.load()
    known = {name for chapter in s.coming for name in chapter.planned} | set(s.names)
    later = (s.root / "code/rafttest/later.cpp").read_text(encoding="utf-8")
    named = re.findall(r'\{"[\w-]*", "([A-Z_]+)"\}', later)
    assert len(named) > 10 and set(named) <= known
