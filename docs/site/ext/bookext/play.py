"""Scenes that can be played: what goes with the pages, and which pages ask for it.

A scene drawn from a scenario file stands in a <raft-scene>, if the node was built for WebAssembly
(build/play/core.wasm). Its page, and no other, loads docs/site/play/js/start.js, which does the rest when
the scene comes into view. Without the module, without scripts, there is the picture.
"""

import shutil
from pathlib import Path

SCRIPTS = ("docs", "site", "play")


def module(srcdir):
    """The node for pages; it may not be there."""
    return Path(srcdir) / "build" / "play" / "core.wasm"


def scenario(srcdir, name):
    """The file that a scene is played from; scenes that are programs have none."""
    return Path(srcdir) / "diagrams" / "scenarios" / f"{name}.txt"


def playable(srcdir, name):
    return module(srcdir).exists() and scenario(srcdir, name).exists()


def files(srcdir):
    """Everything that goes to _static/play: where it comes from, by the name it gets."""
    if not module(srcdir).exists():
        return {}
    home = Path(srcdir).joinpath(*SCRIPTS)
    found = {path.name: path for path in [*(home / "js").glob("*.js"), home / "play.css", module(srcdir)]}
    return found | {f"scenes/{path.name}": path for path in scenario(srcdir, "x").parent.glob("*.txt")}


def place(app):
    target = Path(app.outdir) / "_static" / "play"
    shutil.rmtree(target, ignore_errors=True)
    for name, path in files(app.srcdir).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / name)


def page(app, pagename, templatename, context, doctree):
    if "<raft-scene" in context.get("body", ""):
        app.add_css_file("play/play.css")
        app.add_js_file("play/start.js", type="module")


def setup(app):
    # Pages are made anew when scenes become alive, or cease to be.
    app.add_config_value("book_plays", module(app.srcdir).exists(), "env")
    app.connect("builder-inited", place)
    app.connect("html-page-context", page)
