"""`.. exercises::` — every exercise of the page's chapter, from exercises/CHAPTER/*/exercise.toml.

What the page shows and what `./book` hands out are read from the same files. A field that is
missing or misspelt stops the build with the file's name.
"""

import re
import tomllib
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from book.common.refusal import Refusal
from book.exercises import model
from bookext import practice
from bookext.nodes import make, raw, words
from weave import story

KINDS = {
    "fill": "Fill: write the body that is missing from the real node.",
    "predict": "Predict: say what the program will print before you run it.",
    "compose": "Compose: write the situation that leads to a named outcome.",
    "hunt": "Hunt: one bug is planted. Find it, mend it, name what it breaks.",
    "kill": "Kill: write a test that passes on the right node and fails on every wrong one.",
}
HINTS = ("First hint: a nudge", "Second hint: where to look", "Third hint: almost there")


class ExerciseError(Exception):
    """An exercise that cannot be shown; one line with its mend."""


def load(folder):
    """The fields of one exercise, checked."""
    path = folder / "exercise.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise ExerciseError(f"{path}: cannot be read — write it, or remove the folder") from None
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(f"{path}: is not TOML ({error}) — mend that line") from None
    for key in ("title", "kind", "stage", "stars", "minutes", "hints"):
        if key not in data:
            raise ExerciseError(f"{path}: has no {key} — add it")
    if data["kind"] not in KINDS:
        raise ExerciseError(f"{path}: kind is {data['kind']!r} — use one of {', '.join(KINDS)}")
    if not isinstance(data["stars"], int) or not 1 <= data["stars"] <= 5:
        raise ExerciseError(f"{path}: stars is {data['stars']!r} — give a number from 1 to 5")
    if len(data["hints"]) != 3:
        raise ExerciseError(
            f"{path}: has {len(data['hints'])} hints — write three: a nudge, where to look, almost"
        )
    if not (folder / "brief.rst").exists():
        raise ExerciseError(f"{folder}: has no brief.rst — write what is asked")
    return data


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
        root = Path(self.env.srcdir)
        home = root / "exercises" / slug
        folders = sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else []
        try:
            found = [
                (folder, load(folder))
                for folder in folders
                if not folder.name.startswith((".", "__"))
            ]
        except ExerciseError as error:
            raise self.error(str(error).replace(f"{root}/", "")) from None
        if not found:
            raise self.error(
                f"exercises/{slug}/ has no exercise — add one, or remove the directive"
            )
        found.sort(key=lambda item: (item[1]["stars"], item[1]["minutes"], item[0].name))
        return [self.show(folder, data, slug) for folder, data in found]

    def show(self, folder, data, chapter):
        for file in folder.iterdir():
            self.env.note_dependency(str(file))
        ident = f"{chapter}/{folder.name}"
        stars = data["stars"]
        kind = data["kind"]
        meta = [
            raw(f'<span class="kind k-{kind}" title="{KINDS[kind]}">{kind.capitalize()}</span>'),
            raw(
                f'<span class="stars" role="img" aria-label="{stars} of 5 stars">'
                f"{'★' * stars}{'☆' * (5 - stars)}</span>"
            ),
            raw(f'<span class="minutes">{data["minutes"]} minutes</span>'),
            raw(f'<span class="at-stage">stage {data["stage"]}</span>'),
        ]
        if data.get("invariant") and kind != "hunt":  # a hunter is to find out
            meta.append(
                make("span", *words(self.state, f":inv:`{data['invariant']}`", self.lineno))
            )
        commands = "\n".join(f"$ ./book {verb} {ident}" for verb in ("start", "check"))
        block = nodes.literal_block(commands, commands, language="console")
        hints = [
            make(
                "details",
                make("summary", nodes.Text(title)),
                plain(story.load(self.env.srcdir).plain(text)),
                class_="hint",
            )
            for title, text in zip(HINTS, data["hints"])
        ]
        solution = make(
            "details",
            raw("<summary>Solution</summary>"),
            make("div", *self.solution(folder, data, ident), class_="folded"),
            class_="solution",
        )
        try:
            editor = practice.editor(self.env.srcdir, folder)
        except Refusal as refusal:
            raise self.error(str(refusal)) from None
        title = make("h3", nodes.Text(data["title"]))
        return make(
            "article",
            title,
            make("p", *meta, class_="exercise-meta"),
            self.rst(
                (folder / "brief.rst").read_text(encoding="utf-8"), folder / "brief.rst", "brief"
            ),
            *self.program(folder, kind),
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

    def solution(self, folder, data, ident):
        from weave.errors import WeaveError

        maker = getattr(self, "_" + data["kind"])
        try:
            parts = maker(folder, data)
        except (ExerciseError, WeaveError) as error:
            raise self.error(str(error)) from None
        last = f"``./book solution {ident}`` puts it into your folder."
        return [*parts, make("p", *words(self.state, last, self.lineno))]

    def program(self, folder, kind):
        """Whoever predicts what a program prints reads it."""
        if kind != "predict" or not (folder / "program.cpp").exists():
            return []
        return [
            make(
                "details",
                raw("<summary>program.cpp</summary>"),
                make("div", self.file(folder, "program.cpp", "cpp"), class_="folded"),
                class_="program",
                open="open",
            )
        ]

    def code(self, text, language="cpp"):
        return nodes.literal_block(text, text, language=language)

    def say(self, text):
        return make("p", *words(self.state, text, self.lineno))

    def _fill(self, folder, data):
        from weave.story import load as load_story
        from weave.trees import emit, symbol_index

        story = load_story(self.env.srcdir)
        index = symbol_index.index(data["stage"], story=story)
        shown = []
        for hole in data.get("hole", []):
            symbol = index.find(hole["symbol"])
            lines = emit.file_at(symbol.file, data["stage"], story).splitlines()[
                symbol.first_line - 1 : symbol.last_line
            ]
            shown += [
                self.say(f"``{symbol.file}``, :sym:`{hole['symbol']}`:"),
                self.code("\n".join(lines)),
            ]
        if not shown:
            raise ExerciseError(
                f"{folder.name}: a Fill without a [[hole]] — name the symbol whose body is missing"
            )
        return shown

    def _hunt(self, folder, data):
        shown = []
        for bug in data.get("bug", []):
            shown += [
                self.say(f"The planted lines stand in ``{bug['file']}``:"),
                self.code(bug["replace"].strip("\n")),
                self.say("The right ones are:"),
                self.code(bug["find"].strip("\n")),
            ]
        if not shown:
            raise ExerciseError(
                f"{folder.name}: a Hunt without a [[bug]] — "
                "say what is planted, by find and replace"
            )
        if data.get("invariant"):
            shown.append(self.say(f"The broken invariant is :inv:`{data['invariant']}`."))
        return shown

    def _kill(self, folder, data):
        return [self.code(model.load(folder).written_test("solution.cpp").strip("\n"))]

    def _compose(self, folder, data):
        return [self.file(folder, "solution.txt", "text")]

    def _predict(self, folder, data):
        for name in ("solution.txt", "scenario.txt"):
            if (folder / name).exists():
                return [self.file(folder, name, "text")]
        return [
            self.say(
                "The solution is what the program prints; ``./book solution`` runs it for you."
            )
        ]

    def file(self, folder, name, language):
        path = folder / name
        if not path.exists():
            raise ExerciseError(f"{folder.name}: has no {name} — write the solution")
        return self.code(path.read_text(encoding="utf-8").strip("\n"), language)


def setup(app):
    app.add_directive("exercises", Exercises)
