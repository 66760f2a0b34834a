"""The book's pictures, drawn by the scripts that draw them in a page: tools/site/play/js/pictures.

Node is started once for all that a build shows, and what it drew is kept by content in build/pictures. A
picture is drawn with marks in the places of its name and its description; each page puts its own there.
"""

from __future__ import annotations

import functools
import json
import subprocess
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from weave.digests import digest, digest_of_files

from book.common.paths import ROOT
from book.common.refusal import Refusal
from book.scenes import colours

SITE = ROOT / "tools" / "site"
SCRIPTS = (SITE / "play" / "draw", SITE / "play" / "js" / "pictures")
# No text has these letters.
IDENT, DESCRIPTION = "\ue000", "\ue001"
ROOMS = ("base", "csp", "raftpb", "raft", "rafttest", "node")
Line = dict[str, Any]   # of JSON
STATES = {room: chr(0xE010 + number) for number, room in enumerate(ROOMS)}


@dataclass(frozen=True)
class Scene:
    """A trace, told and drawn. `threads`: does it have channels?"""

    title: str
    widths: dict[str, int]
    threads: bool
    sentences: list[dict[str, Any]]   # {seq, words}
    transcript: str
    wide: str
    narrow: str
    animation: str

    def view(self, ident: str, description: str) -> str:
        """Both layouts; the style sheet shows one."""
        return _named(self.wide, f"{ident}w", description) + _named(self.narrow, f"{ident}n", description)

    def small(self, ident: str, description: str) -> tuple[str, str]:
        """The layout for a phone alone, and the style that plays it."""
        return _named(self.narrow, f"{ident}n", description), _named(self.animation, ident)

    def standalone(self) -> str:
        """The wide layout as a file of its own: its style inside, light and dark by the viewer's preference."""
        rules = (SITE / "static" / "picture.css").read_text(encoding="utf-8")
        drawn = _named(self.wide, "scene", f"Space-time picture of {len(self.sentences)} events; the transcript follows.")
        return drawn.replace("<defs>", f"<style>{colours.standalone()}{rules}</style><defs>", 1) + "\n"


def _named(drawn: str, ident: str, description: str = "") -> str:
    return drawn.replace(IDENT, ident).replace(DESCRIPTION, escape(description))


def draw(questions: list[Line]) -> list[Line]:
    """The answers of tools/site/play/draw/draw.mjs."""
    try:
        done = subprocess.run(["node", SCRIPTS[0] / "draw.mjs"], input="\n".join(map(json.dumps, questions)), text=True,
                              encoding="utf-8", capture_output=True, check=False)
    except FileNotFoundError:
        raise Refusal("node is not installed, and it draws the pictures", "apt-get install nodejs") from None
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "Error" in line), done.stderr.strip() or f"exit code {done.returncode}")
        raise Refusal(f"node: {said}", "mend tools/site/play/draw")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _question(name: str, text: str) -> Line:
    return {"what": "scene", "name": name, "text": text, "ident": IDENT, "description": DESCRIPTION}


def _scene(answer: Line) -> Scene:
    if "complaint" in answer:
        raise Refusal(answer["complaint"])
    return Scene(**answer)


def scenes(texts: dict[str, str]) -> dict[str, Scene | Refusal]:
    """Of traces by name, each a Scene or the Refusal that says what is wrong."""
    found: dict[str, Scene | Refusal] = {}
    for name, answer in zip(texts, draw([_question(name, text) for name, text in texts.items()])):
        try:
            found[name] = _scene(answer)
        except Refusal as error:
            found[name] = error
    return found


def scene(name: str, text: str) -> Scene:
    """One trace, as its program printed it."""
    return _scene(draw([_question(name, text)])[0])


class Gallery:
    """All that the pages of a book show."""

    def __init__(self, answers: Line) -> None:
        self.answers = answers

    def scene(self, name: str) -> Scene:
        if name not in self.answers["scenes"]:
            raise Refusal(f"build/scenes/{name}.json: cannot be read", "build the scenes first")
        return _scene(self.answers["scenes"][name])

    def legend(self) -> str:
        return str(self.answers["legend"]["html"])

    def rooms(self, states: dict[str, str], ident: str, description: str) -> str:
        """The map of the rooms; `states` has a class for each, or none."""
        drawn = str(self.answers["rooms"]["html"])
        for room, mark in STATES.items():
            drawn = drawn.replace(f" {mark}", f" {states[room]}" if states[room] else "")
        return _named(drawn, ident, description)


@functools.cache
def gallery(srcdir: str) -> Gallery:
    """Drawn if anything has changed since the last build."""
    traces = {path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(srcdir) / "build" / "scenes").glob("*.json"))}
    place = Path(srcdir) / "build" / "pictures"
    kept = place / f"{digest(scripts(), json.dumps(traces))[:20]}.json"
    if not kept.exists():
        legend, rooms, *drawn = draw([
            {"what": "legend"}, {"what": "rooms", "states": STATES, "ident": IDENT, "description": DESCRIPTION},
            *(_question(f"build/scenes/{name}.json", text) for name, text in traces.items())])
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("*.json"):
            old.unlink()
        draft = kept.with_suffix(".draft")
        draft.write_text(json.dumps({"legend": legend, "rooms": rooms, "scenes": dict(zip(traces, drawn))}), encoding="utf-8")
        draft.replace(kept)
    return Gallery(json.loads(kept.read_text(encoding="utf-8")))


def scripts() -> str:
    """A digest of what draws."""
    return digest_of_files(sorted(path for folder in SCRIPTS for path in folder.iterdir()), SITE)
