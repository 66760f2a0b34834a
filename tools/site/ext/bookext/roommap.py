"""The node and its rooms: a client, the doors that are channels, the loop, the core, and what they stand on.

`svg(lit)` draws it with the chapter's rooms lit. A room that no chapter
has built yet is drawn in thin dashes.
"""

from html import escape

from bookext.shapes import el, num, text

DOORS = ("propc", "recvc", "tickc", "status", "stop")   # into the loop
OUT = ("readyc", "advancec")                            # between the loop and the application
FOUNDATIONS = ("base", "csp", "raftpb", "raft", "rafttest", "node")
SAY = {"base": "checks, errors", "csp": "channels, select", "raftpb": "messages, entries", "raft": "the core", "rafttest": "conversations",
       "node": "doors and loop"}
W, H = 700, 372


def _box(x, y, w, h, label, class_="", small="", rx=6):
    lines = text(x + w / 2, y + h / 2 + (-1 if small else 5), label, "room-name")
    if small:
        lines += text(x + w / 2, y + h / 2 + 15, small, "room-say")
    return el("g", el("rect", x=float(x), y=float(y), width=float(w), height=float(h), rx=float(rx)) + lines, class_=f"room {class_}".strip())


def _arrow(x1, y1, x2, y2, class_="way"):
    """A line with its head drawn, so that no marker id is needed."""
    flat = abs(y2 - y1) < 1
    sign = (1 if x2 > x1 else -1) if flat else (1 if y2 > y1 else -1)
    head = (f"M{num(x2 - 7 * sign)} {num(y2 - 4)}L{num(x2)} {num(y2)}L{num(x2 - 7 * sign)} {num(y2 + 4)}z" if flat else
            f"M{num(x2 - 4)} {num(y2 - 7 * sign)}L{num(x2)} {num(y2)}L{num(x2 + 4)} {num(y2 - 7 * sign)}z")
    return el("path", d=f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}", class_=class_) + el("path", d=head, class_="way-head")


def svg(lit=(), there=FOUNDATIONS, alt="", ident="rooms"):
    """The map, laid out twice; the style sheet shows one. `lit`: this chapter's rooms; `there`: those that exist by then."""
    lit, there = set(lit), set(there) | set(lit)
    missing = [room for room in FOUNDATIONS if room not in there]
    told = ", ".join(room for room in FOUNDATIONS if room in lit)
    alt = alt or ("The node: clients reach the loop through the doors propc, recvc, tickc, status and stop; the loop drives RawNode "
                  "and meets the application at readyc and advancec. Below, the rooms base, csp, raftpb, raft, rafttest and node."
                  + (f" Lit in this chapter: {told}." if told else "")
                  + (f" Not built yet: {', '.join(missing)}." if missing else ""))

    def state(room):
        return "lit" if room in lit else "" if room in there else "absent"

    return ('<div class="rooms-view">' + _wrap(_wide(state), W, H, alt, ident + "-w", "rooms-wide")
            + _wrap(_narrow(state), 350, 560, alt, ident + "-n", "rooms-narrow") + "</div>")


def _wrap(parts, width, height, alt, ident, class_):
    return el("svg", el("title", escape(alt), id=f"{ident}-alt") + "".join(parts), xmlns="http://www.w3.org/2000/svg",
              viewBox=f"0 0 {width} {height}", width=width, height=height, class_=f"rooms {class_}", role="img",
              aria_labelledby=f"{ident}-alt")


def _wide(state):
    node = state("node")
    parts = [el("rect", x=162.0, y=12.0, width=372.0, height=228.0, rx=10.0, class_=f"house {node}"),
             text(176, 33, "Node", "house-name", "start"),
             _box(8, 90, 100, 88, "callers", "outside", "any thread")]
    for i, door in enumerate(DOORS):
        y = 46 + i * 37
        parts.append(el("path", d=f"M108 134C114 134 112 {y + 13} 119 {y + 13}", class_="way"))
        parts.append(_door(120, y, 84, door, node) + _arrow(204, y + 13, 246, y + 13))
    parts += [_box(247, 46, 104, 178, "loop", node, "one thread"),
              _arrow(351, 124, 392, 124), _arrow(392, 146, 351, 146),
              _box(393, 92, 124, 86, "RawNode", state("raft"), "pure core")]
    parts += [_arrow(351, 59, 486, 59), _door(487, 46, 94, OUT[0], node), _arrow(581, 59, 603, 59),
              _arrow(486, 211, 351, 211), _door(487, 198, 94, OUT[1], node), _arrow(603, 211, 581, 211),
              _box(604, 46, 90, 178, "application", "outside", "one thread")]
    width = (W - 16 - (len(FOUNDATIONS) - 1) * 8) / len(FOUNDATIONS)
    parts.append(text(8, 276, "rooms of code/, each standing on those to its left", "room-say", "start"))
    parts += [_box(8 + i * (width + 8), 290, width, 66, room, "floor " + state(room), SAY[room]) for i, room in enumerate(FOUNDATIONS)]
    return parts


def _narrow(state):
    node = state("node")
    parts = [el("rect", x=4.0, y=84.0, width=342.0, height=226.0, rx=10.0, class_=f"house {node}"),
             text(334, 298, "Node", "house-name", "end"), _box(4, 4, 342, 48, "callers", "outside", "any thread")]
    for i, door in enumerate(DOORS):
        x = 8 + i * 68
        parts += [_arrow(x + 31, 52, x + 31, 70), _door(x, 71, 63, door, node), _arrow(x + 31, 97, x + 31, 125)]
    parts += [_box(14, 126, 322, 56, "loop", node, "one thread"), _arrow(244, 182, 244, 213), _arrow(276, 213, 276, 182),
              _box(184, 214, 152, 60, "RawNode", state("raft"), "pure core"),
              _arrow(50, 182, 50, 296), _door(8, 297, 84, OUT[0], node), _arrow(50, 323, 50, 351),
              _arrow(138, 296, 138, 182), _door(96, 297, 84, OUT[1], node), _arrow(138, 351, 138, 323),
              _box(4, 352, 342, 48, "application", "outside", "one thread"),
              text(4, 436, "rooms of code/, each standing on those before it", "room-say", "start")]
    for i, room in enumerate(FOUNDATIONS):
        x, y, w = 4 + (i % 3) * 116, 448 + (i // 3) * 56, 110
        parts.append(_box(x, y, w, 48, room, "floor " + state(room)))
    return parts


def _door(x, y, w, name, state):
    return el("g", el("rect", x=float(x), y=float(y), width=float(w), height=26.0, rx=13.0)
              + text(x + w / 2, y + 17.5, name, "door-name"), class_=f"door {state}".strip())
