"""Exercises that are judged in the page: where they stand, and what goes with their pages.

Below the brief of a Predict or a Compose that stands on a scenario file there is a <raft-exercise>, if the
node was built for WebAssembly. It holds, as JSON, what docs/bookcmd/exercises/page.py says of the exercise.
Its page, and no other, loads docs/site/play/js/exercises/start.js. Without scripts it shows nothing.
"""

import json
import shutil
from pathlib import Path

from bookcmd.exercises import model
from bookcmd.exercises import page as told

from bookext import play
from bookext.nodes import raw

FOLDER = "exercises"
ROWS = range(8, 23)  # lines that an editor shows


def editor(srcdir, folder):
    """The place of an exercise's editor: a list of one node, or of none."""
    exercise = model.load(Path(folder))
    if not play.module(srcdir).exists() or not told.judges(exercise):
        return []
    data = told.data(exercise)
    rows = min(max(data["starter"].count("\n") + 2, ROWS.start), ROWS.stop - 1)
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")  # no end of the script within it
    return [raw(f'<raft-exercise style="--rows:{rows}"><script type="application/json">{text}</script></raft-exercise>')]


def place(app):
    """Beside the player's files, which docs/site/ext/bookext/play.py places."""
    if not play.module(app.srcdir).exists():
        return
    source = Path(app.srcdir).joinpath(*play.SCRIPTS, "js", FOLDER)
    shutil.copytree(source, Path(app.outdir) / "_static" / "play" / FOLDER, dirs_exist_ok=True)


def page(app, pagename, templatename, context, doctree):
    if "<raft-exercise" in context.get("body", ""):
        app.add_css_file(f"play/{FOLDER}/exercises.css")
        app.add_js_file(f"play/{FOLDER}/start.js", type="module")


def setup(app):
    app.connect("builder-inited", place, priority=600)  # play.place begins with an empty folder
    app.connect("html-page-context", page)
