"""The checks, in the order of the summary."""

from __future__ import annotations

from functools import partial

from book.checks import (
    code,
    compiler,
    conformance,
    etcd_names,
    exercises,
    insertion,
    pages,
    player,
    python_tests,
    style,
    verdicts,
    wasm,
    weave_commands,
)
from book.checks.outcome import Check
from weave import story

TREE = ("code", "chapters/story.toml", "CMakeLists.txt", "CMakePresets.json", "diagrams")
WEAVE = ("tools/weave",)
DRAWS = ("tools/site/play/draw", "tools/site/play/js/pictures")
JUDGES = ("tools/site/play/terminal", "tools/site/play/js/verdicts")
BOOK = (
    "chapters",
    "code",
    "diagrams",
    "docs",
    "exercises",
    "tools",
    "conf.py",
    "index.rst",
    "CMakeLists.txt",
)


def checks() -> list[Check]:
    stages = [s.name for s in story.load().stages]
    every_stage = tuple(f"stage-{name}" for name in stages)
    return [
        Check(
            "lint",
            "the rules of the code and of the words about it",
            weave_commands.lint,
            BOOK + ("README.md", "CONTRIBUTING.md"),
            weight=0.2,
        ),
        *style.checks(),
        Check(
            "growth",
            "what Part III adds, put into a copy: the same rules",
            weave_commands.growth,
            TREE + WEAVE,
            slow=True,
            weight=0.4,
        ),
        Check(
            "equal",
            "guarded and clean trees preprocess to the same text",
            weave_commands.equal,
            TREE + WEAVE,
            weight=0.3,
        ),
        Check("weave-tests", "the story mechanism's own tests", python_tests.weave_tests, WEAVE),
        Check(
            "command-tests",
            "this command's own tests",
            python_tests.command_tests,
            ("tools/book", "book", *JUDGES),
            weight=0.8,
        ),
        Check(
            "site-tests",
            "the site's extensions' own tests",
            python_tests.site_tests,
            (
                "tools/site/ext",
                "tools/weave",
                "tools/book/exercises",
                "exercises",
                "docs/contributing",
                *DRAWS,
            ),
            weight=0.2,
        ),
        # One stage after the other, the last one first: two at a time would compile the same files
        # at the same moment, each for itself.
        *[
            Check(
                f"stage-{name}",
                "built without a warning, and tested",
                partial(code.whole_stage, name),
                TREE + WEAVE,
                after=tuple(f"stage-{later}" for later in stages[number + 1 :][:1]),
                weight=0.3 if stages[number + 1 :] else 2,
            )
            for number, name in enumerate(stages)
        ],
        Check(
            "optimised",
            f"{stages[-1]}'s rooms without a warning of the optimiser",
            code.optimised,
            TREE + WEAVE,
            slow=True,
            weight=0.8,
        ),
        Check(
            "asan",
            f"{stages[-1]} by clang, with Address- and UndefinedBehaviourSanitizer",
            code.asan,
            TREE + WEAVE,
            slow=True,
            weight=4,
        ),
        Check(
            "fuzz",
            "the reader of messages against bytes of all kinds",
            code.fuzz,
            TREE + WEAVE,
            slow=True,
            weight=1.5,
        ),
        Check(
            "tsan",
            f"{stages[-1]} under ThreadSanitizer, stress repeated",
            code.tsan,
            TREE + WEAVE,
            slow=True,
            weight=3,
        ),
        Check(
            "coverage",
            "every line that a chapter changes is on its page",
            weave_commands.coverage,
            TREE + WEAVE + ("chapters",),
            weight=0.5,
        ),
        Check(
            "exercises",
            "starters fail as stated, solutions pass, mutants die",
            exercises.exercises,
            TREE + WEAVE + ("exercises", "tools/book/exercises") + JUDGES,
            weight=5,
        ),
        Check(
            "conformance",
            "2,000 random conversations, ours against etcd's own raft",
            conformance.check,
            TREE + WEAVE + ("tools/book/conformance",),
            after=(f"stage-{stages[-1]}",),
        ),
        Check(
            "wasm",
            "the pure core in WebAssembly says what it says natively",
            wasm.check,
            TREE + WEAVE + ("tools/book/wasm", "tools/book/conformance"),
            after=(f"stage-{stages[-1]}",),
        ),
        Check(
            "player",
            "the pages' player under Node: its runs, its pictures, its files",
            player.check,
            TREE + WEAVE + ("tools/book/wasm", "tools/site/play"),
            after=("wasm",),
            weight=0.3,
        ),
        Check(
            "verdicts",
            "exercises in the page: its verdict is the terminal's",
            verdicts.check,
            TREE + WEAVE + ("exercises", "tools/book/exercises", "tools/site/play"),
            after=("wasm",),
            weight=0.2,
        ),
        Check(
            "compiler",
            "the pages' compiler and the parts of exercises: the same each time, and small",
            compiler.check,
            TREE
            + WEAVE
            + ("exercises", "tools/book/exercises", "tools/book/wasm", "tools/site/play"),
            weight=3.5,
        ),
        Check(
            "compiled",
            "exercises in C++ in the page: the compiler there, the terminal's verdict",
            verdicts.compiled,
            TREE
            + WEAVE
            + ("exercises", "tools/book/exercises", "tools/book/wasm", "tools/site/play"),
            after=("exercises", "compiler"),
            slow=True,
            weight=1.5,
        ),
        Check(
            "scenes",
            "traces are the same in every run, transcripts the committed ones",
            pages.scenes,
            TREE + WEAVE + ("tools/site/ext",) + DRAWS,
            after=(f"stage-{stages[-1]}",),
        ),
        Check(
            "etcd-names",
            "files, functions and tests of etcd's that pages name, in its Go module",
            etcd_names.check,
            BOOK,
            after=("conformance",),
            weight=0.1,
        ),
        # After the stages: what they compiled is not compiled again.
        Check(
            "outputs",
            "every command on a page, run again",
            weave_commands.outputs,
            TREE + WEAVE + ("chapters",),
            after=every_stage,
            weight=3,
        ),
        Check(
            "book",
            "the pages, warnings as errors",
            pages.book,
            BOOK,
            after=("scenes", "wasm", "compiler"),
            weight=2,
        ),
        Check(
            "book-pypi",
            "the same with PyPI's current Sphinx, Breathe and Furo",
            pages.book_pypi,
            BOOK + ("requirements.txt",),
            slow=True,
            after=("book",),
            weight=2,
        ),
        Check(
            "insertion",
            "a chapter inserted in the middle builds, and numbers follow",
            insertion.check,
            BOOK,
            slow=True,
            after=("scenes",),
            weight=1.5,
        ),
        Check(
            "links",
            "links and anchors inside the book",
            pages.links,
            BOOK,
            after=("book",),
            weight=0.1,
        ),
        Check(
            "pages",
            "the pages in a real browser",
            pages.pages,
            BOOK,
            slow=True,
            after=("book",),
            weight=4,
        ),
        Check(
            "firefox",
            "a scene and an exercise in another browser",
            pages.firefox,
            BOOK,
            slow=True,
            after=("pages",),
            weight=0.5,
        ),
    ]
