"""What a page says about its stage, generated: opening, map, proofs, runs and breaks."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives

from weave.cpp import lexer
from weave.cpp.symbols import Symbol
from weave.errors import WeaveError, did_you_mean
from weave.lint.rooms import ROOMS
from weave.pages import breaks
from weave.pages.render import highlighted
from weave.sphinx_ext import base
from weave.sphinx_ext.source import SHOWN
from weave.story import PROOFS, Stage
from weave.trees.diff import ADDED, REMOVED


class ChapterDirective(base.WeaveDirective):
    """The opening: number, promise, and the status strip."""

    required_arguments = 1
    option_spec = {
        "promise": directives.unchanged,
        "read": directives.positive_int,
        "build": directives.positive_int,
        "needs": directives.unchanged,
    }

    def make(self) -> list[nodes.Node]:
        history = base.history()
        chapter = history.story.chapter(self.arguments[0])
        if chapter != self.chapter:
            raise WeaveError(
                "",
                None,
                f"the page opens the chapter {chapter.slug}",
                f"name its own slug, {self.env.docname.rpartition('/')[2]}",
            )
        stages = history.stages_of(chapter)
        opening = nodes.container(classes=["chapter-opening"])
        opening += base.raw(
            f'<p class="chapter-number"><span class="chapter-part">Part '
            f'{chapter.part}</span> <span class="chapter-n">{chapter.number}'
            f"</span></p>"
        )
        if self.options.get("promise"):
            opening += nodes.paragraph(
                "", "", *self.inline(self.options["promise"]), classes=["chapter-promise"]
            )
        opening += base.raw(self._strip(stages))
        if self.options.get("needs"):
            needs = nodes.paragraph(
                "",
                "",
                nodes.strong("", "Before this: "),
                *self.inline(self.options["needs"]),
                classes=["chapter-needs"],
            )
            opening += needs
        return [opening]

    def _strip(self, stages: list[Stage]) -> str:
        history = base.history()
        facts: list[tuple[str, str]] = []
        for name, unit in (("read", "to read"), ("build", "to build")):
            if name in self.options:
                facts.append((unit.capitalize(), f"{self.options[name]} min"))
        if stages:
            last, before = stages[-1], history.previous(stages[0])
            facts.append(
                (
                    "Stages" if len(stages) > 1 else "Stage",
                    ", ".join(f"<code>{s.name}</code>" for s in stages),
                )
            )
            tests, known = history.tests(last), {t.name for t in history.tests(before)}
            new = sum(t.name not in known for t in tests)
            facts.append(("Built and tested", f"{_tests(len(tests))}, {new} of them new"))
            added, removed = _change(stages)
            facts.append(("Code", f"+{added} −{removed} lines"))
            self._note(stages)
            uri = self.source_uri(last)
            if uri:
                facts.append(("Source", f'<a href="{escape(uri)}">browse or download</a>'))
        inner = "".join(f"<div><dt>{name}</dt> <dd>{value}</dd></div>" for name, value in facts)
        return f'<dl class="b-strip chapter-strip">{inner}</dl>'

    def _note(self, stages: list[Stage]) -> None:
        history = base.history()
        base.note_files(
            self.env,
            *{f for s in stages for f in history.changed_files(s)},
            *{t.file for t in history.tests(stages[-1])},
        )


def _tests(count: int) -> str:
    return f"{count} test" if count == 1 else f"{count} tests"


def _change(stages: list[Stage]) -> tuple[int, int]:
    """Lines of code/ added and removed over these stages, tests included, blanks not."""
    rows = [
        row
        for stage in stages
        for file in base.history().changed_files(stage)
        if file.startswith("code/")
        for row in base.history().diff(stage, file)
        if row.changed
    ]
    return (sum(row.kind == ADDED for row in rows), sum(row.kind == REMOVED for row in rows))


class MapDirective(base.WeaveDirective):
    """The rooms, those of this chapter lit, and what is born and changed in them."""

    has_content = False

    def make(self) -> list[nodes.Node]:
        history, stages = base.history(), self.stages
        touched = [
            (s, f) for s in stages for f in history.changed_files(s) if f.startswith("code/")
        ]
        base.note_files(self.env, *{file for _, file in touched})
        lit = {file.split("/")[1] for _, file in touched}
        here = {
            file.split("/")[1]
            for file in history.story.files_alive(stages[-1])
            if file.startswith("code/")
        }
        items = "".join(
            f'<li class="{"b-lit" if room in lit else "b-dim"}">{room}/'
            f"{'<span class=b-sr> (this chapter)</span>' if room in lit else ''}</li>"
            for room in ROOMS
            if room in here | lit
        )
        rooms = base.raw(
            f'<ol class="b-rooms" aria-label="Rooms of code/, lowest first">{items}</ol>'
        )
        head = ["File", "What happens", "Symbols", "Lines"]
        if len(stages) > 1:
            head.insert(1, "Stage")
        rows = [self._row(stage, file, len(stages) > 1) for stage, file in touched]
        return [rooms, base.table(head, rows, "b-map")] if rows else [rooms]

    def _row(self, stage: Stage, file: str, staged: bool) -> list[list[nodes.Node]]:
        history = base.history()
        before = history.alive(history.previous(stage), file)
        after = history.alive(stage, file)
        what = "changes" if before and after else "retires" if before else "is born"
        rows = [row for row in history.diff(stage, file) if row.changed]
        added = sum(row.kind == ADDED for row in rows)
        names = [] if what == "retires" else self._names(stage, file)
        name = nodes.literal("", file.removeprefix("code/"))
        at = history.previous(stage) if what == "retires" else stage
        uri = self.source_uri(at, file) if at and file.endswith(SHOWN) else ""
        cell: nodes.Node = nodes.reference("", "", name, refuri=uri, internal=True) if uri else name
        cells: list[list[nodes.Node]] = [
            [cell],
            [nodes.Text(what)],
            base.joined(names),
            [nodes.Text(f"+{added}\u00a0−{len(rows) - added}")],
        ]
        if staged:
            cells.insert(1, [nodes.literal("", stage.name)])
        return cells

    def _names(self, stage: Stage, file: str) -> list[nodes.Node]:
        if file.endswith(PROOFS):
            tests = [t for t in base.history().tests(stage) if t.file == file]
            return [nodes.Text(_tests(len(tests)))] if tests else []
        return [
            base.symbol_xref(self.env, s.qualified, s.qualified, [stage])
            for s in touched_symbols(stage, file)
        ]


def touched_symbols(stage: Stage, file: str) -> list[Symbol]:
    """The outermost symbols with a changed line; a class stands for its members."""
    history = base.history()
    lines = [row.new for row in history.diff(stage, file) if row.changed and row.new]
    out: dict[str, Symbol] = {}
    for symbol in history.index(stage).outermost(file):
        if any(symbol.holds(line) for line in lines) and "<" not in symbol.qualified:
            if symbol.scope not in out and "operator" not in symbol.name:
                out.setdefault(symbol.qualified, symbol)
    return list(out.values())


class InvariantDirective(base.WeaveDirective):
    """A named invariant; :inv: links to it, tests name it."""

    required_arguments = 1
    has_content = True

    def make(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if not lexer.INVARIANT.fullmatch(name):
            raise WeaveError(
                "",
                None,
                f"{name} is not an invariant's name",
                "write INV-, the stage, and a number: INV-CHANNEL-1",
            )
        label = name.lower().replace("_", "-")
        box = nodes.container(classes=["b-invariant"], ids=[label])
        box += nodes.paragraph("", "", nodes.inline("", name, classes=["b-id"]))
        self.nested(box)
        self.env.get_domain("std").note_object("invariant", name, label, location=box)
        return [box]


class ProofsDirective(base.WeaveDirective):
    """Which test proves which invariant of this page."""

    def make(self) -> list[nodes.Node]:
        names = [d.argument for d in self.directives() if d.name == "invariant"]
        if not names:
            raise WeaveError("", None, "the page has no invariant to prove", "add `.. invariant::`")
        tests = base.history().tests(self.stage)
        rows: list[list[list[nodes.Node]]] = []
        for name in names:
            proving = [t for t in tests if name in t.invariants]
            base.note_files(self.env, *{t.file for t in proving})
            if not proving:
                raise WeaveError(
                    "",
                    None,
                    f"no test names {name} at {self.stage}",
                    f"write `// {name}` right above the TEST that proves it",
                )
            links: list[nodes.Node] = []
            for test in proving:
                code, uri = (
                    nodes.literal("", test.name),
                    self.source_uri(self.stage, test.file, test.line),
                )
                links.append(
                    nodes.reference("", "", code, refuri=uri, internal=True) if uri else code
                )
            link = nodes.reference("", name, refid=name.lower().replace("_", "-"), internal=True)
            rows.append([[link], base.joined(links)])
        return [base.table(["Invariant", "Tests that prove it"], rows, "b-proofs")]


class RunDirective(base.WeaveDirective):
    """A command and what it prints; `weave outputs` runs it again."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {
        "stage": directives.unchanged,
        "in": directives.unchanged,
        "exit": directives.nonnegative_int,
    }

    def make(self) -> list[nodes.Node]:
        assert self.stage
        text = "\n".join([f"$ {self.arguments[0]}", *self.content])
        block = nodes.literal_block(text, text, language="console", classes=["b-console"])
        block["linenos"] = False
        return [nodes.container("", block, classes=["b-run"])]


class BreakItDirective(base.WeaveDirective):
    """One wrong line, why it is wrong, and the test that dies of it."""

    required_arguments = 1
    has_content = True
    option_spec = {
        "find": directives.unchanged_required,
        "replace": directives.unchanged,
        "dies": directives.unchanged_required,
        "stage": directives.unchanged,
    }

    def make(self) -> list[nodes.Node]:
        found = breaks.build(
            base.history(),
            self.arguments[0],
            self.options.get("find", ""),
            self.options.get("replace", ""),
            self.options.get("dies", ""),
            self.stage,
        )
        base.note_files(self.env, found.file)
        test = next(t for t in base.history().tests(found.stage) if t.name == found.dies)
        uri = self.source_uri(found.stage, test.file, test.line)
        code: nodes.Node = nodes.literal("", found.dies)
        code = nodes.reference("", "", code, refuri=uri, internal=True) if uri else code
        box = nodes.container(classes=["b-break"])
        box += base.raw(self._figure(found))
        box += nodes.paragraph(
            "", "", nodes.Text("The test that dies: "), code, classes=["b-where"]
        )
        return [self.nested(box)]

    def _figure(self, found: breaks.Break) -> str:
        old = highlighted(base.history().text(found.stage, found.file))
        gone = "".join(
            f'<del class="x-line x-del" data-o="{n}">{old[n - 1]}\n</del>'
            for n in range(found.line, found.line + len(found.before))
        )
        new = highlighted("\n".join(found.after)) if found.after else []
        come = "".join(
            f'<ins class="x-line x-add" data-n="{n}">{line}\n</ins>'
            for n, line in enumerate(new, found.line)
        )
        file = escape(found.file.removeprefix("code/"))
        taken = self.env.temp_data.setdefault("weave_breaks", [])
        taken.append(found.file)
        ident = f"x-break-{len(taken)}"
        return (
            f'<figure class="excerpt x-broken" id="{ident}" data-view="build"><figcaption>'
            f'<span class="x-where"><span class="x-file">{file}</span> · broken on purpose'
            '</span></figcaption><section class="x-code highlight"><pre tabindex="0" '
            f'role="group" aria-label="{file}, broken"><code>{gone}{come}</code></pre>'
            "</section></figure>"
        )


class MeasuredDirective(base.WeaveDirective):
    """Numbers that a machine measured, with where and when; not compared."""

    required_arguments = 1

    def make(self) -> list[nodes.Node]:
        folder = base.history().root / "chapters/measured"
        file = f"chapters/measured/{self.arguments[0]}.txt"
        base.note_files(self.env, file)
        try:
            text = (base.history().root / file).read_text(encoding="utf-8").rstrip()
        except OSError:
            known = [p.stem for p in folder.glob("*.txt")]
            raise WeaveError(
                "",
                None,
                f"{file} does not exist",
                did_you_mean(self.arguments[0], known, "write it with `./book bench --save`"),
            ) from None
        block = nodes.literal_block(text, text, language="text", classes=["b-measured"])
        return [nodes.container("", block, classes=["b-run"])]


def setup(app: Any) -> None:
    app.add_object_type("invariant", "inv", override=True)
    app.add_directive_to_domain("std", "invariant", InvariantDirective, override=True)
    for name, directive in (
        ("chapter", ChapterDirective),
        ("map", MapDirective),
        ("proofs", ProofsDirective),
        ("run", RunDirective),
        ("break-it", BreakItDirective),
        ("measured", MeasuredDirective),
    ):
        app.add_directive(name, directive)
