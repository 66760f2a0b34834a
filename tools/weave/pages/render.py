"""An excerpt as HTML: one list of lines, four views of it.

Every line carries its number before and after; which lines a view hides, and how it marks the
others, is the style sheet's business (static/weave.css). Without scripts the build view stands.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

from pygments.lexers import CppLexer
from pygments.token import STANDARD_TYPES

from weave.pages.excerpts import Excerpt
from weave.trees.diff import ADDED, ELIDED, KEPT, REMOVED, Row
from weave.trees.history import History

VIEWS = (("build", "Build"), ("diff", "Diff"), ("before", "Before"), ("after", "After"))
NEAR = 3  # context lines that the diff view keeps beside a change
TAGS = {ADDED: ("ins", "x-add"), REMOVED: ("del", "x-del"), KEPT: ("span", "x-ctx")}


@lru_cache(maxsize=512)
def highlighted(text: str) -> list[str]:
    """The lines of a C++ text as HTML spans in Pygments' classes."""
    lines = [""]
    for kind, value in CppLexer(stripnl=False, ensurenl=False).get_tokens(text):
        css = ""
        while kind is not None and not css:
            css = STANDARD_TYPES.get(kind, "")
            kind = kind.parent
        for n, piece in enumerate(value.split("\n")):
            if n:
                lines.append("")
            if piece.isspace():
                lines[-1] += piece
            elif piece:
                whole = escape(piece, quote=False)
                lines[-1] += f'<span class="{css}">{whole}</span>' if css else whole
    return lines


def _line(row: Row, old: list[str], new: list[str], far: bool) -> str:
    if row.kind == ELIDED:
        return f'<span class="x-line x-gap">⋯ {escape(row.text)}\n</span>'.replace("⋯ \n", "⋯\n")
    tag, css = TAGS[row.kind]
    html = new[row.new - 1] if row.new else old[row.old - 1] if row.old else ""
    numbers = (f' data-o="{row.old}"' if row.old else "") + (
        f' data-n="{row.new}"' if row.new else ""
    )
    css += " x-far" if far else ""
    return f'<{tag} class="x-line {css}"{numbers}>{html}\n</{tag}>'


def code(excerpt: Excerpt, history: History) -> str:
    """The lines of the excerpt."""
    before = history.previous(excerpt.stage)
    if excerpt.verb == "recall":
        before = excerpt.stage
    old = highlighted(history.text(before, excerpt.file))
    new = highlighted(history.text(excerpt.stage, excerpt.file))
    rows = excerpt.rows
    changes = [n for n, row in enumerate(rows) if row.kind in (ADDED, REMOVED)]
    near = {m for n in changes for m in range(n - NEAR, n + NEAR + 1)}
    return "".join(
        _line(row, old, new, row.kind == KEPT and n not in near) for n, row in enumerate(rows)
    )


def scope(excerpt: Excerpt) -> str:
    names = [name for name in excerpt.scopes if name != "frame"]
    if "frame" in excerpt.scopes:
        names.insert(0, "the frame")
    if len(names) > 3:
        names = names[:2] + [f"{len(names) - 2} more"]
    return ", ".join(names)


def _caption(excerpt: Excerpt, source: str, tabs: str) -> str:
    file = excerpt.file.removeprefix("code/")
    link = f'<a href="{escape(source)}">{escape(file)}</a>' if source else escape(file)
    parts = [f'<span class="x-file">{link}</span>']
    if scope(excerpt):
        parts.append(f'<code class="x-scope">{escape(scope(excerpt))}</code>')
    if excerpt.verb != "recall":
        parts.append(
            f'<span class="x-count"><span class="x-plus">+{excerpt.added}</span> '
            f'<span class="x-minus">−{excerpt.removed}</span></span>'
        )
    parts.append(f'<span class="x-stage">{excerpt.stage.name}</span>')
    line = '<span class="x-sep" aria-hidden="true"> · </span>'.join(parts)
    words = f'<span class="x-words">{escape(excerpt.caption)}</span>' if excerpt.caption else ""
    return f'<figcaption>{words}<span class="x-where">{line}</span>{tabs}</figcaption>'


def _tabs(ident: str) -> str:
    tabs = "".join(
        f'<button type="button" role="tab" id="{ident}-{view}" data-view="{view}" '
        f'aria-controls="{ident}-code" aria-selected="{"true" if view == "build" else "false"}" '
        f'tabindex="{0 if view == "build" else -1}">{name}</button>'
        for view, name in VIEWS
    )
    return (
        f'<div class="x-tabs" role="tablist" aria-label="Views of this excerpt" hidden>{tabs}</div>'
    )


def figure(excerpt: Excerpt, history: History, ident: str = "", source: str = "") -> str:
    """The whole excerpt; ident must be unique on its page."""
    ident = ident or excerpt.ident
    views = excerpt.verb == "grow"
    panel = f' role="tabpanel" aria-labelledby="{ident}-build"' if views else ""
    label = f"{excerpt.file} {scope(excerpt)}".strip()
    # The one who scrolls sideways by keyboard needs a place to stand.
    body = (
        f'<section class="x-code highlight" id="{ident}-code"{panel}><pre tabindex="0" '
        f'role="group" aria-label="{escape(label)}"><code>{code(excerpt, history)}</code></pre>'
        "</section>"
    )
    tabs = _tabs(ident) if views else ""
    html = (
        f'<figure class="excerpt x-{excerpt.verb}" id="{ident}" data-view="build" '
        f'data-file="{escape(excerpt.file)}">{_caption(excerpt, source, tabs)}{body}</figure>'
    )
    if excerpt.fold is not None:
        title = escape(excerpt.fold or f"{excerpt.added} lines of {excerpt.file}")
        html = f'<details class="x-fold"><summary>{title}</summary>{html}</details>'
    return html
