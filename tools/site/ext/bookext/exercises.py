"""`.. exercises::` — every exercise of the page's chapter, from exercises/CHAPTER/*/exercise.toml.

What the page shows and what `./book` hands out are read from the same files. A field that is
missing or misspelt stops the build with the file's name.
"""

import re
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from book.common.refusal import Refusal
from book.exercises import model
from bookext import practice
from bookext.nodes import make, raw, words
from weave import story
from weave.errors import WeaveError
from weave.trees import emit, symbol_index

KINDS = {
    "fill": "Fill: write the body that is missing from the real node.",
    "predict": "Predict: say what the program will print before you run it.",
    "compose": "Compose: write the situation that leads to a named outcome.",
    "hunt": "Hunt: one bug is planted. Find it, mend it, name what it breaks.",
    "kill": "Kill: write a test that passes on the right node and fails on every wrong one.",
}
HINTS = ("First hint: a nudge", "Second hint: where to look", "Third hint: almost there")


def plain(text):
    """A hint: it is also printed in a terminal, so only its `code` is marked up."""
    paragraphs = []
    for block in re.split(r"\n\s*\n", text.strip()):
        pieces = re.split(r"``?([^`]+)``?", " ".join(block.split()))
        paragraphs.append(
            make(
                "p",
                *[
                    nodes.literal("", piece) if i % 2 else nodes.Text(piece)
                    for i, piece in enumerate(pieces)
                    if piece
                ],
            )
        )
    return make("div", *paragraphs, class_="folded")


class Exercises(SphinxDirective):
    def run(self):
        slug = Path(self.env.docname).name
        home = Path(self.env.srcdir) / "exercises" / slug
        try:
            found = [model.load(file.parent) for file in sorted(home.glob(f"*/{model.FILE}"))]
        except Refusal as refusal:
            raise self.error(str(refusal)) from None
        if not found:
            raise self.error(
                f"exercises/{slug}/ has no exercise — add one, or remove the directive"
            )
        found.sort(key=lambda exercise: (exercise.stars, exercise.minutes, exercise.path.name))
        return [self.show(exercise) for exercise in found]

    def show(self, exercise):
        folder, stars, kind = exercise.path, exercise.stars, exercise.kind
        for file in folder.iterdir():
            self.env.note_dependency(str(file))
        meta = [
            raw(f'<span class="kind k-{kind}" title="{KINDS[kind]}">{kind.capitalize()}</span>'),
            raw(
                f'<span class="stars" role="img" aria-label="{stars} of 5 stars">'
                f"{'★' * stars}{'☆' * (5 - stars)}</span>"
            ),
            raw(f'<span class="minutes">{exercise.minutes} minutes</span>'),
            raw(f'<span class="at-stage">stage {exercise.stage}</span>'),
        ]
        if exercise.invariant and kind != "hunt":  # a hunter is to find out
            meta.append(
                make("span", *words(self.state, f":inv:`{exercise.invariant}`", self.lineno))
            )
        commands = "\n".join(f"$ ./book {verb} {exercise.id}" for verb in ("start", "check"))
        block = nodes.literal_block(commands, commands, language="console")
        hints = [
            make(
                "details",
                make("summary", nodes.Text(title)),
                plain(text),
                class_="hint",
            )
            for title, text in zip(HINTS, exercise.hints, strict=True)
        ]
        solution = make(
            "details",
            raw("<summary>Solution</summary>"),
            make("div", *self.solution(exercise), class_="folded"),
            class_="solution",
        )
        try:
            editor = practice.editor(self.env.srcdir, exercise)
        except Refusal as refusal:
            raise self.error(str(refusal)) from None
        title = make("h3", nodes.Text(exercise.title))
        return make(
            "article",
            title,
            make("p", *meta, class_="exercise-meta"),
            self.rst(exercise.text("brief.rst"), folder / "brief.rst", "brief"),
            *self.program(exercise),
            block,
            *editor,
            *hints,
            solution,
            class_="exercise",
            id="exercise-" + folder.name,
        )

    def rst(self, text, source, class_):
        """Text of another file, parsed here, without a title at its top: the page has its own."""
        lines = text.strip("\n").splitlines()
        if len(lines) > 1 and re.fullmatch(r"([=\-~^*])\1+", lines[1].strip() or " "):
            lines = lines[2:]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, source=str(source)), 0, holder)
        return make("div", *holder.children, class_=class_)

    def solution(self, exercise):
        try:
            parts = getattr(self, "_" + exercise.kind)(exercise)
        except WeaveError as error:
            raise self.error(str(error)) from None
        last = f"``./book solution {exercise.id}`` puts it into your folder."
        return [*parts, make("p", *words(self.state, last, self.lineno))]

    def program(self, exercise):
        """Whoever predicts what a program prints reads it."""
        if exercise.kind != "predict" or not (exercise.path / "program.cpp").exists():
            return []
        return [
            make(
                "details",
                raw("<summary>program.cpp</summary>"),
                make("div", self.file(exercise, "program.cpp", "cpp"), class_="folded"),
                class_="program",
                open="open",
            )
        ]

    def code(self, text, language="cpp"):
        return nodes.literal_block(text, text, language=language)

    def say(self, text):
        return make("p", *words(self.state, text, self.lineno))

    def _fill(self, exercise):
        told = story.load(self.env.srcdir)
        index = symbol_index.index(exercise.stage, story=told)
        shown = []
        for hole in exercise.holes:
            symbol = index.find(hole.symbol)
            lines = emit.file_at(symbol.file, exercise.stage, told).splitlines()[
                symbol.first_line - 1 : symbol.last_line
            ]
            shown += [
                self.say(f"``{symbol.file}``, :sym:`{hole.symbol}`:"),
                self.code("\n".join(lines)),
            ]
        return shown

    def _hunt(self, exercise):
        shown = []
        for bug in exercise.bugs:
            shown += [
                self.say(f"The planted lines stand in ``{bug.file}``:"),
                self.code(bug.replace.strip("\n")),
                self.say("The right ones are:"),
                self.code(bug.find.strip("\n")),
            ]
        return [*shown, self.say(f"The broken invariant is :inv:`{exercise.invariant}`.")]

    def _kill(self, exercise):
        return [self.code(exercise.written_test("solution.cpp").strip("\n"))]

    def _compose(self, exercise):
        return [self.file(exercise, "solution.txt", "text")]

    def _predict(self, exercise):
        for name in ("solution.txt", model.SCENARIO):
            if (exercise.path / name).exists():
                return [self.file(exercise, name, "text")]
        return [
            self.say(
                "The solution is what the program prints; ``./book solution`` runs it for you."
            )
        ]

    def file(self, exercise, name, language):
        return self.code(exercise.text(name).strip("\n"), language)


def setup(app):
    app.add_directive("exercises", Exercises)
