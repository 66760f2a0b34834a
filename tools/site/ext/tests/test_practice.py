"""Which exercises stand in the page with an editor, and what goes with their pages."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

EXT = Path(__file__).resolve().parents[1]
ROOT = EXT.parents[2]
sys.path[:0] = [str(EXT), str(ROOT / "tools")]

from test_play import book  # noqa: E402

from book.exercises import model  # noqa: E402
from bookext import play, practice  # noqa: E402

MINE = ROOT / "exercises" / "talking-to-a-cluster"


def told(app, folder):
    [node] = practice.editor(app.srcdir, model.load(folder))
    found = re.fullmatch(
        r'<raft-exercise(?: class="code")? style="--rows:(\d+)">'
        r'<script type="application/json">(.*)</script></raft-exercise>',
        node.astext(),
    )
    return int(found[1]), json.loads(found[2])


def test_the_page_is_told_what_the_terminal_judges_by(tmp_path):
    app = book(tmp_path)
    rows, data = told(app, MINE / "the-shorter-log-leads")
    assert rows in practice.ROWS
    assert data["id"] == "talking-to-a-cluster/the-shorter-log-leads"
    assert {
        "name": "node 2 leads",
        "ask": "raft-state",
        "finds": ["^2: StateLeader ", "m"],
        "lacks": [],
    } in data["expects"]
    assert told(app, MINE / "one-beat")[1]["files"]["answer.txt"].count("__") > 10


def compiler(tmp_path, *exercises):
    place = tmp_path / "build/play/compiler"
    place.mkdir(parents=True)
    (place / "sizes.json").write_text(
        json.dumps({"compiler": 25, "exercises": dict.fromkeys(exercises, 1)})
    )
    (place / "editor.js").write_text("")


def test_code_has_an_editor_where_the_compiler_is(tmp_path):
    app = book(tmp_path)
    probe = "talking-to-a-cluster/a-probe-without-end"
    assert practice.editor(app.srcdir, model.load(MINE / "a-probe-without-end")) == []
    compiler(tmp_path, probe)
    _, data = told(app, MINE / "a-probe-without-end")
    assert data["sizes"] == {"compiler": 25, "pack": 1}
    assert (
        practice.editor(
            app.srcdir, model.load(ROOT / "exercises/elections/the-vote-that-came-back")
        )
        == []
    )  # has no pack
    assert (
        practice.editor(
            book(tmp_path / "other", module=False).srcdir, model.load(MINE / "one-beat")
        )
        == []
    )


@pytest.mark.parametrize(
    "name", ["channels/the-other-half", "one-thread-owns-everything/both-hands-full"]
)
def test_what_a_page_can_not_judge_has_one_honest_line(tmp_path, name):
    [node] = practice.editor(book(tmp_path).srcdir, model.load(ROOT / "exercises" / name))
    assert (
        "about threads, and a page has none" in node.astext()
        and "<raft-exercise" not in node.astext()
    )


def test_a_play_that_a_program_judges_is_a_text(tmp_path):
    app, play = book(tmp_path), ROOT / "exercises/elections/four-voters-no-leader"
    assert practice.editor(app.srcdir, model.load(play)) == []
    compiler(tmp_path, "elections/four-voters-no-leader")
    assert list(told(app, play)[1]["files"]) == ["answer.txt"]
    assert 'class="code"' not in practice.editor(app.srcdir, model.load(play))[0].astext()


@pytest.mark.parametrize("words", ["</script>", "<!--"])
def test_no_text_ends_the_script(tmp_path, words):
    place = tmp_path / "15-talking" / "mine"
    shutil.copytree(MINE / "one-beat", place)
    (place / "answer.txt").write_text(words)
    assert told(book(tmp_path), place)[1]["files"]["answer.txt"] == words


def test_scripts_are_placed_and_only_such_pages_load_them(tmp_path):
    app = book(tmp_path)
    mine = tmp_path / "tools/site/play/js/exercises/start.js"
    (tmp_path / "tools/site/play/js/verdicts").mkdir(parents=True)
    mine.parent.mkdir(parents=True)
    mine.write_text("")
    play.place(app)
    practice.place(app)
    assert (tmp_path / "out/_static/play/exercises/start.js").exists()
    assert (tmp_path / "out/_static/play/core.wasm").exists()
    practice.page(app, "a", "page.html", {"body": "<article></article>"}, None)
    assert app.asked == []
    practice.page(app, "a", "page.html", {"body": "<raft-exercise></raft-exercise>"}, None)
    assert ("play/exercises/start.js", {"type": "module"}) in app.asked
    assert ("play/exercises/code.css", {}) not in app.asked
    practice.page(
        app, "a", "page.html", {"body": '<raft-exercise class="code"></raft-exercise>'}, None
    )
    assert ("play/exercises/code.css", {}) in app.asked


def test_the_compiler_is_placed_without_being_copied(tmp_path):
    app = book(tmp_path)
    for name in (
        "exercises/start.js",
        "exercises/editor.js",
        "verdicts/code.js",
        "compiler/referee.js",
        "compiler/worker.js",
    ):
        path = tmp_path / "tools/site/play/js" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("source")
    compiler(tmp_path)
    (tmp_path / "build/play/compiler/worker.js").write_text("bundle")
    for _ in range(2):
        practice.place(app)
    placed = tmp_path / "out/_static/play"
    assert (
        not (placed / "exercises/editor.js").exists() and (placed / "compiler/referee.js").exists()
    )
    assert (placed / "compiler/worker.js").read_text() == "bundle"
    assert (placed / "compiler/worker.js").stat().st_ino == (
        tmp_path / "build/play/compiler/worker.js"
    ).stat().st_ino
