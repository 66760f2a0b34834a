"""Which scenes play, and what goes with the pages for them."""

import sys
from pathlib import Path

EXT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(EXT))

from bookext import play  # noqa: E402


class App:
    """As much of Sphinx as is asked."""

    def __init__(self, srcdir):
        self.srcdir, self.outdir = str(srcdir), str(srcdir / "out")
        self.asked = []

    def add_js_file(self, name, **how):
        self.asked.append((name, how))

    def add_css_file(self, name):
        self.asked.append((name, {}))


def book(tmp_path, module=True):
    for name in ("build/play/core.wasm", "docs/site/play/play.css", "docs/site/play/js/start.js", "diagrams/scenarios/one.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if module or path.name != "core.wasm":
            path.write_text(name)
    return App(tmp_path)


def test_a_scenario_plays_where_the_module_is(tmp_path):
    app = book(tmp_path)
    assert play.playable(app.srcdir, "one") and not play.playable(app.srcdir, "a_program")


def test_without_the_module_nothing_plays_and_nothing_is_placed(tmp_path):
    app = book(tmp_path, module=False)
    play.place(app)
    assert not play.playable(app.srcdir, "one")
    assert not (tmp_path / "out" / "_static" / "play").exists()


def test_the_player_is_placed_beside_the_pages(tmp_path):
    app = book(tmp_path)
    stale = tmp_path / "out" / "_static" / "play" / "old.js"
    stale.parent.mkdir(parents=True)
    stale.write_text("")
    play.place(app)
    placed = {str(p.relative_to(stale.parent)) for p in stale.parent.rglob("*") if p.is_file()}
    assert placed == {"core.wasm", "play.css", "start.js", "scenes/one.txt"}


def test_only_pages_with_such_scenes_load_it(tmp_path):
    app = book(tmp_path)
    play.page(app, "a", "page.html", {"body": "<figure><svg></svg></figure>"}, None)
    assert app.asked == []
    play.page(app, "a", "page.html", {"body": '<raft-scene name="one"></raft-scene>'}, None)
    assert ("play/start.js", {"type": "module"}) in app.asked
