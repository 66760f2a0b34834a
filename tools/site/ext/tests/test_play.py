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


FILES = (
    "build/play/core.wasm",
    "tools/site/play/js/pictures/picture.js",
    "tools/site/play/play.css",
    "tools/site/play/js/start.js",
    "diagrams/scenarios/one.txt",
    "build/scenes/one.json",
    "build/scenes/a_program.json",
)


def book(tmp_path, module=True):
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if module or path.name != "core.wasm":
            path.write_text(name)
    return App(tmp_path)


def placed(tmp_path, app):
    play.place(app)
    target = tmp_path / "out" / "_static" / "play"
    return {str(p.relative_to(target)) for p in target.rglob("*") if p.is_file()}


def test_a_scenario_plays_on_the_node(tmp_path):
    app = book(tmp_path)
    assert (
        play.element(app.srcdir, "one", False, "<svg/>")
        == '<raft-scene name="one"><svg/></raft-scene>'
    )
    assert " open>" in play.element(app.srcdir, "one", False, "<svg/>", is_open=True)


def test_a_program_plays_its_recording_and_says_why(tmp_path):
    app = book(tmp_path)
    of_threads = play.element(app.srcdir, "a_program", True, "<svg/>")
    assert play.THREADS in of_threads and 'command="./book scene a_program"' in of_threads
    assert play.PROGRAM in play.element(app.srcdir, "a_program", False, "<svg/>")


def test_without_the_module_everything_is_a_recording(tmp_path):
    app = book(tmp_path, module=False)
    told = play.element(app.srcdir, "one", False, "<svg/>")
    assert play.NO_MODULE in told and "./book scenario diagrams/scenarios/one.txt" in told
    assert placed(tmp_path, app) == {
        "play.css",
        "start.js",
        "pictures/picture.js",
        "scenes/one.json",
        "scenes/a_program.json",
    }


def test_the_player_is_placed_beside_the_pages(tmp_path):
    app = book(tmp_path)
    stale = tmp_path / "out" / "_static" / "play" / "old.js"
    stale.parent.mkdir(parents=True)
    stale.write_text("")
    assert placed(tmp_path, app) == {
        "core.wasm",
        "play.css",
        "start.js",
        "pictures/picture.js",
        "scenes/one.txt",
        "scenes/a_program.json",
    }


def test_only_pages_with_such_scenes_load_it(tmp_path):
    app = book(tmp_path)
    play.page(app, "a", "page.html", {"body": "<figure><svg></svg></figure>"}, None)
    assert app.asked == []
    play.page(app, "a", "page.html", {"body": '<raft-scene name="one"></raft-scene>'}, None)
    assert ("play/start.js", {"type": "module"}) in app.asked
