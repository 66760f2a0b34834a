"""The small vocabulary of every picture: escaping, text, badges for a node's state, logs as strips.

One colour and one shape for each state, the same in the whole book. Colours are CSS variables, so
that light, dark and print each tune them; the shape says the same to who sees no colour.
"""

from html import escape
from math import cos, pi, sin

TINTS = 6  # terms are bands of tint; after six they start again, and the number is always written


def num(value):
    """A coordinate, short."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def el(tag, body="", **attributes):
    """One SVG element; `class_` is class, other underscores become hyphens."""
    parts = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{num(value) if isinstance(value, float) else escape(str(value))}"'
        for key, value in attributes.items() if value is not None)
    return f"<{tag}{parts}>{body}</{tag}>" if body or tag in ("g", "text", "title", "desc") else f"<{tag}{parts}/>"


def text(x, y, words, class_="", anchor="middle"):
    return el("text", escape(words), x=float(x), y=float(y), class_=class_ or None,
              text_anchor=None if anchor == "start" else anchor)


def wrap(words, limit):
    """Lines of at most `limit` characters; a longer word is cut where it must be."""
    lines, line = [], ""
    for word in words.split():
        while len(word) > limit:
            if line:
                lines.append(line)
                line = ""
            # Code breaks after an opening, a comma or an equals sign, and before a full stop, if it can.
            places = [n for n in range(1, limit + 1) if word[n] == "." or word[n - 1] in ",=" or word[n - 1] == "(" and word[n] != ")"]
            cut = places[-1] if places else limit
            lines.append(word[:cut])
            word = word[cut:]
        if line and len(line) + 1 + len(word) > limit:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line] if line else lines


def polygon(x, y, radius, corners, turn):
    points = ((x + radius * cos(turn + 2 * pi * i / corners), y + radius * sin(turn + 2 * pi * i / corners))
              for i in range(corners))
    return " ".join(f"{num(px)},{num(py)}" for px, py in points)


def badge(state, x, y, r=8.0):
    """The shape of a state: hexagon leads, diamond asks, circle follows, triangle learns, cross is down."""
    mark = {"class_": f"badge s-{state}"}
    if state == "leader":
        return el("polygon", points=polygon(x, y, r * 1.15, 6, 0), **mark)
    if state in ("candidate", "precandidate"):
        return el("polygon", points=polygon(x, y, r * 1.2, 4, 0), **mark)
    if state == "learner":
        return el("polygon", points=polygon(x, y + r * 0.15, r * 1.25, 3, -pi / 2), **mark)
    if state == "down":
        d = r * 0.75
        return el("path", d=f"M{num(x - d)} {num(y - d)}l{num(2 * d)} {num(2 * d)}m0 {num(-2 * d)}l{num(-2 * d)} {num(2 * d)}",
                  **mark)
    return el("circle", cx=float(x), cy=float(y), r=float(r), **mark)


def log_strip(x, y, terms, first=1, commit=0, box=17.0):
    """A log: one box an entry, tinted by term, the term inside; a line under what is committed."""
    parts = []
    for i, term in enumerate(terms):
        left = x + i * box
        parts.append(el("rect", x=float(left), y=float(y), width=box, height=box, class_=f"entry t{term % TINTS}"))
        parts.append(text(left + box / 2, y + box * 0.72, str(term), "entry-term"))
    committed = max(0, min(commit - first + 1, len(terms)))
    if committed:
        parts.append(el("path", d=f"M{num(x)} {num(y + box + 3.5)}h{num(committed * box)}", class_="commit"))
    return "".join(parts)
