"""Imports in a circle, and imports from above, are found wherever they stand."""

from __future__ import annotations

import pytest

from weave.lint import every_rule, imports


def linted(tree, **modules: str) -> list[str]:
    for name, text in modules.items():
        tree.write(f"tools/{name.replace('__', '/')}.py", text)
    return [str(error) for error in imports.check(tree.root)]


def test_imports_that_go_down(tree):
    assert (
        linted(
            tree,
            weave__errors="import re\n",
            weave__story="from weave.errors import X\n",
            book__cli="from weave import story, errors\n",
            site__ext__bookext__pages="from book import cli\nimport weave.story\n",
        )
        == []
    )


@pytest.mark.parametrize(
    "back",
    [
        "from weave import a\n",
        "import weave.a\n",
        "def f():\n    from weave.a import g\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import a\n",
    ],
)
def test_a_circle(tree, back):
    assert linted(tree, weave__a="import re\n\nfrom weave.b import c\n", weave__b=back) == [
        "tools/weave/a.py:3: imports go in a circle: weave.a → weave.b → weave.a — move what both "
        "need into a module below them"
    ]


def test_a_circle_is_told_once_and_as_short_as_it_is(tree):
    told = linted(
        tree,
        weave__a="from weave import b, d\n",
        weave__b="from weave import c\n",
        weave__c="from weave import a, b\n",
        weave__d="from weave import e\n",
        weave__e="from weave import a\n",
    )
    assert [
        "weave.a → weave.b → weave.c → weave.a" in told[0],
        "weave.d → weave.e → weave.a → weave.d" in told[1],
        len(told),
    ] == [True, True, 2]


def test_a_package_is_a_module_too(tree):
    tree.write("tools/book/checks/__init__.py", "from book.checks import one\n")
    assert linted(tree, book__checks__one="from book.checks import CONSTANT\n") == [
        "tools/book/checks/__init__.py:1: imports go in a circle: book.checks → book.checks.one → "
        "book.checks — move what both need into a module below them"
    ]


def test_a_layer_above(tree):
    assert linted(tree, weave__a="def f():\n    from book import say\n", book__say="") == [
        "tools/weave/a.py:2: weave imports book.say from a layer above it — the order is weave "
        "book bookext; move what is needed down"
    ]


LAYERS = 'LAYERS = {"low": "what all need", "high": "the rest"}\n'


def test_a_layer_above_in_its_package(tree):
    tree.write("tools/book/__init__.py", LAYERS)
    assert linted(
        tree,
        book__low="def f():\n    import book.high.a\n",
        book__high__a="",
        book__high__b="from book import low\nfrom book.high import a\n",
        book__tests__test_a="from book import high, low\n",
    ) == [
        "tools/book/low.py:2: low imports book.high.a from a layer above it — the order is low "
        "high; move what is needed down"
    ]


def test_a_layer_without_a_place(tree):
    tree.write("tools/book/__init__.py", LAYERS)
    tree.write("tools/book/__main__.py", "")
    assert linted(tree, book__new="") == [
        "tools/book/new.py: new has no place among the layers of book — add it to LAYERS in "
        "book/__init__.py"
    ]


def test_the_lint_looks_at_imports(tree):
    tree.write("tools/book/a.py", "import book.b\n")
    tree.write("tools/book/b.py", "import book.a\n")
    assert any(
        "book.a → book.b → book.a" in str(error) for error in every_rule.check(tree.history())
    )
