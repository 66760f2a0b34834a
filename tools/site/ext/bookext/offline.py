"""Reading without a network: tools/site/play/sw.js stands at the root of the site, and serves all
that is below. Pages ask for it when a scene or an exercise is first used; see
tools/site/play/js/offline.js.
"""

import shutil
from pathlib import Path

from bookext import play

NAME = "sw.js"


def place(app):
    target = Path(app.outdir) / NAME
    target.unlink(missing_ok=True)
    if play.module(app.srcdir).exists():
        shutil.copyfile(Path(app.srcdir).joinpath(*play.SCRIPTS, NAME), target)


def setup(app):
    app.connect("builder-inited", place)
