"""Which exercises stand in the page with an editor, and what goes with their pages."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

EXT = Path(__file__).resolve().parents[1]
ROOT = EXT.parents[2]
sys.path[:0] = [str(EXT), str(ROOT / "docs")]

from bookext import play, practice  # noqa: E402
from test_play import book  # noqa: E402

MINE = ROOT / "exercises" / "15-talking-to-a-cluster"


def told(app, folder):
    [node] = practice.editor(app.srcdir, folder)
    found = re.fullmatch(r'<raft-exercise style="--rows:(\d+)"><script type="application/json">(.*)</script></raft-exercise>', node.astext())
    return int(found[1]), json.loads(found[2])


def test_the_page_is_told_what_the_terminal_judges_by(tmp_path):
    app = book(tmp_path)
    rows, data = told(app, MINE / "the-shorter-log-leads")
    assert rows in practice.ROWS
    assert data["id"] == "talking-to-a-cluster/the-shorter-log-leads"
    assert {"name": "node 2 leads", "ask": "raft-state", "finds": ["^2: StateLeader ", "m"], "lacks": []} in data["expects"]
    assert told(app, MINE / "one-beat")[1]["starter"].count("__") > 10


def test_what_needs_a_compiler_has_no_editor(tmp_path):
    app = book(tmp_path)
    assert practice.editor(app.srcdir, MINE / "a-probe-without-end") == []
    assert practice.editor(app.srcdir, ROOT / "exercises" / "11-elections" / "four-voters-no-leader") == []
    assert practice.editor(book(tmp_path / "other", module=False).srcdir, MINE / "one-beat") == []


@pytest.mark.parametrize("words", ["</script>", "<!--"])
def test_no_text_ends_the_script(tmp_path, words):
    place = tmp_path / "15-talking" / "mine"
    shutil.copytree(MINE / "one-beat", place)
    (place / "answer.txt").write_text(words)
    assert told(book(tmp_path), place)[1]["starter"] == words


def test_scripts_are_placed_and_only_such_pages_load_them(tmp_path):
    app = book(tmp_path)
    mine = tmp_path / "docs/site/play/js/exercises/start.js"
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
