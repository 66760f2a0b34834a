"""Scenes that can be played: what goes with the pages, and which pages ask for it.

A scene stands in a <raft-scene>. One that is drawn from a scenario file plays on the node, if the
node was built for WebAssembly (build/play/core.wasm); every other one plays its recording, the
trace that its picture is drawn from, and says so. Its page, and no other, loads
tools/site/play/js/start.js, which does the rest when the scene comes into view. Without scripts,
there is the picture.
"""

import shutil
from html import escape
from pathlib import Path

SCRIPTS = ("tools", "site", "play")

# Why there is a recording and no more, and how to run what was recorded.
THREADS = "A recording of the real program, which runs on threads; a page has none."
PROGRAM = (
    "A recording of a program that calls the real code itself: to be watched, not to be changed."
)
NO_MODULE = "A recording: the node was not built for pages here."


def module(srcdir):
    """The node for pages; it may not be there."""
    return Path(srcdir) / "build" / "play" / "core.wasm"


def scenario(srcdir, name):
    """The file that a scene is played from; scenes that are programs have none."""
    return Path(srcdir) / "diagrams" / "scenarios" / f"{name}.txt"


def on_the_node(srcdir, name):
    """Does a scene play on the node? Else it plays its recording."""
    return module(srcdir).exists() and scenario(srcdir, name).exists()


def element(srcdir, name, threads, view, is_open=False):
    """The picture of a scene, and around it what the player needs to know; `threads`: is it about
    threads?
    """
    if on_the_node(srcdir, name):
        return f'<raft-scene name="{name}"{" open" if is_open else ""}>{view}</raft-scene>'
    if scenario(srcdir, name).exists():
        why, command = NO_MODULE, f"./book scenario diagrams/scenarios/{name}.txt"
    else:
        why, command = THREADS if threads else PROGRAM, f"./book scene {name}"
    return (
        f'<raft-scene name="{name}" recorded="{escape(why)}" '
        f'command="{escape(command)}">{view}</raft-scene>'
    )


def files(srcdir):
    """Everything that goes to _static/play: where it comes from, by the name it gets."""
    home = Path(srcdir).joinpath(*SCRIPTS)
    found = {
        path.name: path
        for path in [*(home / "js").glob("*.js"), home / "play.css", module(srcdir)]
        if path.exists()
    }
    found |= {f"pictures/{path.name}": path for path in (home / "js" / "pictures").glob("*.js")}
    for trace in (Path(srcdir) / "build" / "scenes").glob("*.json"):
        played = scenario(srcdir, trace.stem) if on_the_node(srcdir, trace.stem) else trace
        found[f"scenes/{played.name}"] = played
    return found


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
    # Pages are made anew when the node comes to them, or leaves.
    app.add_config_value("book_plays", module(app.srcdir).exists(), "env")
    app.connect("builder-inited", place)
    app.connect("html-page-context", page)
