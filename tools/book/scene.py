"""One scene of a page, run in the terminal: the same trace as the picture's, told as text or drawn."""
from __future__ import annotations

import sys
from pathlib import Path

from weave.errors import did_you_mean

from book import say, scenario, site
from book.paths import ROOT, shown
from book.say import Refusal


def main(name: str, svg: Path | None) -> None:
    """Builds the scene's program, runs it, and tells what happened."""
    tree = site.stage_tree()
    names = site.picture_names(tree)
    if name not in names:
        raise Refusal(f"there is no scene {name}",
                      did_you_mean(name, names, "diagrams/scenes and diagrams/scenarios hold them"))
    step_kind = say.Step if say.console.is_terminal else say.Quiet  # what follows may be piped on
    with step_kind("Building the scenes' programs") as step:
        programs = site.build_scenes(tree, step.at, only=name)
    told = site.run_picture(programs, name)

    sys.path.insert(0, str(ROOT / "tools" / "site" / "ext"))
    from bookext import pictures
    try:
        run = pictures.scene(name, told)
    except pictures.PictureError as error:
        raise Refusal(str(error)) from None
    print(run.transcript, end="")
    if name in scenario.names():
        say.line(f"\nThe conversation: ./book scenario diagrams/scenarios/{name}.txt", "dim")
    if svg:
        svg.write_text(run.standalone(), encoding="utf-8")
        say.line(f"The picture is in {shown(svg)}.")
