"""The small furniture of a page: folds, asides, questions, the card, the teacher's corner,
pictures.
"""

from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from bookext import dot, pictures, play
from bookext.nodes import make, raw, words


class Boxed(SphinxDirective):
    """A directive with an optional title and content."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def title(self, default=""):
        text = self.arguments[0] if self.arguments else default
        return words(self.state, text, self.lineno)

    def body(self):
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        return holder.children

    def serial(self, name):
        return f"{name}-{self.env.new_serialno(name) + 1}"


class Fold(Boxed):
    required_arguments, optional_arguments = 1, 0

    def run(self):
        return [
            make(
                "details",
                make("summary", *self.title()),
                make("div", *self.body(), class_="folded"),
                class_="fold",
            )
        ]


class Question(Boxed):
    required_arguments, optional_arguments = 1, 0

    def run(self):
        if not self.content:
            raise self.error("question has no answer — write it as the directive's content")
        answer = make("div", *self.body(), class_="folded")
        return [make("details", make("summary", *self.title()), answer, class_="question")]


class ForTeachers(Boxed):
    optional_arguments = 0

    def run(self):
        return [
            make(
                "details",
                make("summary", *words(self.state, "For teachers", self.lineno)),
                make("div", *self.body(), class_="folded"),
                class_="for-teachers",
            )
        ]


class Aside(Boxed):
    """Beside the text where there is room; in place, behind a labelled box, where there is not."""

    def run(self):
        ident = self.serial("aside")
        title = self.title("Aside")
        box = raw(f'<input type="checkbox" class="aside-box" id="{ident}">')
        heading = make("p", *[child.deepcopy() for child in title], class_="aside-title")
        return [
            make(
                "aside",
                box,
                make("label", *title, for_=ident),
                make("div", heading, *self.body(), class_="aside-body"),
                class_="margin",
                aria_label=self.arguments[0] if self.arguments else "Aside",
            )
        ]


class Card(Boxed):
    optional_arguments = 0

    def run(self):
        return [
            make(
                "section",
                make("p", *words(self.state, "On one card", self.lineno), class_="card-title"),
                *self.body(),
                class_="card",
                aria_label="Summary card",
            )
        ]


class Legend(SphinxDirective):
    def run(self):
        return [raw(pictures.gallery(str(self.env.srcdir)).legend())]


class Scene(Boxed):
    """A run of the real code, drawn from its trace, with the same run as text below it."""

    required_arguments, optional_arguments = 1, 0
    option_spec = {
        "alt": directives.unchanged_required,
        "question": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "live": directives.flag,
        "open": directives.flag,
    }

    def run(self):
        name = self.arguments[0]
        if "alt" not in self.options:
            raise self.error(
                f"scene {name} has no :alt: — say in a sentence or two what the picture shows"
            )
        self.env.note_dependency(str(Path(self.env.srcdir) / "build" / "scenes" / f"{name}.json"))
        try:
            scene = pictures.gallery(str(self.env.srcdir)).scene(name)
        except pictures.PictureError as error:
            raise self.error(str(error)) from None
        ident = self.serial(f"scene-{name}")
        live = "live" in self.options
        figure = make(
            "figure",
            class_="scene" + (" live" if live else ""),
            id=ident,
            style=f"--w:{scene.widths['narrow' if live else 'wide']}px",
        )
        if "question" in self.options:
            lead = make("span", nodes.Text("Before you look. "), class_="lead")
            figure += make(
                "p",
                lead,
                *words(self.state, self.options["question"], self.lineno),
                class_="scene-question",
            )
        figure += raw(self.live(scene, ident) if live else self.played(scene, ident))
        caption = words(self.state, self.options.get("caption", scene.title + "."), self.lineno)
        figure += make(
            "figcaption",
            *caption,
            raw(' <span class="from-run">Drawn from a run of the code.</span>'),
            make(
                "span",
                nodes.Text(" "),
                *words(self.state, ":ref:`How to read the pictures <pictures>`", self.lineno),
            ),
        )
        if self.content:
            figure += make(
                "details",
                raw("<summary>The answer</summary>"),
                make("div", *self.body(), class_="folded"),
                class_="answer",
            )
        steps = "".join(
            f'<li value="{event["seq"]}">{escape(event["words"])}</li>' for event in scene.sentences
        )
        figure += raw(
            '<details class="transcript"><summary>The same run as text</summary>'
            f"<ol>{steps}</ol></details>"
        )
        return [figure]

    def played(self, scene, ident):
        """The picture as it stands, and what the player needs to know."""
        view = f'<div class="scene-view">{scene.view(ident, self.options["alt"])}</div>'
        return play.element(
            self.env.srcdir, self.arguments[0], scene.threads, view, "open" in self.options
        )

    def live(self, scene, ident):
        """The picture that plays by itself, with a button that halts it."""
        narrow, style = scene.small(ident, self.options["alt"])
        pause = (
            f'<input type="checkbox" class="pause-box" id="{ident}-pause" '
            f'aria-label="Pause the picture"><label class="pause" for="{ident}-pause">'
            '<span class="when-moving">Pause</span><span class="when-still">Play</span></label>'
        )
        return f'<style>{style}</style>{pause}<div class="scene-view">{narrow}</div>'


class Picture(Boxed):
    """A Graphviz source of diagrams/, drawn at build in the book's colours."""

    required_arguments, optional_arguments = 1, 0
    option_spec = {"alt": directives.unchanged_required}

    def run(self):
        name = self.arguments[0]
        if "alt" not in self.options:
            raise self.error(
                f"picture {name} has no :alt: — say in a sentence or two what it shows"
            )
        path = Path(self.env.srcdir) / "diagrams" / f"{name}.dot"
        self.env.note_dependency(str(path))
        try:
            svg = dot.svg(path, self.options["alt"], self.serial(f"picture-{name}"))
        except dot.DotError as error:
            raise self.error(str(error)) from None
        caption = make("figcaption", *self.body()) if self.content else None
        return [
            make(
                "figure",
                raw(
                    '<div class="picture-view" tabindex="0" role="group" '
                    f'aria-label="Picture">{svg}</div>'
                ),
                *([caption] if caption else []),
                class_="picture",
                style=f"--w:{dot.width(svg)}px",
            )
        ]


def setup(app):
    for name, directive in (
        ("fold", Fold),
        ("question", Question),
        ("for-teachers", ForTeachers),
        ("aside", Aside),
        ("card", Card),
        ("legend", Legend),
        ("scene", Scene),
        ("picture", Picture),
        ("state-picture", Picture),
    ):
        app.add_directive(name, directive)
