"""State pictures: Graphviz sources become SVG in the book's type and colours.

A source says what is connected, not how it looks. In it, `class="leader"` (candidate, follower,
learner, down, accent, quiet) on a node or an edge picks a colour of the book.
"""

import re
import subprocess
from html import escape

LOOK = [
    "-Gbgcolor=transparent",
    "-Gfontname=Source Sans 3",
    "-Nfontname=Source Sans 3",
    "-Efontname=Source Sans 3",
    "-Gfontsize=13",
    "-Nfontsize=13",
    "-Efontsize=12",
    "-Gpad=0.05",
    "-Nshape=box",
    "-Nstyle=rounded",
    "-Nheight=0.35",
    "-Nmargin=0.14,0.07",
    "-Npenwidth=1.2",
    "-Epenwidth=1.2",
    "-Earrowsize=0.7",
    "-Granksep=0.45",
    "-Gnodesep=0.35",
]


PHONE = 360  # what fits on a narrow screen without shrinking


class DotError(Exception):
    """A picture that cannot be drawn; one line with its mend."""


def svg(path, alt, ident):
    """The source at `path` as inline SVG with `alt` as its description; turned for a phone if it is
    wide.
    """
    if not path.exists():
        raise DotError(
            f"{path.name}: there is no such file in {path.parent.name}/ — "
            "write it, or mend the name"
        )
    source = path.read_text(encoding="utf-8")
    wide = restyle(_draw(source, path.name), alt, ident)
    if width(wide) <= PHONE:
        return wide
    turned = re.sub(r"rankdir\s*=\s*\"?LR\"?", "rankdir=TB", source)
    narrow = restyle(_draw(turned, path.name), alt, ident + "-n")
    return wide.replace('class="dot"', 'class="dot dot-wide"', 1) + narrow.replace(
        'class="dot"', 'class="dot dot-narrow"', 1
    )


def width(picture):
    return int(re.findall(r'width="(\d+)"', picture)[0])


def _draw(source, name):
    try:
        done = subprocess.run(
            ["dot", "-Tsvg", *LOOK], input=source, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise DotError("dot: the program is not installed — apt-get install graphviz") from None
    if done.returncode:
        raise DotError(f"{name}: dot says: {done.stderr.strip().splitlines()[0]} — mend the source")
    return done.stdout


def restyle(text, alt, ident):
    """Graphviz's SVG without its fixed colours, tooltips and prolog; ids made unique."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"<title>.*?</title>", "", text, flags=re.S)
    text = re.sub(r'id="(\w+)"', rf'id="{ident}-\1"', text)
    for key in ("fill", "stroke"):
        text = re.sub(rf' {key}="(black|#000000)"', f' {key}="currentColor"', text)
    text = re.sub(
        r'<svg width="(\d+)pt" height="(\d+)pt"',
        lambda m: (
            f'<svg width="{int(int(m[1]) * 1.2)}" height="{int(int(m[2]) * 1.2)}" '
            'class="dot" role="img"'
            f' aria-labelledby="{ident}-alt"'
        ),
        text,
        count=1,
    )
    at = text.index(">") + 1
    return (text[:at] + f'<title id="{ident}-alt">{escape(alt)}</title>' + text[at:]).strip()
