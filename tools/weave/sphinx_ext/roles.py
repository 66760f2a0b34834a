"""The roles: links to symbols, stages, invariants, etcd's source, issues and the paper."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from weave.errors import WeaveError
from weave.pages import rst
from weave.sphinx_ext import base
from weave.story import STORY

# Pinned: a link shows what the book describes, whatever upstream does next.
PINNED = {"raft": ("etcd-io/raft", "cdfbeed"), "etcd": ("etcd-io/etcd", "c34dc7e")}
ETCD_ROOMS = ("server/", "client/", "api/", "etcdctl/", "etcdutl/", "pkg/", "tests/", "contrib/")
PAPER = "https://raft.github.io/raft.pdf"


class WeaveRole(SphinxRole):
    """A role whose refusals name the page and the line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            return [self.make()], []
        except WeaveError as error:
            base.refuse(self.env, error.at(f"{self.env.docname}.rst", self.lineno))
            return [nodes.literal(self.rawtext, self.text, classes=["excerpt-error"])], []

    def make(self) -> nodes.Node:
        raise NotImplementedError

    def titled(self) -> tuple[str, str]:
        """(title or "", target) of `title <target>`."""
        match = rst.TITLED.match(self.text)
        return (match["title"], match["target"]) if match else ("", self.text)


class SymRole(WeaveRole):
    def make(self) -> nodes.Node:
        title, target = self.titled()
        if not title:
            title = target.split("::")[-1] if target.startswith("~") else target
        chapter = base.chapter_of(self.env.docname)
        stages = base.history().stages_of(chapter) if chapter else [base.history().story.last]
        title = title.lstrip("~!").split("@")[0]
        return base.symbol_xref(self.env, target.lstrip("~!"), title, stages)


class StageRole(WeaveRole):
    def make(self) -> nodes.Node:
        stage = base.history().story.stage(self.text)
        code = nodes.literal(self.text, self.text, classes=["stage"])
        page = base.history().story.chapter(stage.chapter).page.removesuffix(".rst")
        if page == self.env.docname or not (base.history().root / f"{page}.rst").exists():
            return code
        return addnodes.pending_xref(
            "",
            code,
            refdomain="std",
            reftype="doc",
            reftarget=f"/{page}",
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )


class ChapterRole(WeaveRole):
    """A chapter's number, and the way there; a chapter that is not written has no page yet."""

    def make(self) -> nodes.Node:
        story = base.history().story
        text = story.reference(self.name, self.text).replace(" ", "\N{NO-BREAK SPACE}")
        chapter = story.any_chapter(self.text)
        page = chapter.page.removesuffix(".rst")
        inner = nodes.inline("", text, classes=["chapter-ref"])
        base.note_files(self.env, STORY)
        if chapter.planned or page == self.env.docname:
            return inner
        return addnodes.pending_xref(
            "",
            inner,
            refdomain="std",
            reftype="doc",
            reftarget=f"/{page}",
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )


class EtcdRole(WeaveRole):
    def make(self) -> nodes.Node:
        title, path = self.titled()
        where = "etcd" if path.startswith(ETCD_ROOMS) else "raft"
        repo, commit = PINNED[where]
        path = path.removeprefix("raft/") if where == "raft" else path
        if not re.fullmatch(r"[\w./-]+(#L\d+(-L\d+)?)?", path):
            raise WeaveError(
                "", None, f"`{path}` is not a path in {repo}", "write :etcd:`name <file.go>`"
            )
        text = title or path.split("#")[0]
        return nodes.reference(
            "",
            "",
            nodes.literal(text, text),
            refuri=f"https://github.com/{repo}/blob/{commit}/{path}",
        )


class IssueRole(WeaveRole):
    def make(self) -> nodes.Node:
        title, target = self.titled()
        match = re.fullmatch(r"(etcd|raft)#(\d+)", target)
        if not match:
            raise WeaveError("", None, f"`{target}` is not an issue", "write etcd#8144 or raft#8")
        return nodes.reference(
            "",
            title or target,
            refuri=(f"https://github.com/{PINNED[match[1]][0]}/issues/{match[2]}"),
        )


class PaperRole(WeaveRole):
    def make(self) -> nodes.Node:
        title, target = self.titled()
        text = title or (f"Raft §{target}" if target[:1].isdigit() else f"Raft, {target}")
        return nodes.reference("", text, refuri=PAPER)


class InvRole(WeaveRole):
    def make(self) -> nodes.Node:
        title, target = self.titled()
        code = nodes.inline("", title or target, classes=["inv"])
        return addnodes.pending_xref(
            "",
            code,
            refdomain="std",
            reftype="inv",
            reftarget=target,
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )


def _no_such_invariant(app: Any, domain: Any, node: Any) -> bool | None:
    if node.get("reftype") != "inv":
        return None
    base.logger.warning(
        "there is no invariant %s — define it with `.. invariant::`, or check its number",
        node["reftarget"],
        location=node,
        type="ref",
    )
    return True


def setup(app: Any) -> None:
    roles = {
        "sym": SymRole,
        "stage": StageRole,
        "etcd": EtcdRole,
        "issue": IssueRole,
        "paper": PaperRole,
        "chapter": ChapterRole,
        "chapter-number": ChapterRole,
    }
    for name, role in roles.items():
        app.add_role(name, role())
    app.add_role_to_domain("std", "inv", InvRole(), override=True)
    app.connect("warn-missing-reference", _no_such_invariant)
