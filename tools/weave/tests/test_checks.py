"""The checks: coverage, lint, outputs, breaks."""

from __future__ import annotations

import pytest

from weave.cli import main
from weave.cpp import testcases
from weave.errors import WeaveError
from weave.lint import every_rule
from weave.pages import breaks, coverage, outputs


def said(errors) -> list[str]:
    for error in errors:
        assert "\n" not in str(error) and " — " in str(error)
    return [str(error) for error in errors]


def covered(tree) -> list[str]:
    return said(coverage.check_pages(tree.history()))


def linted(tree) -> list[str]:
    return said(every_rule.check(tree.history()))


def test_a_whole_book_passes(tree, capsys):
    assert covered(tree) == []
    assert linted(tree) == []
    assert main(["--root", str(tree.root), "check"]) == 0
    assert main(["--root", str(tree.root), "coverage"]) == 0
    assert "2 pages show every line" in capsys.readouterr().out


@pytest.mark.parametrize(
    "page, directive, told",
    [
        (
            "second",
            ".. grow:: base::Counter::add\n",
            [
                "code/base/counter.hpp:46 (BETA_NAIVE): removed, but not shown so, in "
                "chapters/second.rst — add `.. grow:: base::Counter::add`",
                "code/base/counter.hpp:46 (BETA): not shown in chapters/second.rst — add "
                "`.. grow:: base::Counter::add`",
            ],
        ),
        (
            "first",
            ".. newborn:: base::hidden base::make(*)\n",
            [
                "code/base/counter.cpp:7 (ALPHA): not shown in chapters/first.rst — add "
                "`.. newborn:: "
                "base::hidden`",
                "code/base/counter.cpp:11-21 (ALPHA): not shown in chapters/first.rst — add "
                "`.. newborn:: "
                "base::make(*)`",
            ],
        ),
        (
            "second",
            ".. newborn:: code/base/slow.hpp\n   :stage: BETA_NAIVE\n",
            [
                "code/base/slow.hpp:1-8 (BETA_NAIVE): not shown in chapters/second.rst — add "
                "`.. newborn:: "
                "code/base/slow.hpp` with :stage: BETA_NAIVE"
            ],
        ),
        (
            "second",
            ".. retire:: code/base/slow.hpp\n",
            [
                "code/base/slow.hpp:1-8 (BETA_NAIVE): removed, but not shown so, in "
                "chapters/second.rst "
                "— add `.. retire:: code/base/slow.hpp`"
            ],
        ),
    ],
)
def test_a_deleted_directive_is_missed(tree, page, directive, told):
    tree.edit(f"chapters/{page}.rst", directive, "")
    assert covered(tree) == told


def test_a_new_file_longer_than_an_excerpt_is_shown_in_parts(tree):
    for file in ("slow", "fast"):
        tree.edit(f"code/base/{file}.hpp", "#pragma once\n", "#pragma once\n" + "\n// More." * 30)
    tree.edit("chapters/second.rst", ".. newborn:: code/base/slow.hpp\n   :stage: BETA_NAIVE\n", "")
    assert any(
        line.endswith("add `.. newborn:: code/base/slow.hpp#frame` with :stage: BETA_NAIVE")
        for line in covered(tree)
    )


def test_a_function_renamed_in_the_code_names_the_page_and_line(tree):
    tree.edit("code/base/counter.hpp", "add(", "plus(")
    told = covered(tree)
    assert any(
        line.startswith(
            "chapters/first.rst:17: there is no symbol base::Counter::add at ALPHA — did you mean"
        )
        for line in told
    )
    assert any(
        line.startswith("chapters/second.rst:13: there is no symbol base::Counter::add at BETA")
        for line in told
    )


def test_lint_births(tree):
    tree.write("code/base/stray.hpp", "#pragma once\n")
    tree.edit("chapters/story.toml", '"code/base/fast.hpp"', '"code/base/fsat.hpp"')
    told = linted(tree)
    assert (
        "code/base/stray.hpp: is born at no stage — add it to `born` of its stage in "
        "chapters/story.toml" in told
    )
    assert any(
        "code/base/fsat.hpp does not exist" in line and "story.toml:24" in line for line in told
    )


def test_lint_finds_a_folder_that_is_no_room(tree):
    tree.write("code/attic/notes.txt", "old\n")
    tree.write("code/conformance/play.go", "package main\n")
    told = [line for line in linted(tree) if "room" in line]
    assert told == [
        "code/attic: is not a room — the rooms are base, csp, raftpb, raft, rafttest, node, "
        "bench; beside them conformance"
    ]


@pytest.mark.parametrize(
    "find, replace, told",
    [
        ("  n_ += 1;", "  n_ += 1;  // " + "x" * 90, "columns; at most 90 — break the line"),
        (
            "/// Numbers.",
            "/// Numbers. TODO more",
            "code/base/counter.hpp:12: TODO is left over — ",
        ),
        ("/// Numbers.\n", "", "code/base/counter.hpp:12: base::Number has no /// comment — "),
        ("  b += 6;\n", "  b += 6;\n" * 70, "base::fill has 79 lines at BETA; at most 70 — "),
        ("  b += 6;\n", "  b += 6;\n" * 400, "477 lines; at most 400 — split it by idea"),
        ("#include <string>", "#include <mutex>", "the pure room base includes <mutex> — "),
        ("#include <string>", '#include "node/node.hpp"', "from a room above it — the order is"),
        ("  b += 5;", "  throw b;", "the pure room base uses throw — "),
        ("  b += 5;", "  std::unordered_map<int, int> m;", "uses std::unordered_map — "),
        ("  b += 5;", "#if STAGE >= GAMMA\n  b += 5;\n#endif", "unknown stage GAMMA"),
        ("  b += 5;", "#if STAGE >= ALPHA\n  b += 5;\n#endif", "always true: the file is born at"),
    ],
    ids=lambda value: value.strip()[:24],
)
def test_lint_findings(tree, find, replace, told):
    tree.edit("code/base/counter.hpp", find, replace)
    assert any(told in line for line in linted(tree)), linted(tree)


def test_lint_does_not_read_comments_and_strings_as_code(tree):
    tree.edit(
        "code/base/counter.hpp",
        "  b += 5;",
        '  b += 5;  // we throw nothing\n  const char* t = "throw typeid";\n  (void)t;',
    )
    assert linted(tree) == []


def test_a_page_names_tests_that_exist(tree):
    tree.edit(
        "chapters/first.rst",
        ".. newborn:: base::hidden",
        "See ``Counter.Counts`` and ``Counter.Coutns``.\n\n.. newborn:: base::hidden",
    )
    [told] = linted(tree)
    assert told.startswith("chapters/first.rst:")
    assert told.endswith("there is no test Counter.Coutns — did you mean Counter.Counts?")


def test_a_page_is_headed_by_the_title_of_its_chapter(tree):
    tree.edit("chapters/first.rst", "First\n", "The first\n")
    assert linted(tree) == [
        "chapters/first.rst:1: the heading is “The first”, the chapter's title “First” — "
        "mend one of the two; the title stands in chapters/story.toml"
    ]


def test_lint_invariants_both_ways(tree):
    tree.edit("code/base/counter_test.cpp", "INV-ALPHA-1", "INV-ALPHA-2")
    assert linted(tree) == [
        "code/base/counter_test.cpp:4: Counter.Counts names INV-ALPHA-2, which no page states — "
        "state it with `.. invariant::`, or mend the name",
        "chapters/first.rst:4: no test names INV-ALPHA-1 — write `// INV-ALPHA-1` right above "
        "the TEST that proves it",
    ]


def test_breaks_want_one_line_and_one_test(tree):
    history = tree.history()
    beta = history.story.last
    found = breaks.build(
        history, "code/base/counter.hpp", "n_ += 1;", "n_ += 2;", "Counter.Counts", beta
    )
    assert found.program == "base_test" and found.after == ("  n_ += 2;",)
    assert "  n_ += 2;\n" in found.apply(history.text(beta, found.file))
    for find, dies, told in (
        ("nowhere;", "Counter.Counts", "is not there in"),
        ("b", "Counter.Counts", "is there more than once"),
        ("n_ += 1;", "Counter.Conuts", "did you mean Counter.Counts"),
    ):
        with pytest.raises(WeaveError, match=told):
            breaks.build(history, "code/base/counter.hpp", find, "x", dies, beta)


def test_outputs_are_compared_and_rewritten(tree):
    tree.write(
        "chapters/second.rst",
        tree.read("chapters/second.rst")
        + """
.. run:: printf 'one (3 ms)\\n\\n  two\\n'
   :in: repo

   zero

After.

.. run:: pwd
   :in: repo
""",
    )
    told = said(outputs.check(tree.history(), say=False))
    assert told[0].startswith(
        "chapters/second.rst:15: `printf 'one (3 ms)\\n\\n  two\\n'` prints "
        "something else: the page has `zero`; prints `one (… ms)` — run"
    )
    assert outputs.check(tree.history(), rewrite=True, say=False) == []
    page = tree.read("chapters/second.rst")
    assert "   :in: repo\n\n   one (… ms)\n\n     two\n\nAfter.\n" in page
    assert page.endswith(":in: repo\n\n   …\n")
    assert outputs.check(tree.history(), say=False) == []


def test_an_output_that_cannot_be_had(tree):
    tree.write(
        "chapters/second.rst",
        tree.read("chapters/second.rst") + "\n.. run:: no-such-program\n   :in: repo\n",
    )
    told = said(outputs.check(tree.history(), say=False))
    assert told[0].startswith("chapters/second.rst:15: `no-such-program` can't be run")
    tree.edit("chapters/second.rst", "no-such-program", "echo no; exit 3")
    told = said(outputs.check(tree.history(), rewrite=True, say=False))
    assert told == [
        "chapters/second.rst:15: `echo no; exit 3` exits with 3, not 0: no — mend "
        "it, or say :exit: if the page means to show a failure"
    ]
    tree.edit(
        "chapters/second.rst",
        "exit 3\n   :in: repo\n",
        "exit 3\n   :in: repo\n   :exit: 3\n\n   no\n",
    )
    assert outputs.check(tree.history(), say=False) == []


def test_tests_know_their_invariants():
    text = '// Says why.\n// INV-A-1, INV-B_C-2\nTEST_F(Suite, Name) {\n  f("}");\n}\n'
    test = testcases.read("t.cpp", text)[0]
    assert (test.name, test.first_line, test.line, test.last_line) == ("Suite.Name", 1, 3, 5)
    assert test.invariants == ("INV-A-1", "INV-B_C-2")
