"""Every linter catches what is planted for it, and says nothing of what is right."""

from pathlib import Path

import pytest

from book.checks import prose, style, tidy
from book.common.refusal import Refusal

PLANTED = {
    "clang-format": ("int  x;\n", "int x;\n", ".cpp"),
    "ruff": ("import os\n", "X = 1\n", ".py"),
    "mypy": ('X: int = "1"\n', "X: int = 1\n", ".py"),
    "prettier": ("a {color: red}\n", "a {\n  color: red;\n}\n", ".css"),
    "prose": ("One. Two.\n", "One.\nTwo.\n", ".rst"),
}
LINTERS = {linter.name: linter for linter in style.LINTERS}


def there(name):
    if why := LINTERS[name].absent():
        pytest.skip(why)
    return LINTERS[name]


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_caught(name, tmp_path):
    linter = there(name)
    wrong, right, suffix = PLANTED[name]
    (tmp_path / f"wrong{suffix}").write_text(wrong)
    (tmp_path / f"right{suffix}").write_text(right)
    found = linter.lint(sorted(tmp_path.iterdir()), False)
    assert found and all(f"wrong{suffix}" in line for line in found)


@pytest.mark.parametrize("name", sorted(style.REWRITING - {"eslint"}))
def test_what_a_machine_can_mend_is_mended(name, tmp_path):
    linter = there(name)
    wrong, _, suffix = PLANTED[name]
    file = tmp_path / f"wrong{suffix}"
    file.write_text(wrong)
    linter.lint([file], True)
    assert file.read_text() != wrong and not linter.lint([file], False)


@pytest.mark.parametrize(
    "line",
    [
        "var x = 1; export { x };",
        "export const x = 1 == 2;",
        f"// {'wide ' * 20}",
        "export const x = absent;",
    ],
)
def test_eslint_catches_what_is_planted(line, tmp_path):
    there("eslint")
    (tmp_path / "wrong.mjs").write_text(line + "\n")
    found = style.eslint([tmp_path / "wrong.mjs"], cwd=tmp_path)
    assert len(found) == 1 and found[0].startswith("wrong.mjs:1: ")


def test_eslint_mends_what_it_can(tmp_path):
    there("eslint")
    (tmp_path / "wrong.mjs").write_text("let x = 1;\nexport { x };\n")
    assert not style.eslint([tmp_path / "wrong.mjs"], True, cwd=tmp_path)
    assert (tmp_path / "wrong.mjs").read_text() == "const x = 1;\nexport { x };\n"


def test_ruff_mends_nothing_of_which_there_is_doubt(tmp_path):
    there("ruff")
    file = tmp_path / "x.py"
    file.write_text("def f(names=[]):\n    return names\n")
    assert "B006" in style.ruff([file], True)[0]
    assert file.read_text() == "def f(names=[]):\n    return names\n"


def test_clang_tidy_catches_what_is_planted_and_remembers_it(tmp_path, monkeypatch):
    there("clang-tidy")
    monkeypatch.setattr(tidy, "KEPT", tmp_path)
    (tmp_path / "stages.hpp").touch()
    wrong = tmp_path / "wrong.cpp"
    wrong.write_text(
        "#include <string>\n#include <utility>\n"
        "std::size_t f(std::string s) {\n  const std::string t = std::move(s);\n"
        "  return t.size() + s.size();\n}\n"
    )
    found = tidy.judge(wrong)
    assert any("bugprone-use-after-move" in line for line in found)
    monkeypatch.setattr(tidy, "_run", lambda path: pytest.fail("judged twice"))
    assert tidy.judge(wrong) == found


def test_a_source_is_judged_again_when_its_header_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(tidy, "KEPT", tmp_path)
    (tmp_path / "stages.hpp").touch()
    monkeypatch.setattr(tidy, "ROOT", tmp_path)
    (tmp_path / ".clang-tidy").touch()
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "a.cpp").write_text('#include "b.hpp"\n')
    (tmp_path / "code" / "b.hpp").write_text('#include "c.hpp"\n')
    (tmp_path / "code" / "c.hpp").write_text("int x();\n")
    before = tidy._digest(Path("code/a.cpp"))
    (tmp_path / "code" / "c.hpp").write_text("int y();\n")
    assert tidy._digest(Path("code/a.cpp")) != before


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"{'wide ' * 21}\n", 1),
        ("See https://example.org/" + "x" * 90 + "\n", 0),
        (f":etcd:`{'name, ' * 20}<raft.go>`;\n", 0),
        (f".. run:: sed {'wide ' * 21}\n", 0),
        (f"`text <https://example.org/{'x' * 90}>`__\n", 0),
        ("| " + "wide " * 21 + "|\n", 0),
        (f"Below::\n\n   {'wide ' * 21}. Two\n\nHere {'wide ' * 21}\n", 1),
        (f".. run::\n\n   $ {'wide ' * 21}\n", 0),
        (f".. aside::\n\n   {'wide ' * 21}\n", 1),
        ("He asks: who? Nobody.\n", 1),
        ("* (One.) Two.\n", 1),
        ("   * - ``One.`` Two.\n", 0),
        ("1. One sentence.\n", 0),
        ("``a. B`` is one word, e.g. Go's, as in § 5. Here.\n", 0),
        ("One.\n``two`` begins small.\n", 0),
        ("   :note: One. Two.\n", 0),
    ],
)
def test_the_rules_of_prose(text, wrong):
    assert len(list(prose.judge(text))) == wrong


def test_a_chapter_that_is_too_long_is_refused_in_one_line():
    page = "A word.\n\n" + "word\n" * 8
    assert list(prose.judge(page, limit=10)) == []
    assert list(prose.judge(page + "word\n", limit=10)) == [
        (1, "11 words; 10 are a chapter's limit: cut, fold, or move some elsewhere")
    ]
    assert list(prose.judge(page + "word\n")) == [], "only chapters have a limit"


def test_words_are_those_that_a_reader_reads():
    page = """.. question:: Two words?
   And a third.

   An answer.

.. scene:: name
   :alt: What the picture says,
      in two lines.

   Four words of content.

.. newborn:: a::Symbol
             another::Symbol

.. run:: a command

   its output
"""
    assert prose.words(page) == 5 + 2 + 4


def test_a_linter_that_could_not_run_has_not_found_nothing(tmp_path):
    there("mypy")
    with pytest.raises(Refusal, match="could not run"):
        style.mypy([tmp_path / "absent.py"])
    with pytest.raises(Refusal, match="could not run"):
        there("eslint").lint([tmp_path / "absent.mjs"], False)


def test_without_its_tool_a_linter_is_skipped_with_a_line(monkeypatch):
    monkeypatch.setattr(style.shutil, "which", lambda name: None)
    assert LINTERS["mypy"].absent() == "mypy is not installed"
    assert LINTERS["ruff"].absent() == "node is not installed"
    assert LINTERS["prose"].absent() == ""
