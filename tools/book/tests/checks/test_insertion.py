"""The check that inserts a chapter: each place where a number may stand still is noticed."""

import re
import shutil

import pytest

from book.checks import insertion
from book.common.paths import ROOT
from weave import story

FRONT = "index.html"


def navigation(after):
    return "".join(
        f'<li class="toctree-l1"><a class="reference internal" href="chapters/{c.slug}.html">'
        for c in after.chapters
    )


@pytest.fixture
def book(tmp_path):
    """The stories before and after, and a small site that has every number right."""
    for place in ("chapters", "code/raft", "exercises"):
        (tmp_path / place).mkdir(parents=True)
    shutil.copy(ROOT / story.STORY, tmp_path / story.STORY)
    shutil.copytree(ROOT / insertion.TEMPLATES, tmp_path / insertion.TEMPLATES)
    insertion.insert(tmp_path)
    before, after = story.load(), story.load(tmp_path)
    site = tmp_path / "site"
    (site / "chapters").mkdir(parents=True)
    moved = after.chapter("replication").number
    (site / "chapters/replication.html").write_text(f'<span class="chapter-n">{moved}</span>')
    (site / FRONT).write_text(
        f'{navigation(after)}<li value="{moved}"><a class="x" href="chapters/replication.html">'
        f'<a href="chapters/replication.html"><span class="doc">chapter\xa0{moved}</span></a>'
        f'<a href="chapters/log.html"><span class="doc">{after.chapter("log").number}</span></a>'
    )
    return site, before, after


def told(book):
    return [text for text in insertion.judge_site(*book) if text]


def test_a_site_whose_numbers_have_moved_passes(book):
    assert told(book) == []
    assert book[2].chapter("inserted").number == book[1].chapter("replication").number


@pytest.mark.parametrize(
    "page, find, replace, complaint",
    [
        ("chapters/replication.html", r"\d+", "0", "the page replication does not open with"),
        (FRONT, r'value="\d+"', 'value="0"', "the front page does not list replication as"),
        (
            FRONT,
            r'<li class="toctree-l1"><a class="reference internal" href="chapters/inserted.html">',
            "",
            "the navigation has",
        ),
        (FRONT, r"chapter\xa0\d+", "Chapter\xa00", "index.html calls replication 0, which is"),
        (FRONT, r">\d+<", ">0<", "index.html calls log 0, which is"),
        (FRONT, r"chapter\xa0\d+", "", "no page names replication by its number"),
    ],
)
def test_a_number_that_stood_still_is_noticed(book, page, find, replace, complaint):
    path = book[0] / page
    path.write_text(re.sub(find, replace, path.read_text()))
    assert [text for text in told(book) if text.startswith(complaint)], told(book)


def test_a_story_without_the_new_chapter_is_noticed(book):
    site, before, _ = book
    assert "replication is still chapter" in "".join(insertion.judge_site(site, before, before))


def test_a_template_that_lost_a_word_is_noticed(tmp_path):
    (tmp_path / "page").write_text("One.\n")
    with pytest.raises(ValueError, match="has no 'Two': mend"):
        insertion._edit(tmp_path / "page", tmp_path / "page", {"Two": "Three"})
