"""What the directives share: the history being read, refusals that fail the build, small nodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from weave.errors import WeaveError
from weave.pages import coverage, rst
from weave.story import STORY, Chapter, Stage
from weave.trees.history import History

logger = logging.getLogger(__name__)
_building: dict[str, Any] = {}
_reported: set[str] = set()


def begin(root: Path | str, builder: Any) -> None:
    """A build begins: whatever was read before may have changed."""
    _building.update(history=History(root), builder=builder)
    _reported.clear()


def history() -> History:
    return _building["history"]


def chapter_of(docname: str) -> Chapter | None:
    slug = docname.rpartition("chapters/")[2]
    found = [c for c in history().story.chapters if c.slug == slug]
    return found[0] if found and "chapters/" in docname else None


def note_files(env: Any, *files: str) -> None:
    """The page is to be read again when one of these changes."""
    for file in (STORY, *files):
        env.note_dependency(str(history().root / file))


def refuse(env: Any, error: WeaveError) -> None:
    """Reports it now, and fails the build when it ends."""
    known = _errors(env).setdefault(env.docname, [])
    if str(error) not in known:
        known.append(str(error))
        _reported.add(str(error))
        logger.error("%s", error, type="weave")


def _errors(env: Any) -> dict[str, list[str]]:
    if not hasattr(env, "weave_errors"):
        env.weave_errors = {}
    return env.weave_errors


def report_again(env: Any) -> int:
    """Reports the refusals of pages that this build did not read; returns how many stand."""
    for errors in _errors(env).values():
        for error in errors:
            if error not in _reported:
                logger.error("%s", error, type="weave")
    return sum(len(errors) for errors in _errors(env).values())


def purge(app: Any, env: Any, docname: str) -> None:
    _errors(env).pop(docname, None)


def merge(app: Any, env: Any, docnames: set[str], other: Any) -> None:
    for docname in docnames:
        if docname in _errors(other):
            _errors(env)[docname] = _errors(other)[docname]
            _reported.update(_errors(other)[docname])


def raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


def stage_uri(builder: Any, docname: str, stage: Stage, file: str = "", line: int = 0) -> str:
    """From a page to the source of a stage; empty for builders that write no pages."""
    if getattr(builder, "format", "") != "html":
        return ""
    try:
        uri = builder.get_relative_uri(docname, f"source/{stage.name}")
    except Exception:
        return ""
    return uri + (f"#{anchor(file, line)}" if file else "")


def anchor(file: str, line: int = 0) -> str:
    name = file.replace("/", "-").replace(".", "-").replace("_", "-")
    return f"{name}-L{line}" if line else name


def symbol_xref(env: Any, name: str, text: str, stages: list[Stage]) -> nodes.Node:
    """A link to a symbol's reference page, or else to its source. Refuses an unknown symbol."""
    bare = name.removesuffix("()")
    stage = coverage.require_symbol(history(), bare, stages)
    found = history().index(stage).matches(bare)
    symbol = next((s for s in found if s.defined), found[0])
    note_files(env, symbol.file)
    code = nodes.literal(text, text, classes=["sym"])
    domain, kind = ("c", "macro") if symbol.kind == "define" else ("cpp", "any")
    xref = addnodes.pending_xref(
        "",
        code,
        refdomain=domain,
        reftype=kind,
        reftarget=symbol.qualified,
        refexplicit=True,
        refwarn=False,
        refdoc=env.docname,
    )
    xref["weave_place"] = (stage.name, symbol.file, symbol.line)
    return xref


def resolve_in_source(app: Any, env: Any, node: Any, contnode: nodes.Node) -> nodes.Node | None:
    """A symbol without a reference page (a retired or a private one) links to its source."""
    if "weave_place" not in node:
        return None
    stage, file, line = node["weave_place"]
    uri = stage_uri(app.builder, node["refdoc"], history().story.stage(stage), file, line)
    return nodes.reference("", "", contnode, refuri=uri, internal=True) if uri else contnode


class WeaveDirective(SphinxDirective):
    """A directive whose refusals name the page and the line."""

    def run(self) -> list[nodes.Node]:
        try:
            return self.make()
        except WeaveError as error:
            refusal = error.at(self.page, self.lineno)
            refuse(self.env, refusal)
            return [nodes.paragraph("", str(refusal), classes=["excerpt-error"])]

    def make(self) -> list[nodes.Node]:
        raise NotImplementedError

    @property
    def page(self) -> str:
        return f"{self.env.docname}.rst"

    @property
    def chapter(self) -> Chapter | None:
        return chapter_of(self.env.docname)

    @property
    def stage(self) -> Stage:
        return coverage.stage_of(history(), self.options.get("stage", ""), self.chapter)

    @property
    def stages(self) -> list[Stage]:
        return history().stages_of(self.chapter) if self.chapter else [self.stage]

    def source_uri(self, stage: Stage, file: str = "", line: int = 0) -> str:
        return stage_uri(_building["builder"], self.env.docname, stage, file, line)

    def inline(self, text: str) -> list[nodes.Node]:
        parsed, messages = self.state.inline_text(text, self.lineno)
        return [*parsed, *messages]

    def nested(self, parent: nodes.Element) -> nodes.Element:
        self.state.nested_parse(self.content, self.content_offset, parent)
        return parent

    def directives(self) -> list[rst.Directive]:
        """All directives of this page."""
        path = Path(self.env.doc2path(self.env.docname))
        return rst.parse(path.read_text(encoding="utf-8"), self.page).directives


def table(head: list[str], rows: list[list[list[nodes.Node]]], *classes: str) -> nodes.table:
    """A table from lists of inline nodes."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=100 // len(head)) for _ in head]
    group += nodes.thead(
        "", nodes.row("", *[nodes.entry("", nodes.paragraph("", title)) for title in head])
    )
    body = nodes.tbody()
    for cells in rows:
        body += nodes.row("", *[nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells])
    group += body
    return nodes.table("", group, classes=list(classes))


def joined(parts: list[nodes.Node], separator: str = ", ") -> list[nodes.Node]:
    out: list[nodes.Node] = []
    for part in parts:
        if out:
            out.append(nodes.Text(separator))
        out.append(part)
    return out
