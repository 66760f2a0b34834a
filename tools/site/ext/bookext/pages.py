"""Last touches on pages that others made: the chapter's opening, the drawn map, the theme's own
style sheet.
"""

import re
from pathlib import Path

from docutils import nodes

from bookext import pictures, roommap
from bookext.front import ROMAN
from bookext.nodes import raw
from weave.digests import digest_of_files

RESET = (
    "html{line-height:1.15;-webkit-text-size-adjust:100%}body{margin:0}main{display:block}a{background-color:transparent}"
    "button,input{font-family:inherit;font-size:100%;line-height:1.15;margin:0}button{text-transform:none;-webkit-appearance:button}"
    "img{border-style:none}[type=search]{-webkit-appearance:textfield;outline-offset:-2px}summary{display:list-item}"
)


def chapter_opening(app, doctree):
    """The number stands above the title, large, with its part in Roman figures."""
    for opening in [
        n for n in doctree.findall(nodes.container) if "chapter-opening" in n["classes"]
    ]:
        number = next(
            (
                n
                for n in opening.children
                if isinstance(n, nodes.raw) and "chapter-number" in n.astext()
            ),
            None,
        )
        section = opening.parent
        if number is None or not isinstance(section, nodes.section):
            continue
        [(part, chapter)] = re.findall(r"Part (\d+).*?>(\d+)<", number.astext())
        opening.remove(number)
        section.insert(
            0,
            raw(
                f'<p class="chapter-number"><span class="chapter-n">{chapter}</span> '
                f'<span class="chapter-part">Part {ROMAN[int(part)]}</span></p>'
            ),
        )


def drawn_map(app, doctree):
    """The list of rooms becomes the picture of the node, with the same rooms lit."""
    for count, listing in enumerate(
        n for n in list(doctree.findall(nodes.raw)) if n.astext().startswith('<ol class="b-rooms"')
    ):
        found = re.findall(r'<li class="([\w-]+)">(\w+)/', listing.astext())
        lit = {name for class_, name in found if class_ == "b-lit"}
        there = {name for _, name in found}
        listing.parent.replace(
            listing,
            raw(roommap.svg(pictures.gallery(str(app.srcdir)), lit, there, f"rooms-{count + 1}")),
        )


def theme_files(app, exception):
    """Mends Debian's Furo, which is not bundled: a style sheet imported by an address that exists
    only on a Debian web server, and a script that imports another though pages load it as a plain
    one.
    """
    static = Path(app.outdir) / "_static"
    if exception is not None or not static.is_dir():
        return
    for path in (static / "styles").glob("furo*.css"):
        text = path.read_text(encoding="utf-8")
        mended = re.sub(r"@import url\(/[^)]*\);", RESET, text)
        if mended != text:
            path.write_text(mended, encoding="utf-8")
    script = static / "scripts" / "furo.js"
    if script.exists():
        text = script.read_text(encoding="utf-8")
        first = re.match(r'import (\w+) from "\./([\w.-]+)";\n', text)
        if first:
            other = (script.parent / first[2]).read_text(encoding="utf-8")
            script.write_text(f"{other}\n{text[first.end() :]}", encoding="utf-8")


def navigation(app, pagename, templatename, context, doctree):
    """The captions of the navigation are headings; a heading has a level."""
    tree = context.get("furo_navigation_tree")
    if tree:
        context["furo_navigation_tree"] = re.sub(
            r'role="heading"(?! aria-level)', 'role="heading" aria-level="2"', tree
        )


def setup(app):
    # A page is written anew when a style sheet or script changes: only then are those copied.
    tools = Path(app.srcdir) / "tools"
    copied = sorted(
        [*(tools / "site" / "static").rglob("*.*"), *(tools / "weave" / "static").glob("*.*")]
    )
    app.add_config_value("book_static", digest_of_files(copied, tools), "html")
    app.connect("doctree-read", chapter_opening)
    app.connect("doctree-read", drawn_map)
    app.connect("build-finished", theme_files, priority=100)
    app.connect("html-page-context", navigation, priority=900)
