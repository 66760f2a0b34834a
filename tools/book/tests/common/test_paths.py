"""Paths and commands as they are told: they work from where the reader stands."""

import os
import shlex
from pathlib import Path

import pytest

from book.common import paths, terminal

ODD = ["a b", "ü", "a&b", "it's", '"q"', "50%", "$HOME", "#", "a;b", "[x]", "(x)", "*", "\\", "~"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path / "book's")
    (tmp_path / "book's" / "docs").mkdir(parents=True)
    return tmp_path / "book's"


@pytest.mark.parametrize("name", ODD)
def test_a_path_leads_there_from_wherever_it_is_told(root, monkeypatch, name):
    file = root / name / "file"
    (root / name).mkdir()
    file.touch()
    for place in (root, root / "docs", root / name, root.parent, root.parent.parent):
        monkeypatch.chdir(place)
        assert Path(paths.shown(file)).samefile(file)
        assert [os.path.realpath(word) for word in shlex.split(paths.typed(file))] == [str(file)]


def test_a_path_is_told_the_short_way(root, monkeypatch):
    for place, told in (
        (root, "docs/x"),
        (root / "docs", "x"),
        (root.parent, "book's/docs/x"),
        ("/", None),
    ):
        monkeypatch.chdir(place)
        assert paths.shown(root / "docs/x") == (told or str(root / "docs/x")[1:])
    monkeypatch.chdir(root / "docs")
    assert paths.shown(root / "code/x") == "../code/x"
    assert paths.shown("as/it/is") == "as/it/is"


def test_the_command_is_told_from_here(root, monkeypatch):
    monkeypatch.chdir(root)
    assert terminal.from_here("x — ./book list shows") == "x — ./book list shows"
    monkeypatch.chdir(root / "docs")
    assert terminal.from_here("./book a, ./book b") == "../book a, ../book b"
    kept = ["./book/x", "a./book list", "../book list", "/x/./book list", "./book."]
    assert [terminal.from_here(text) for text in kept] == kept
    monkeypatch.chdir(root.parent)
    assert terminal.from_here("./book list") == shlex.quote("book's/book") + " list"
