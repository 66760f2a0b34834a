"""What docutils finds on a page, with its places, and without Sphinx."""

from __future__ import annotations

import pytest

from weave import story
from weave.errors import WeaveError
from weave.pages import rst


def test_rst_is_read_without_sphinx():
    page = """Title
=====

.. grow:: a::b
   c::d
   :stage: X
   :fold: A title

.. fold:: more

   .. newborn:: e

   text :sym:`a <b::c>` and :sym:`~d::e`

.. code-block:: rst

   .. newborn:: not-this

::

   .. newborn:: nor-this

.. A comment

   .. newborn:: nor-that
"""
    read = rst.parse(page, "p.rst")
    found = read.directives
    assert [(d.name, d.argument, d.line) for d in found] == [
        ("grow", "a::b c::d", 4),
        ("fold", "more", 9),
        ("newborn", "e", 11),
        ("code-block", "rst", 15),
    ]
    assert found[0].options == {"stage": "X", "fold": "A title"}
    assert [r.target for r in read.roles] == ["b::c", "d::e"]


def test_places_are_those_of_the_page():
    page = """Title
=====

A paragraph that goes on
over ``Suite.Name`` and :sym:`a
<b>` and then :sym:`c`, :sym:`c`.

.. list-table::

   * - .. aside::
          Said at once, with :inv:`INV-A-1`.

          .. run:: ls  -l
             :in: repo

             one
               two

* :chapter:`x`
"""
    read = rst.parse(page, "p.rst")
    assert [(r.name, r.target, r.line) for r in read.roles] == [
        ("sym", "b", 5),
        ("sym", "c", 6),
        ("sym", "c", 6),
        ("inv", "INV-A-1", 11),
        ("chapter", "x", 19),
    ]
    assert [(n.text, n.line) for n in read.literals] == [("Suite.Name", 5)]
    aside, run = read.directives[1:]
    assert (aside.argument, aside.line, aside.content_line, aside.end_line) == ("", 10, 11, 17)
    assert (run.argument, run.indent, run.line, run.content_line) == ("ls  -l", 10, 13, 16)
    assert (run.content, run.options, run.end_line) == (["one", "  two"], {"in": "repo"}, 17)


def test_words_in_an_argument_and_an_option_are_read():
    page = ".. chapter:: x\n   :promise: We build :sym:`a`.\n\n.. question:: Why ``b``?\n"
    read = rst.parse(page, "p.rst")
    assert [(r.target, r.line) for r in read.roles] == [("a", 2)]
    assert [(n.text, n.line) for n in read.literals] == [("b", 4)]


def test_a_page_that_docutils_cannot_read_is_refused():
    page = "Words\n\n.. run:: ls\n   :in: repo\n   :in: stage\n\n   one\n"
    with pytest.raises(
        WeaveError,
        match=r"^p\.rst:3: Error in \"run\" directive: invalid option "
        r"data: duplicate option \"in\"\. — mend the markup$",
    ):
        rst.parse(page, "p.rst")


def test_docutils_is_left_as_it_was():
    from docutils.parsers.rst import directives, roles

    before = directives.directive, roles.role
    rst.parse(".. nobody-knows:: this\n", "p.rst")
    assert (directives.directive, roles.role) == before


def test_markup_as_one_would_type_it():
    assert (
        rst.plain("""See :sym:`the node <node::Node>` and ``send on closed
channel``, `etcd <https://etcd.io>`__, *then* :inv:`INV-A-1`.

.. code-block:: cpp
   :linenos:

   f(``a``);

.. note:: Mind ``this``.
""")
        == """See the node and send on closed
channel, etcd (https://etcd.io), *then* INV-A-1.

   f(``a``);

Mind this.
"""
    )


def test_chapters_are_spoken_in_a_brief():
    number = story.load().any_chapter("replication").number
    planned = story.load().coming[0]
    assert rst.plain(
        f":chapter:`Replication`, :chapter:`{planned.slug}`, ``x`` and\n"
        ":chapter-number:`replication`."
    ) == (f"Chapter {number}, chapter {planned.number}, x and\n{number}.\n")
    with pytest.raises(WeaveError, match="there is no chapter relpication — did you mean repl"):
        rst.plain(":chapter:`relpication`")
