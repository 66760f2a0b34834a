"""A page's directives, roles and literals, read by docutils and without Sphinx.

No directive and no role does anything here: each is noted with its place, and what stands in it is
read on. So checks that run alone see a page as the build of the site sees it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from weave import story
from weave.errors import WeaveError

try:
    from docutils import frontend, nodes, statemachine, utils
    from docutils.parsers import rst
    from docutils.parsers.rst import directives, roles
except ImportError:
    raise WeaveError(
        "docutils", None, "the package is not installed", "apt-get install python3-docutils"
    ) from None

# Directives whose content is no markup, or has a grammar of its own.
LITERAL = (
    "code-block",
    "glossary",
    "highlight",
    "literalinclude",
    "math",
    "parsed-literal",
    "raw",
    "run",
    "toctree",
)
TITLED = re.compile(r"^(?P<title>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
INLINE = (nodes.inline, nodes.literal, nodes.reference)
ERROR = 3  # docutils' level of what it could not read


@dataclass(frozen=True)
class Directive:
    name: str
    argument: str
    file: str
    line: int
    indent: int
    options: dict[str, str] = field(default_factory=dict)
    content: list[str] = field(default_factory=list)
    content_line: int = 0  # where the content begins, or would begin
    end_line: int = 0  # the last line that belongs to the directive


@dataclass(frozen=True)
class Role:
    name: str
    text: str
    file: str
    line: int

    @property
    def target(self) -> str:
        """What is named: `title <target>` or the target alone, a leading ~ or ! dropped."""
        titled = TITLED.match(self.text)
        return (titled["target"] if titled else self.text).strip().lstrip("~!")


@dataclass(frozen=True)
class Literal:
    """``Text`` that is shown as it is."""

    text: str
    line: int


@dataclass
class Page:
    """In the order in which they stand on the page; those inside a directive come after it."""

    directives: list[Directive] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    literals: list[Literal] = field(default_factory=list)


def read(path: Path, root: Path) -> Page:
    return parse(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())


@lru_cache(maxsize=256)
def parse(text: str, file: str) -> Page:
    """The page of this text. Refuses one that docutils can't read."""
    page, document = _parsed(text, file)
    for node, begin, _ in _inline(document, text):
        line = text.count("\n", 0, begin) + 1
        said = " ".join(node.astext().split())
        if isinstance(node, nodes.literal):
            page.literals.append(Literal(said, line))
        elif "role" in node:
            page.roles.append(Role(node["role"], said, file, line))
    return page


def plain(text: str) -> str:
    """Markup as a person would type it in a plain file."""
    page, document = _parsed(text, "text")
    lines = text.splitlines(keepends=True)
    begins = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
    spans = []
    for found in page.directives:
        begin, end = begins[found.line - 1], begins[found.content_line - 1]
        if found.name not in LITERAL:
            begin += found.indent
            end = begin + len(re.findall(r"\A\.\. \S+::[ \t]*", text[begin:])[0])
        spans.append((begin, end, ""))
    for node, begin, end in _inline(document, text):
        raw = text[begin:end]
        if isinstance(node, nodes.literal):
            spans.append((begin, end, raw[2:-2]))
            continue
        said = raw.partition("`")[2].rpartition("`")[0]
        titled = TITLED.match(said)
        if node.get("role") in ("chapter", "chapter-number"):
            spans.append((begin, end, story.load().reference(node["role"], said)))
        elif "role" in node:
            spans.append((begin, end, titled["title"] if titled else said))
        elif titled:
            spans.append((begin, end, f"{titled['title']} ({titled['target']})"))
    for begin, end, instead in sorted(spans, reverse=True):
        text = text[:begin] + instead + text[end:]
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _parsed(text: str, file: str) -> tuple[Page, nodes.document]:
    """A page whose directives are noted, and docutils' document of it."""
    page = Page()
    document = utils.new_document(file, _settings())
    refusals: list[WeaveError] = []

    def hear(message: Any) -> None:
        if message["level"] >= ERROR:
            refusals.append(
                WeaveError(
                    file,
                    message.get("line"),
                    " ".join(message.children[0].astext().split()),
                    "mend the markup",
                )
            )

    document.reporter.attach_observer(hear)
    with _noting(page, file, text):
        rst.Parser().parse(text, document)
    if refusals:
        raise refusals[0]
    return page, document


@lru_cache
def _settings() -> Any:
    settings = frontend.get_default_settings(rst.Parser)
    settings.report_level = settings.halt_level = 5  # say nothing, stop at nothing
    return settings


@contextmanager
def _noting(page: Page, file: str, text: str) -> Iterator[None]:
    """While this lasts, docutils knows every directive and every role, and they only note."""
    known = directives.directive, roles.role
    noted = type("Noted", (_Noted,), {"page": page, "file": file, "lines": text.splitlines()})
    directives.directive = lambda *_: (noted, [])
    roles.role = lambda *_: (_noted_role, [])
    try:
        yield
    finally:
        directives.directive, roles.role = known


class _AnyOption(dict[str, Any]):
    """Every option is known, and taken as it is."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, name: str) -> Any:
        return directives.unchanged


class _Noted(rst.Directive):
    """Any directive."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = _AnyOption()
    has_content = True
    page: Page
    file: str
    lines: list[str]

    def run(self) -> list[nodes.Node]:
        block = self.block_text.rstrip().split("\n")
        head = re.match(r"\s*", self.lines[self.lineno - 1])
        argument, content, offset = " ".join(self.arguments), self.content, self.content_offset
        if argument and block[0].rstrip().endswith("::"):  # content without an empty line above it
            text = textwrap.dedent("\n".join(block[1:])).split("\n")
            argument, offset = "", self.lineno
            content = statemachine.StringList(text, self.file)
        end = self.lineno + len(block) - 1
        argument = " ".join(line.strip() for line in argument.split("\n"))
        found = Directive(
            self.name,
            argument,
            self.file,
            self.lineno,
            len(head[0]) if head else 0,
            self.options,
            textwrap.dedent("\n".join(content)).split("\n") if content else [],
            (offset if content else end) + 1,
            end,
        )
        self.page.directives.append(found)
        inside = nodes.container()
        for value in [argument, *self.options.values()]:
            if "`" in value:
                inside += self.state.inline_text(value, self.lineno)[0]
        if content and self.name not in LITERAL:
            self.state.nested_parse(content, offset, inside)
        return [inside]


def _noted_role(
    name: str, rawtext: str, text: str, lineno: int, *_: Any, **__: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    return [nodes.inline(rawtext, utils.unescape(text), role=name, at=lineno)], []


def _inline(document: nodes.document, text: str) -> Iterator[tuple[nodes.Element, int, int]]:
    """Roles, literals and references, and from where to where in the text each stands.

    docutils knows the line of the paragraph, and what was written.
    """
    begins = [0]
    for line in text.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    seen = 0
    for node in document.findall(lambda n: isinstance(n, INLINE)):
        paragraph = node.get("at") or next((p.line for p in _around(node) if p.line), 1)
        written = re.compile(r"\s+".join(re.escape(word) for word in node.rawsource.split()))
        place = written.search(text, max(seen, begins[min(paragraph, len(begins)) - 1]))
        if place and node.rawsource:
            seen = place.end()
            yield node, place.start(), place.end()


def _around(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node
