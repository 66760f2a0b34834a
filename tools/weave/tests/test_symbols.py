"""Names to lines: Doxygen's quirks, suffixes, overloads, and unknown names."""

from __future__ import annotations

import tempfile

import pytest

from weave.cpp import doxygen
from weave.errors import WeaveError
from weave.pages.excerpts import split


@pytest.fixture
def index(tree):
    history = tree.history()
    return history.index(history.story.last)


def text(tree, symbol) -> str:
    history = tree.history()
    lines = history.text(history.story.last, symbol.file).splitlines()
    return "\n".join(lines[symbol.first_line - 1 : symbol.last_line])


@pytest.mark.parametrize(
    "name, first, last",
    [
        ("base::Counter", "/// Counts things.", "};"),
        ("Counter::add", "template <class T>", "}"),
        ("base::Kind", "/// Kinds of counting.", "};"),
        ("Kind::Down", "  Down,  ///< less", "  Down,  ///< less"),
        ("Number", "/// Numbers.", "using Number = int;"),
        ("SAY", "/// Says it.", "  do { (void)(x); } while (0)"),
        ("kBig", "/// Big.", "const int kBig = 1'000;"),
        ("kRaw", "/// Raw.", '" odd)";'),
        (
            "Counter::operator bool",
            "  /// Is anything counted?",
            "  explicit operator bool() const { return n_ != 0; }",
        ),
        ("Counter::n_", "  int n_ = 0;", "  int n_ = 0;"),
        ("base::hidden", "int hidden(int a) { return a; }", "int hidden(int a) { return a; }"),
        ("Counter::Counter", "  /// Nothing counted yet.", "  Counter() = default;"),
    ],
)
def test_a_symbol_reaches_from_its_comment_to_its_end(tree, index, name, first, last):
    lines = text(tree, index.find(name)).splitlines()
    assert (lines[0], lines[-1]) == (first, last)


def test_the_definition_is_meant_and_a_file_chooses_the_declaration(index):
    assert index.find("Counter::add").defined
    assert index.find("make[1]").file == "code/base/counter.cpp"
    assert index.find("make(int value)@counter.hpp").file == "code/base/counter.hpp"
    assert index.find("base/counter.hpp::make(int value, int other)").defined is False


def test_overloads_have_to_be_told_apart(index):
    with pytest.raises(
        WeaveError,
        match=r"code: base::make has 2 overloads at BETA — write "
        r"base::make\[1\], base::make\[2\] or base::make\(\*\) for all",
    ):
        index.find("base::make")
    assert len(index.find_all("base::make(*)")) == 2
    assert index.find("base::make(int value, int other)").args == "(int value, int other)"
    with pytest.raises(WeaveError, match="has 2 overloads, not 3"):
        index.find("make[3]")


def test_a_short_name_that_means_two_things(tree):
    tree.edit(
        "code/base/fast.hpp",
        "inline int fast() { return 1; }",
        "struct Fast {\n  int count() const;\n};",
    )
    history = tree.history()
    with pytest.raises(
        WeaveError,
        match="count is ambiguous at BETA — write base::Counter::count or base::Fast::count",
    ):
        history.index(history.story.last).find("count")


def test_unknown_names_get_a_mend(index):
    with pytest.raises(
        WeaveError, match="there is no symbol base::Countre at BETA — did you mean base::Counter"
    ):
        index.find("base::Countre")
    assert not index.knows("slow")


def test_names_are_split_at_spaces_that_part_them():
    assert split("a::b  c") == ["a::b", "c"]
    assert split("C::operator bool C::f(int a, T b) g") == [
        "C::operator bool",
        "C::f(int a, T b)",
        "g",
    ]


@pytest.mark.parametrize("name", ["ü", "a & b", "50%", "it's", '"', "$x", "#"])
def test_symbols_are_found_wherever_the_folder_for_a_moment_stands(tmp_path, monkeypatch, name):
    odd = tmp_path / name
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    monkeypatch.chdir(odd)
    files = {"code/base/counter.hpp": "/// Adds.\nint add(int a) {\n  return a;\n}\n"}
    [symbol] = doxygen.symbols(files)
    assert (symbol.qualified, symbol.first_line, symbol.last_line) == ("add", 1, 4)
