"""What excerpts show, and how a wrong request is refused."""

from __future__ import annotations

import re

import pytest

from weave.errors import WeaveError
from weave.pages import excerpts, render
from weave.trees import diff


def make(tree, verb, what, stage="BETA", **options):
    history = tree.history()
    return excerpts.build(history, verb, what, history.story.stage(stage), **options)


def marks(excerpt) -> list[str]:
    return [row.kind + row.text for row in excerpt.rows]


def refusal(tree, *args, **options) -> str:
    with pytest.raises(WeaveError) as caught:
        make(tree, *args, **options)
    return str(caught.value)


def test_grow_shows_new_removed_and_context(tree):
    shown = marks(make(tree, "grow", "Counter::add"))
    assert "-  n_ = n_ + 1;" in shown and "+  n_ += 1;" in shown
    assert shown[0] == " template <class T>" and shown[-1] == " }"


def test_newborn_is_all_new_and_frame_elides_symbols(tree):
    shown = make(tree, "newborn", "base::hidden base::make(*)", "ALPHA")
    assert {row.kind for row in shown.rows} == {"+", "~"}
    frame = marks(make(tree, "newborn", "code/base/counter.cpp#frame", "ALPHA"))
    assert frame == [
        "+// Making counters.",
        '+#include "base/counter.hpp"',
        "+",
        "+namespace base {",
        "+namespace {",
        "~hidden",
        "+}  // namespace",
        "~make",
        "+}  // namespace base",
    ]


def test_recall_counts_nothing(tree):
    shown = make(tree, "recall", "Counter::add")
    assert {row.kind for row in shown.rows} == {" "} and shown.displayed() == set()


def test_retire_shows_what_goes(tree):
    shown = make(tree, "retire", "code/base/slow.hpp")
    assert shown.removed == 6 and ("old", 6) in shown.displayed()


def test_without_elides_nested_symbols(tree):
    shown = marks(make(tree, "newborn", "base::Counter", "ALPHA", without="count operator bool"))
    assert "~operator bool" in shown and "~count" in shown
    assert not any("return n_" in line for line in shown)
    assert any("void add" in line for line in shown)


def test_a_test_can_be_shown(tree):
    assert marks(make(tree, "newborn", "Counter.Counts", "ALPHA"))[:2] == [
        "+// INV-ALPHA-1",
        "+TEST(Counter, Counts) {",
    ]


def test_refusals(tree):
    assert "base::Counter::add is not new at BETA — use grow" in refusal(
        tree, "newborn", "Counter::add"
    )
    assert "does not exist before BETA — use newborn" in refusal(tree, "grow", "base::fast")
    assert "nothing changes in base::Kind at BETA — use recall" in refusal(
        tree, "grow", "base::Kind"
    )
    assert "is still there at BETA — use grow" in refusal(tree, "retire", "base::Kind")
    assert "one excerpt of two files" in refusal(tree, "recall", "base::Kind base::fast")
    assert "there is no file code/base/slow.hpp at BETA" in refusal(
        tree, "recall", "code/base/slow.hpp"
    )
    assert "holds no symbol cuont at ALPHA — did you mean count" in refusal(
        tree, "newborn", "base::Counter", "ALPHA", without="cuont"
    )
    assert "there is no test Counter.Count at ALPHA — did you mean Counter.Counts" in refusal(
        tree, "newborn", "Counter.Count", "ALPHA"
    )


def test_an_excerpt_that_is_too_long(tree):
    assert "new lines in one excerpt; at most 30 — split it" in refusal(
        tree, "newborn", "code/base/counter.hpp", "ALPHA"
    )
    assert make(tree, "newborn", "code/base/counter.hpp", "ALPHA", fold="All").fold == "All"


def test_a_difference_begins_where_a_function_begins():
    before = "void a() {\n  x();\n}\n\nvoid c() {\n  x();\n}\n"
    after = "void a() {\n  x();\n}\n\nvoid b() {\n  x();\n}\n\nvoid c() {\n  x();\n}\n"
    added = [row.text for row in diff.rows(before, after) if row.kind == "+"]
    assert added == ["void b() {", "  x();", "}", ""]


@pytest.mark.parametrize(
    "before, after",
    [
        ("", "a\n"),
        ("a\nb\nb\nc\n", "a\nb\nc\n"),
        ("x\n\n}\n\n}\n", "x\n\n}\n\n}\n\n}\n"),
        ("a\na\na\n", "a\na\n"),
        ("}\n}\n", "a\n}\nb\n}\nc\n}\n"),
    ],
)
def test_a_difference_holds_both_texts(before, after):
    rows = diff.rows(before, after)
    assert [r.text for r in rows if r.old] == before.splitlines()
    assert [r.text for r in rows if r.new] == after.splitlines()


def test_html_has_four_tabs_and_copies_code_only(tree):
    history = tree.history()
    html = render.figure(make(tree, "grow", "Counter::add"), history, "x-1")
    assert html.count('role="tab"') == 4 and 'role="tabpanel"' in html
    assert 'aria-controls="x-1-code"' in html
    code = re.search(r"<code>(.*)</code></pre>", html, re.DOTALL)[1]
    assert re.search(r'<del class="x-line x-del" data-o="\d+">', code)
    kept = re.sub(r"<del .*?</del>", "", code, flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", "", kept).replace("&lt;", "<").replace("&gt;", ">")
    assert plain == (
        "template <class T>\nvoid Counter<T>::add(T value) {\n"
        "  const auto keep = [this](T v) { last_ = v; };\n  keep(value);\n"
        "  n_ += 1;\n}\n"
    )


def test_html_is_escaped(tree):
    html = render.figure(make(tree, "recall", "base::Kind", caption="a <b> & c"), tree.history())
    assert "a &lt;b&gt; &amp; c" in html and "///&lt; more" in html
