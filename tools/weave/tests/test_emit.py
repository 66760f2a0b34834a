"""Clean trees: right text, only what changed is touched, nobody's files are lost."""

from __future__ import annotations

import pytest

from weave import story
from weave.errors import WeaveError, WeaveErrors
from weave.trees import emit, equal, guards


def test_guards_are_resolved_and_nothing_else_changes(tree):
    s = story.load(tree.root)
    alpha = emit.file_at("code/base/counter.hpp", "ALPHA", s)
    beta = emit.file_at("code/base/counter.hpp", "BETA", s)
    assert "n_ = n_ + 1;" in alpha and "n_ += 1;" not in alpha
    assert "n_ += 1;" in beta and "n_ = n_ + 1;" not in beta
    for text in (alpha, beta):
        assert "#if" not in text and "#endif" not in text
        assert "1'000" in text and 'R"(it\'s\n" odd)"' in text


def test_blank_lines_do_not_double_where_a_guard_was(tree):
    s = story.load(tree.root)
    text = "a\n\n#if STAGE >= BETA\nb\n\n#endif\nc\n"
    assert emit.clean(text, "ALPHA", s, "f.hpp") == "a\n\nc\n"
    assert emit.clean(text, "BETA", s, "f.hpp") == "a\n\nb\n\nc\n"


def test_emit_touches_only_what_changed(tree):
    out = tree.root / "out"
    first = emit.emit("BETA_NAIVE", out, tree.root)
    assert "code/base/slow.hpp" in first and "README.md" in first
    kept = (out / "code/base/counter.cpp").stat().st_mtime_ns
    assert emit.emit("BETA_NAIVE", out, tree.root) == []
    (out / "b").mkdir()
    (out / "b/mine").write_text("built")
    changed = emit.emit("BETA", out, tree.root)
    assert (out / "code/base/counter.cpp").stat().st_mtime_ns == kept
    assert "code/base/slow.hpp" in changed and not (out / "code/base/slow.hpp").exists()
    assert (out / "b/mine").exists()
    assert (out / ".book-stage").read_text().startswith("BETA\n")


def test_emit_refuses_a_directory_that_is_not_its_own(tree):
    (tree.root / "mine").mkdir()
    (tree.root / "mine/thesis.txt").write_text("years of work")
    with pytest.raises(WeaveError, match="is not empty, and no stage was written there before — "):
        emit.emit("ALPHA", tree.root / "mine", tree.root)
    assert not (tree.root / "mine/code").exists()


def test_emit_can_spare_edited_files(tree):
    out = tree.root / "out"
    emit.emit("ALPHA", out, tree.root)
    (out / "code/base/old.hpp").write_text("// edited\n")
    with pytest.raises(WeaveError, match="old.hpp: was edited since it was written"):
        emit.emit("ALPHA", out, tree.root, overwrite=False)
    emit.emit("ALPHA", out, tree.root)
    assert (out / "code/base/old.hpp").read_text() == "// Old.\n#pragma once\n"


def test_a_file_of_the_story_that_is_missing(tree):
    (tree.root / "code/base/old.hpp").unlink()
    with pytest.raises(WeaveError, match=r"story.toml:\d+: code/base/old.hpp does not exist — "):
        emit.emit("ALPHA", tree.root / "out", tree.root)


@pytest.mark.parametrize(
    "text, line, what",
    [
        ("#if STAGE >= GAMMA\n#endif\n", 1, "unknown stage GAMMA — it knows ALPHA"),
        ("a\n#if STAGE > BETA\n#endif\n", 2, "`#if STAGE > BETA` is not a guard"),
        ("#if STAGE >= BETA && STAGE >= ALPHA\n#endif\n", 1, "is not a guard"),
        ("#ifdef NDEBUG\n#endif\n", 1, "`#ifdef NDEBUG` is not a guard"),
        ("#if STAGE >= BETA\n#elif STAGE >= ALPHA\n#endif\n", 2, "is not allowed"),
        (
            "#if STAGE >= BETA\n#if STAGE >= ALPHA\n#endif\n#endif\n",
            2,
            "inside the guard of line 1",
        ),
        ("#if STAGE >= BETA\n", 1, "never closed — add #endif"),
        ("#endif\n", 1, "#endif without an #if"),
        ("#if STAGE >= BETA\n#else\n#else\n#endif\n", 3, "a second #else"),
    ],
)
def test_guards_that_break_the_rules(tree, text, line, what):
    s = story.load(tree.root)
    _, errors = guards.read(text, "f.hpp", s)
    assert len(errors) == 1
    assert str(errors[0]).startswith(f"f.hpp:{line}: ") and what in str(errors[0])
    with pytest.raises(WeaveErrors):
        emit.clean(text, "BETA", s, "f.hpp")


def test_both_trees_preprocess_to_the_same_text(tree):
    assert equal.check(story.load(tree.root)) == []


def test_a_stage_name_that_leaks_into_the_code_is_found(tree):
    tree.edit("code/base/counter.hpp", "n_ += 1;", "n_ += BETA;")
    errors = equal.check(story.load(tree.root))
    assert len(errors) == 1
    assert "at BETA the guarded file preprocesses to" in str(errors[0])
