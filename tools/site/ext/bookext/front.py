"""The front page's own pieces: the floor plan of six parts, the three doors."""

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from bookext.directives import Boxed
from bookext.nodes import make, raw, words
from weave.story import STORY, load

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class FloorPlan(SphinxDirective):
    """The parts of the story as rooms of one house. A part with no chapter yet says so."""

    def run(self):
        story = load(self.env.srcdir)
        self.env.note_dependency(str(story.root / STORY))
        return [make("div", *[self.room(story, part) for part in story.parts], class_="floor-plan")]

    def room(self, story, part):
        chapters = [chapter for chapter in story.chapters if chapter.part == part.number]
        number = make("span", nodes.Text(f"Part {ROMAN[part.number]}"), class_="part-number")
        head = make("h3", number, nodes.Text(part.title))
        here = bool(chapters)
        rows = [self.chapter(chapter) for chapter in chapters]
        if not here:
            rows = [
                make("li", nodes.Text(chapter.title))
                for chapter in story.coming
                if chapter.part == part.number
            ]
        status = raw(f'<p class="part-status">{"Here" if here else "Still to be written"}</p>')
        body = [head, status, make("p", nodes.Text(part.promise), class_="part-promise")]
        if here:
            body.append(make("ol", *rows, class_="part-chapters", start=str(chapters[0].number)))
        elif rows:
            listing = make("ul", *rows, class_="part-chapters")
            body.append(make("details", raw("<summary>What it will cover</summary>"), listing))
        return make(
            "section",
            *body,
            class_=f"plan-room plan-{part.number} " + ("here" if here else "coming"),
        )

    def chapter(self, chapter):
        docname = f"chapters/{chapter.slug}"
        if docname not in self.env.found_docs:
            return make("li", nodes.Text(chapter.title))
        return make(
            "li",
            *words(self.state, f":doc:`{chapter.title} </{docname}>`", self.lineno),
            value=str(chapter.number),
        )


class StoryTree(SphinxDirective):
    """The chapters in the navigation, one hidden toctree for each part that has any."""

    def run(self):
        story = load(self.env.srcdir)
        self.env.note_dependency(str(story.root / STORY))
        lines = []
        for part in story.parts:
            pages = [
                f"   chapters/{chapter.slug}"
                for chapter in story.chapters
                if chapter.part == part.number
            ]
            if pages:
                lines += [
                    ".. toctree::",
                    "   :hidden:",
                    f"   :caption: Part {ROMAN[part.number]} · {part.title}",
                    "",
                    *pages,
                    "",
                ]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, source=STORY), 0, holder)
        return holder.children


class FrontScene(SphinxDirective):
    """The picture of the front page: the life of a Put, played gently."""

    scenes = ("put", "rendezvous")

    def run(self):
        found = next(
            (
                name
                for name in self.scenes
                if (Path(self.env.srcdir) / "build" / "scenes" / f"{name}.json").exists()
            ),
            self.scenes[0],
        )
        alt = {
            "put": "One Put on its way through the node: the client's thread, the loop and the "
            "application, and what each "
            "hands to the next, until the entry is applied.",
            "rendezvous": "Two threads meet on a channel: one sends, one receives, "
            "neither goes on alone.",
        }[found]
        lines = [f".. scene:: {found}", "   :live:", f"   :alt: {alt}"]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, source="front page"), 0, holder)
        return holder.children


class Door(Boxed):
    """One of the ways in: a title, what is behind it, where it leads."""

    required_arguments, optional_arguments = 1, 0
    option_spec = {"to": directives.unchanged_required, "label": directives.unchanged_required}

    def run(self):
        if "to" not in self.options:
            raise self.error("door leads nowhere — add :to: with a page")
        link = f":doc:`{self.options.get('label', self.arguments[0])} <{self.options['to']}>`"
        go = make("p", *words(self.state, link, self.lineno), class_="door-link")
        return [make("section", make("h3", *self.title()), *self.body(), go, class_="way-in")]


class Block(Boxed):
    """Content in one <div> with a class: `.. block:: hero`."""

    required_arguments, optional_arguments = 1, 0

    def run(self):
        return [make("div", *self.body(), class_=self.arguments[0])]


def setup(app):
    app.add_directive("floor-plan", FloorPlan)
    app.add_directive("front-scene", FrontScene)
    app.add_directive("story-tree", StoryTree)
    app.add_directive("door", Door)
    app.add_directive("block", Block)
