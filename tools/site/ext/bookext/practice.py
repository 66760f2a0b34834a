"""Exercises that are solved in the page: where they stand, and what goes with their pages.

Below the brief there is a <raft-exercise> that holds, as JSON, what tools/book/exercises/page.py
says of the exercise; its page, and no other, loads tools/site/play/js/exercises/start.js. Where the
compiler for pages was not built (build/play/compiler), exercises in C++ have none; where an
exercise is about threads, one line says so instead. Without scripts the element shows nothing.
"""

import json
import os
import shutil
from pathlib import Path

from docutils import nodes

from book.exercises import page as in_page
from bookext import play
from bookext.nodes import make, raw

FOLDER, VERDICTS = "exercises", "verdicts"
BUNDLED = "editor.js"  # of exercises/: only its bundle goes with the pages
ROWS = range(8, 23)  # lines that an editor shows
ON_THREADS = (
    "This exercise is about threads, and a page has none: its C++ is solved in the terminal, "
    "with the commands above."
)


def compiler(srcdir):
    """What is fetched to compile in the page; it may not be there."""
    return Path(srcdir) / "build" / "play" / "compiler"


def compiles(srcdir):
    return play.module(srcdir).exists() and all(
        (compiler(srcdir) / name).exists() for name in ("sizes.json", BUNDLED)
    )


def editor(srcdir, exercise):
    """The place of an exercise's editor, or why there is none: a list of one node, or of none."""
    if not play.module(srcdir).exists():
        return []
    needs = in_page.packed(exercise)
    if (
        in_page.judges(exercise)
        or needs
        and compiles(srcdir)
        and in_page.sizes(exercise, compiler(srcdir))
    ):
        return [_place(in_page.data(exercise, compiler(srcdir)))]
    return [] if needs else [make("p", nodes.Text(ON_THREADS), class_="ex-none")]


def _place(data):
    lines = max(text.count("\n") + 2 for text in data["files"].values())
    rows = min(max(lines, ROWS.start), ROWS.stop - 1)
    text = json.dumps(data, ensure_ascii=False).replace(
        "<", "\\u003c"
    )  # no end of the script within it
    kind = ' class="code"' if data["kind"] in ("fill", "hunt", "kill") else ""
    return raw(
        f'<raft-exercise{kind} style="--rows:{rows}">'
        f'<script type="application/json">{text}</script></raft-exercise>'
    )


def place(app):
    """Beside the player's files, which tools/site/ext/bookext/play.py places."""
    if not play.module(app.srcdir).exists():
        return
    scripts = Path(app.srcdir).joinpath(*play.SCRIPTS, "js")
    target = Path(app.outdir) / "_static" / "play"
    for folder in (FOLDER, VERDICTS):
        shutil.copytree(
            scripts / folder,
            target / folder,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns(BUNDLED),
        )
    shutil.rmtree(target / "compiler", ignore_errors=True)  # nothing is written through a link
    if compiles(app.srcdir):
        shutil.copytree(scripts / "compiler", target / "compiler", dirs_exist_ok=True)
        shutil.copytree(
            compiler(app.srcdir),
            target / "compiler",
            dirs_exist_ok=True,
            copy_function=_linked,
            ignore=shutil.ignore_patterns("sizes.json"),
        )


def _linked(source, target):
    """A copy that takes no room, if the disk has such: the compiler is large."""
    Path(target).unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def page(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    if "<raft-exercise" in body:
        app.add_css_file(f"play/{FOLDER}/exercises.css")
        app.add_js_file(f"play/{FOLDER}/start.js", type="module")
    if '<raft-exercise class="code"' in body:
        app.add_css_file(f"play/{FOLDER}/code.css")


def setup(app):
    # Pages are made anew when the compiler comes, or goes, or weighs something else.
    app.add_config_value("book_compiles", _weight(app.srcdir), "env")
    app.connect("builder-inited", place, priority=600)  # play.place begins with an empty folder
    app.connect("html-page-context", page)


def _weight(srcdir):
    return (compiler(srcdir) / "sizes.json").read_text(encoding="utf-8") if compiles(srcdir) else ""
