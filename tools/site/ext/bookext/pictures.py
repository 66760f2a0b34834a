"""The pictures of all pages: drawn together, before the first page is read, and kept by content in
build/pictures. What draws one is tools/book/scenes/drawing.py.
"""

import functools
import json
from pathlib import Path

from sphinx.errors import ExtensionError

from book.scenes import drawing
from book.scenes.drawing import DESCRIPTION, IDENT, PictureError
from weave.digests import digest

ROOMS = ("base", "csp", "raftpb", "raft", "rafttest", "node")
STATES = {room: chr(0xE010 + number) for number, room in enumerate(ROOMS)}


class Gallery:
    """All that the pages of a book show."""

    def __init__(self, answers):
        self.answers = answers

    def scene(self, name):
        if name not in self.answers["scenes"]:
            raise PictureError(f"build/scenes/{name}.json: cannot be read — build the scenes first")
        return drawing.answered_scene(self.answers["scenes"][name])

    def legend(self):
        return self.answers["legend"]["html"]

    def rooms(self, states, ident, description):
        """The map of the rooms; `states` has a class for each, or none."""
        drawn = self.answers["rooms"]["html"]
        for room, mark in STATES.items():
            drawn = drawn.replace(f" {mark}", f" {states[room]}" if states[room] else "")
        return drawing.named(drawn, ident, description)


@functools.cache
def gallery(srcdir):
    """Drawn if anything has changed since the last build."""
    traces = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((Path(srcdir) / "build" / "scenes").glob("*.json"))
    }
    place = Path(srcdir) / "build" / "pictures"
    kept = place / f"{digest(drawing.scripts_digest(), json.dumps(traces))[:20]}.json"
    if not kept.exists():
        legend, rooms, *drawn = drawing.draw(
            [
                {"what": "legend"},
                {"what": "rooms", "states": STATES, "ident": IDENT, "description": DESCRIPTION},
                *(
                    drawing.question(f"build/scenes/{name}.json", text)
                    for name, text in traces.items()
                ),
            ]
        )
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("*.json"):
            old.unlink()
        draft = kept.with_suffix(".draft")
        draft.write_text(
            json.dumps({"legend": legend, "rooms": rooms, "scenes": dict(zip(traces, drawn))}),
            encoding="utf-8",
        )
        draft.replace(kept)
    return Gallery(json.loads(kept.read_text(encoding="utf-8")))


def hang(app):
    """Before anything is read, and before readers are many."""
    gallery.cache_clear()
    try:
        gallery(str(app.srcdir))
    except PictureError as error:
        raise ExtensionError(str(error)) from None


def setup(app):
    app.add_config_value(
        "book_pictures", drawing.scripts_digest(), "env"
    )  # pages are made anew when pictures are drawn in another way
    app.connect("builder-inited", hang)
