"""Pictures, drawn by the scripts that draw them in a page: tools/site/play/js/pictures.

Node is started once for all that are asked for at a time. A picture is drawn with marks in the
places of its name and its description; whoever shows it puts its own there.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from book.common.paths import ROOT
from book.scenes import colours
from weave.digests import digest_of_files

SITE = ROOT / "tools" / "site"
SCRIPTS = (SITE / "play" / "draw", SITE / "play" / "js" / "pictures")
# No text has these letters.
IDENT, DESCRIPTION = "\ue000", "\ue001"


class PictureError(Exception):
    """A picture that cannot be drawn. The message is one line and says how to mend it."""


@dataclass(frozen=True)
class Scene:
    """A trace, told and drawn. `threads`: does it have channels?"""

    title: str
    widths: dict[str, Any]
    threads: bool
    sentences: list[dict[str, Any]]  # {seq, words}
    transcript: str
    wide: str
    narrow: str
    animation: str

    def view(self, ident: str, description: str) -> str:
        """Both layouts; the style sheet shows one."""
        return named(self.wide, f"{ident}w", description) + named(
            self.narrow, f"{ident}n", description
        )

    def small(self, ident: str, description: str) -> tuple[str, str]:
        """The layout for a phone alone, and the style that plays it."""
        return named(self.narrow, f"{ident}n", description), named(self.animation, ident)

    def standalone(self) -> str:
        """The wide layout as a file of its own: its style inside, light and dark by the viewer's
        preference."""
        rules = (SITE / "static" / "picture.css").read_text(encoding="utf-8")
        description = f"Space-time picture of {len(self.sentences)} events; the transcript follows."
        style = f"<style>{colours.standalone()}{rules}</style>"
        return named(self.wide, "scene", description).replace("<defs>", style + "<defs>", 1) + "\n"


def named(drawn: str, ident: str, description: str = "") -> str:
    return drawn.replace(IDENT, ident).replace(DESCRIPTION, escape(description))


def draw(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The answers of tools/site/play/draw/draw.mjs."""
    try:
        done = subprocess.run(
            ["node", SCRIPTS[0] / "draw.mjs"],
            input="\n".join(map(json.dumps, questions)),
            text=True,
            encoding="utf-8",
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise PictureError(
            "node: the program is not installed, and it draws the pictures — apt-get install nodejs"
        ) from None
    if done.returncode:
        said = next(
            (line for line in done.stderr.splitlines() if "Error" in line),
            done.stderr.strip() or f"exit code {done.returncode}",
        )
        raise PictureError(f"node: {said} — mend tools/site/play/draw")
    return [json.loads(line) for line in done.stdout.splitlines()]


def question(name: str, text: str) -> dict[str, str]:
    """What asks for one trace's picture."""
    return {"what": "scene", "name": name, "text": text, "ident": IDENT, "description": DESCRIPTION}


def answered_scene(answer: Mapping[str, Any]) -> Scene:
    if "complaint" in answer:
        raise PictureError(answer["complaint"])
    return Scene(**answer)


def scenes(texts: Mapping[str, str]) -> dict[str, Scene | PictureError]:
    """Of traces by name, each a Scene or the PictureError that says what is wrong."""
    found: dict[str, Scene | PictureError] = {}
    for name, answer in zip(texts, draw([question(name, text) for name, text in texts.items()])):
        try:
            found[name] = answered_scene(answer)
        except PictureError as error:
            found[name] = error
    return found


def scene(name: str, text: str) -> Scene:
    """One trace, as its program printed it."""
    return answered_scene(draw([question(name, text)])[0])


def scripts_digest() -> str:
    """Of what draws."""
    return digest_of_files(sorted(path for folder in SCRIPTS for path in folder.iterdir()), SITE)
