"""The extension: a small page builds, and a wrong one fails the build with its line."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sphinx")
DOCS = Path(__file__).resolve().parents[2]

PAGE = """First
=====

.. chapter:: first
   :promise: It *counts*.
   :read: 5
   :build: 10
   :needs: nothing

.. invariant:: INV-ALPHA-1

   It counts.

.. map::

.. newborn:: base::Counter
   :without: add
   :caption: The class.

.. recall:: base::Kind

.. run:: b/base_test

   fine

.. break-it:: code/base/counter.hpp
   :find: n_ = n_ + 1;
   :replace: n_ = n_ + 2;
   :dies: Counter.Counts

   Why.

.. proofs::

:sym:`base::Counter::add`, :sym:`~base::Counter::count`, :sym:`SAY`, :inv:`INV-ALPHA-1`,
:stage:`ALPHA`, :etcd:`step <node.go>`, :issue:`etcd#8144`, :paper:`5.4.2`
"""


STRICT = ("-W", "--keep-going")


def build(tree, builder="html", *options) -> subprocess.CompletedProcess:
    tree.write(
        "conf.py",
        f"import sys\nsys.path.insert(0, {str(DOCS)!r})\n"
        "extensions = ['weave.sphinx_ext']\nexclude_patterns = ['out', 'build']\n",
    )
    tree.write("index.rst", "Book\n====\n\n.. toctree::\n   :glob:\n\n   chapters/*\n")
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            "-b",
            builder,
            *options,
            str(tree.root),
            str(tree.root / "out"),
        ],
        text=True,
        capture_output=True,
        check=False,
    )


def test_pages_build(tree):
    tree.write("chapters/first.rst", PAGE)
    done = build(tree, "html", *STRICT)
    assert (done.returncode, done.stderr) == (0, "")
    html = tree.read("out/chapters/first.html")
    assert "1 test, 1 of them new" in html
    assert "⋯ add" in html and "The class." in html
    assert 'href="#inv-alpha-1"' in html
    assert 'href="../source/ALPHA.html#code-base-counter-hpp-L' in html
    assert "blob/cdfbeed/node.go" in html
    assert 'role="tablist"' in tree.read("out/chapters/second.html")
    assert (tree.root / "out/_static/stages/BETA.tar.gz").exists()
    assert (tree.root / "out/_static/weave.js").exists()
    assert 'id="code-base-fast-hpp-L6"' in tree.read("out/source/BETA.html")


def test_symbols_link_to_their_reference_page(tree):
    tree.write(
        "reference.rst",
        """:orphan:

Reference
=========

.. cpp:class:: template<class T> base::Counter

   .. cpp:function:: void add(T value)

.. c:macro:: SAY(x)
""",
    )
    tree.write("chapters/first.rst", "First\n=====\n\n:sym:`Counter::add` :sym:`SAY`\n")
    done = build(tree, "html", "-j", "2", *STRICT)
    assert (done.returncode, done.stderr) == (0, "")
    html = tree.read("out/chapters/first.html")
    assert re.search(r'href="../reference.html#_CPPv4[^"]*3addE1T"', html)
    assert 'href="../reference.html#c.SAY"' in html


PLANNED = """
[[part.chapter]]
slug = "third"
title = "Third"
planned = ["GAMMA"]
"""


def referring(tree, text: str) -> subprocess.CompletedProcess:
    """The small book with a planned chapter, and a page that speaks of chapters."""
    tree.write("chapters/story.toml", tree.read("chapters/story.toml") + PLANNED)
    tree.write("notes.rst", f":orphan:\n\nNotes\n=====\n\n{text}\n")
    return build(tree, "html", *STRICT)


@pytest.mark.parametrize(
    "role, said",
    [
        (":chapter:`second`", '<a href="chapters/second.html">chapter\xa02</a>'),
        (":chapter:`Second`", '<a href="chapters/second.html">Chapter\xa02</a>'),
        (":chapter-number:`second`", '<a href="chapters/second.html">2</a>'),
        (":chapter:`third`", "chapter\xa03"),
        (":chapter:`Third`", "Chapter\xa03"),
        (":chapter-number:`third`", "3"),
    ],
)
def test_a_chapter_is_called_by_its_number(tree, role, said):
    done = referring(tree, f"See {role}.")
    assert (done.returncode, done.stderr) == (0, "")
    [paragraph] = re.findall(r"<p>(See .*?)</p>", tree.read("out/notes.html"))
    assert re.sub(r' class="[^"]*"|</?span[^>]*>', "", paragraph) == f"See {said}."


def test_a_chapter_that_nobody_knows_fails_the_build(tree):
    done = referring(tree, "One.\n\nSee :chapter:`secnod`.")
    assert done.returncode != 0
    assert (
        "notes.rst:8: there is no chapter secnod — did you mean second" in done.stderr
        and "Traceback" not in done.stderr
    )


def test_a_page_does_not_lead_to_itself(tree):
    tree.write(
        "chapters/second.rst", tree.read("chapters/second.rst") + "\nSee :chapter:`second`.\n"
    )
    done = build(tree, "html", *STRICT)
    assert (done.returncode, done.stderr) == (0, "")
    assert '<p>See <span class="chapter-ref">chapter\xa02</span>.</p>' in tree.read(
        "out/chapters/second.html"
    )


def test_a_wrong_page_fails_the_build_even_when_warnings_do_not(tree):
    tree.write(
        "chapters/first.rst", "First\n=====\n\n.. newborn:: base::Countre\n\n:sym:`base::nothing`\n"
    )
    for _ in range(2):  # the second build does not read the page again
        wrong(build(tree, "dummy"))


def wrong(done):
    assert done.returncode != 0
    assert (
        "chapters/first.rst:4: there is no symbol base::Countre at ALPHA — did you mean "
        "base::Counter"
    ) in done.stderr
    assert "chapters/first.rst:6: there is no symbol base::nothing at ALPHA" in done.stderr
    assert "Traceback" not in done.stderr
