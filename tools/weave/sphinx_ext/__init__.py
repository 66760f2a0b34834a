"""The Sphinx extension: `extensions = ["weave.sphinx_ext"]` with tools/ on sys.path.

newborn grow recall retire   excerpts of the code, by symbol
chapter map proofs measured  what a page says about its stage, generated
run break-it                 commands and breaks, re-run by `weave outputs`
invariant, :inv:             a named invariant, and links to it
:sym: :stage: :etcd: :issue: :paper:   links that are checked, or pinned
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import SphinxError

from weave.errors import WeaveError, WeaveErrors
from weave.pages import excerpts, render
from weave.sphinx_ext import base, page, roles, source


class WeaveFailed(SphinxError):
    category = "weave"


class ExcerptDirective(base.WeaveDirective):
    """newborn, grow, recall and retire: the verb is the directive's name."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    option_spec = {
        "stage": directives.unchanged,
        "fold": directives.unchanged_required,
        "without": directives.unchanged,
        "caption": directives.unchanged,
    }

    def make(self) -> list[nodes.Node]:
        excerpt = excerpts.build(
            base.history(),
            self.name,
            self.arguments[0].replace("\n", " "),
            self.stage,
            without=self.options.get("without", "").replace("\n", " "),
            fold=self.options.get("fold"),
            caption=self.options.get("caption", ""),
        )
        base.note_files(self.env, excerpt.file)
        taken = self.env.temp_data.setdefault("weave_idents", set())
        ident, n = excerpt.ident, 1
        while ident in taken:
            n += 1
            ident = f"{excerpt.ident}-{n}"
        taken.add(ident)
        at = base.history().previous(excerpt.stage) if self.name == "retire" else excerpt.stage
        uri = self.source_uri(at, excerpt.file) if at else ""
        return [base.raw(render.figure(excerpt, base.history(), ident, uri))]


def _begin(app: Any) -> None:
    root = app.config.weave_root or app.srcdir
    try:
        base.begin(root, app.builder)
    except (WeaveError, WeaveErrors) as error:
        raise WeaveFailed(str(error)) from None
    static = str(Path(__file__).parents[1] / "static")
    if static not in app.config.html_static_path:
        app.config.html_static_path.append(static)


def _end(app: Any, exception: Exception | None) -> None:
    """A page with a refusal fails the build, also when it was read in an earlier one."""
    if exception is None and app.env and base.report_again(app.env):
        app.statuscode = 1


def setup(app: Any) -> dict[str, Any]:
    app.add_config_value("weave_root", None, "env")
    for verb in excerpts.VERBS:
        app.add_directive(verb, ExcerptDirective)
    page.setup(app)
    roles.setup(app)
    source.setup(app)
    app.add_css_file("weave.css")
    app.add_js_file("weave.js", loading_method="defer")
    app.connect("builder-inited", _begin)
    app.connect("env-purge-doc", base.purge)
    app.connect("env-merge-info", base.merge)
    app.connect("missing-reference", base.resolve_in_source)
    app.connect("build-finished", _end)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
