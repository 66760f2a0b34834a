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
