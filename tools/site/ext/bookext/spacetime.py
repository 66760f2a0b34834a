"""Draws a trace as a space-time picture: lanes are columns, time runs down, a hand-off is an arrow.

    python3 -m bookext.spacetime --text FILE.json     the transcript (golden file of a scene)
    python3 -m bookext.spacetime --svg FILE.json      a picture that stands alone, light and dark

One row an event, numbered like the transcript. A page gets the picture twice, laid out for a wide
column and for a phone, and shows one of them: text never shrinks below what can be read.
"""

import sys
from html import escape
from pathlib import Path

from bookext import theme
from bookext.shapes import badge, el, log_strip, num, text, wrap
from bookext.trace import TraceError, load, sentence, transcript

WIDE, NARROW = 720, 350
BAR = 5.5     # half the width of a blocked stretch
MARK = 9      # from a lane's middle to where its labels begin


class Picture:
    """The layout of one trace at one width. `svg()` is all that others need."""

    def __init__(self, trace, width=WIDE, uid="scene"):
        self.small = width <= NARROW
        if not self.small:  # few lanes need no more than this to be read easily
            width = min(width, 185 + 290 * (len(trace.lanes) - 1))
        self.trace, self.width, self.uid = trace, width, uid
        self.font = 12.5 if self.small else 14.0
        self.line = self.font * 1.22
        self.gutter = 22.0 if self.small else 34.0
        self.headers = self._headers()
        self.x = self._columns()
        self.parked = {}          # lane -> (y, channels) while it is blocked
        self.slots = {}           # channel -> [(x, y)] of values that lie in its buffer
        self.down = {}            # lane -> y where it crashed
        self.flying = {}          # id -> (lane, y, event) of messages under way
        self.said = []            # (left, right, y) of words on arrows
        self.back, self.front = [], []
        self.y = 0.0

    # Where things stand -----------------------------------------------------------------------------

    def _headers(self):
        limit = 11 if self.small else 18
        return {lane.id: wrap(lane.label, limit) or [lane.id] for lane in self.trace.lanes}

    def _header_width(self, lane):
        letters = max(len(line) for line in self.headers[lane.id])
        return letters * self.font * 0.56 + 20 + (20 if lane.state else 0)

    def _columns(self):
        lanes = self.trace.lanes
        left = self.gutter + self._header_width(lanes[0]) / 2
        right = self.width - 2 - self._header_width(lanes[-1]) / 2
        if len(lanes) == 1:
            return {lanes[0].id: max(left, self.gutter + 40)}
        step = (right - left) / (len(lanes) - 1)
        return {lane.id: left + i * step for i, lane in enumerate(lanes)}

    def _letters(self, pixels, mono=False):
        return max(6, int(pixels / (self.font * (0.6 if mono else 0.475))))

    def _side(self, lane):
        """Which side of a lane its labels stand on, and how much room is there."""
        xs = sorted(self.x.values())
        i = xs.index(self.x[lane])
        if i < len(xs) - 1 or len(xs) == 1:
            end = xs[i + 1] - MARK if i < len(xs) - 1 else self.width
            return 1, end - xs[i] - MARK - 10
        return -1, xs[i] - xs[i - 1] - 2 * MARK - 10

    # The picture ------------------------------------------------------------------------------------

    def svg(self, extra=""):
        trace = self.trace
        head = max(len(lines) for lines in self.headers.values()) * self.line + 12
        self.y = head + 16
        self.down = {lane.id: head for lane in trace.lanes if lane.state == "down"}
        rows, before, top = [], None, self.y
        for event in trace.events:
            together = before is not None and _together(before, event)
            if together:
                self.y = top
            top = self.y
            rows.append(self._row(event, numbered=not together))
            before = event
        rows += [self._under_way(*flight) for flight in self.flying.values()]
        bottom = self.y + 10
        for lane, (top, _, _) in self.parked.items():
            self.back.append(self._bar(lane, top, bottom - 2))
            self.back.append(el("path", d=self._zigzag(self.x[lane], bottom - 2), class_="torn"))
        for lane in list(self.down):
            self._up(lane, bottom)
        columns = "".join(
            el("path", d=f"M{num(self.x[l.id])} {num(head)}V{num(bottom)}", class_="lane") for l in trace.lanes)
        ids = f"{self.uid}-t", f"{self.uid}-d"
        # A group, not an image: its arrows can be focused one by one, each with its own words.
        return el(
            "svg",
            el("title", escape(trace.title), id=ids[0])
            + el("desc", escape(extra or f"Space-time picture of {len(trace.events)} events; the transcript follows."), id=ids[1])
            + self._defs() + columns + "".join(self.back) + self._draw_headers(head) + "".join(rows),
            xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {num(self.width)} {num(bottom + 2)}",
            width=num(self.width), height=num(bottom + 2), role="group",
            aria_labelledby=ids[0], aria_describedby=ids[1],
            class_="st " + ("st-narrow" if self.small else "st-wide"), style=f"--font:{num(self.font)}px")

    def _defs(self):
        uid = self.uid
        hatch = el("pattern", el("rect", width="6", height="6", class_="hatch-bg") + el("path", d="M0 0V6", class_="hatch"),
                   id=f"{uid}-hatch", width="6", height="6", patternUnits="userSpaceOnUse", patternTransform="rotate(45)")
        heads = "".join(el("marker", el("path", d="M0 0L10 5L0 10L2.5 5z", class_=f"head {name}"), id=f"{uid}-{name}",
                           viewBox="0 0 10 10", refX="9.4", refY="5", markerWidth="8", markerHeight="8",
                           orient="auto-start-reverse", markerUnits="userSpaceOnUse") for name in ("go", "far"))
        return el("defs", hatch + heads)

    def _draw_headers(self, head):
        parts = []
        for lane in self.trace.lanes:
            width, x = self._header_width(lane), self.x[lane.id]
            shift = 10 if lane.state else 0
            parts.append(el("rect", x=x - width / 2, y=1.0, width=width, height=head - 2,
                            rx=(head - 2) / 2 if lane.kind == "thread" else 3.0, class_=f"header k-{lane.kind}"))
            if lane.state:
                parts.append(badge(lane.state, x - width / 2 + 15, head / 2, 7))
            lines = self.headers[lane.id]
            top = head / 2 - (len(lines) - 1) * self.line / 2 + self.font * 0.34
            for i, line in enumerate(lines):
                parts.append(text(x + shift, top + i * self.line, line, "label"))
        return el("g", "".join(parts), class_="headers")

    def _row(self, event, numbered=True):
        """One event: its number, what it draws, and the words that a keyboard or a screen reader gets."""
        top, draw = self.y, getattr(self, "_" + event.kind)
        y, body = draw(event)
        words = f"{event.seq}: {sentence(self.trace, event)}"
        number = text(self.gutter - 10, y + self.font * 0.32, str(event.seq), "seq", "end") if numbered else ""
        area = el("rect", x=0.0, y=top, width=float(self.width), height=self.y - top, class_="hit")
        return el("g", area + number + body, class_=f"ev ev-{event.kind}", tabindex="0", role="img", aria_label=words,
                  data_seq=event.seq)

    # Words beside a lane ----------------------------------------------------------------------------

    def _beside(self, event, words, class_="say", mono=False, gap=7.0):
        """Wrapped words at the lane's free side, centred on the row; moves time on. -> (y, markup, side)"""
        side, room = self._side(event.lane)
        lines = wrap(words, self._letters(room, mono)) or [""]
        height = len(lines) * self.line
        y = self.y + gap + height / 2
        x = self.x[event.lane] + side * (MARK + 5)
        anchor = "start" if side > 0 else "end"
        body = "".join(text(x, y - height / 2 + self.line * (i + 0.75), line, class_, anchor) for i, line in enumerate(lines))
        self.y += height + 2 * gap
        return y, body, side

    def _call(self, event):
        y, body, side = self._beside(event, event.text, "code", mono=True)
        x = self.x[event.lane]
        point = x + side * 2
        return y, el("path", d=f"M{num(point + side * 8)} {num(y - 5)}L{num(point)} {num(y)}L{num(point + side * 8)} {num(y + 5)}z",
                     class_="mark") + body

    def _return(self, event):
        self._unpark(event, self.y + 4)
        y, body, side = self._beside(event, event.text or "returns", "code", mono=True)
        x = self.x[event.lane] + side * 2
        return y, el("path", d=f"M{num(x)} {num(y - 5)}L{num(x + side * 8)} {num(y)}L{num(x)} {num(y + 5)}z",
                     class_="mark hollow") + body

    def _note(self, event):
        if event.lane:
            y, body, side = self._beside(event, event.text, "say", gap=9)
            x = self.x[event.lane]
            return y, el("circle", cx=x, cy=y, r=3.5, class_="dot") + body
        lines = wrap(event.text, self._letters(self.width - 2 * self.gutter - 12))
        height = len(lines) * self.line
        box = el("rect", x=self.gutter, y=self.y + 5, width=self.width - self.gutter - 2, height=height + 10, rx=4.0, class_="note")
        middle = (self.gutter + self.width) / 2
        body = "".join(text(middle, self.y + 10 + self.line * (i + 0.76), line, "say") for i, line in enumerate(lines))
        y = self.y + 10 + height / 2
        self.y += height + 20
        return y, box + body

    def _close(self, event):
        waiting = [lane for lane, (_, channels, _) in self.parked.items() if set(channels) & set(event.channels)]
        y, body, side = self._beside(event, "closes " + event.channel + (f": {event.text}" if event.text else ""), "code",
                                     mono=True, gap=9)
        x = self.x[event.lane]
        if waiting:
            y, body = self._under(event, y)
        rays = "".join(el("path", d=f"M{num(x)} {num(y)}H{num(self._edge(lane, x))}", class_="ray",
                          marker_end=f"url(#{self.uid}-far)") for lane in waiting)
        return y, rays + el("path", d=f"M{num(x - 8)} {num(y - 2.5)}h16M{num(x - 8)} {num(y + 2.5)}h16", class_="shut") + body

    def _under(self, event, y):
        """A close that wakes others is drawn as rays: its words stand above them."""
        words = "closes " + event.channel
        side, _ = self._side(event.lane)
        line = y + self.line * 0.65
        self.y += self.line * 0.65
        anchor = "start" if side > 0 else "end"
        return line, text(self.x[event.lane] + side * (MARK + 5), line - 6, words, "code halo", anchor)

    # Waiting ----------------------------------------------------------------------------------------

    def _park(self, event):
        on = ", ".join(event.channels)
        words = f"waits on {on}" if on else "waits"
        top = self.y + 6
        y, body, _ = self._beside(event, words + (f": {event.text}" if event.text else ""), "wait")
        self.parked[event.lane] = (top, event.channels, self.trace.lane(event.lane))
        return y, body

    def _wake(self, event):
        label = "wakes" + (f" with {', '.join(event.channels)}" if event.channels else "")
        y, body, side = self._beside(event, event.text or label, "wait")
        self._unpark(event, y)
        return y, el("circle", cx=self.x[event.lane], cy=y, r=4.0, class_="dot open") + body

    def _unpark(self, event, y):
        if event.lane in self.parked:
            top, _, _ = self.parked.pop(event.lane)
            self.back.append(self._bar(event.lane, top, y))

    def _bar(self, lane, top, bottom):
        return el("rect", x=self.x[lane] - BAR, y=top, width=2 * BAR, height=max(2.0, bottom - top), rx=2.0,
                  class_="bar", fill=f"url(#{self.uid}-hatch)")

    def _zigzag(self, x, y):
        return f"M{num(x - 9)} {num(y)}l4.5 -4l4.5 8l4.5 -8l4.5 4"

    # Values that move -------------------------------------------------------------------------------

    def _edge(self, lane, origin):
        """Where an arrow from `origin` meets a lane: at the edge of its bar while it is blocked."""
        off = BAR + 1 if lane in self.parked else 1.5
        return self.x[lane] - off if origin < self.x[lane] else self.x[lane] + off

    def _gap(self, start, end):
        """The stretch beside the sender that has no lane in it: there an arrow's words stand."""
        between = [x for x in self.x.values() if min(start, end) + 12 < x < max(start, end) - 12]
        if not between:
            return start, end
        return start, min(between, key=lambda x: abs(x - start))

    def _arrow_words(self, start, end, above, below):
        """Words above and below an arrow that does not exist yet. -> (y of the arrow, markup)"""
        a, b = self._gap(start, end)
        room, middle = abs(b - a) - 16, (a + b) / 2
        over = wrap(above, self._letters(room, True))
        under = wrap(below, self._letters(room))
        y = self.y + 4 + len(over) * self.line + 5
        body = "".join(text(middle, self.y + 4 + self.line * (i + 0.78), line, "chan") for i, line in enumerate(over))
        body += "".join(text(middle, y + 3 + self.line * (i + 0.85), line, "say") for i, line in enumerate(under))
        self.y = y + max(len(under) * self.line + 9, 12)
        return y, body

    def _arrow(self, start, end, y, far=False, class_="arrow"):
        token = el("circle", cx=float(start), cy=float(y), r=4.5, class_="token", style=f"--dx:{num(end - start)}px")
        return el("path", d=f"M{num(start)} {num(y)}H{num(end)}", class_=class_,
                  marker_end=f"url(#{self.uid}-{'far' if far else 'go'})") + token

    def _handoff(self, event):
        start, end = self.x[event.lane], self.x[event.to]
        y, words = self._arrow_words(start, end, event.channel, event.text)
        tail = start + (BAR + 1 if event.lane in self.parked else 0) * (1 if end > start else -1)
        return y, self._arrow(tail, self._edge(event.to, start), y) + el("circle", cx=float(tail), cy=y, r=3.0, class_="dot") + words

    def _buffer(self, event):
        start = self.x[event.lane]
        queue = self.slots.setdefault(event.channel, [])
        while len(queue) >= self._capacity(event.channel):
            left, top, _ = queue.pop(0)  # a full buffer takes nothing: this is a new channel of that name
            self.back.append(el("path", d=f"M{num(left)} {num(top + 8)}v14", class_="track"))
        slot = self._slot_x(event) + 15 * len(queue)
        y, words = self._arrow_words(start, slot, event.channel, event.text)
        queue.append([slot, y, event.seq])
        end = slot - 8 if slot > start else slot + 8
        return y, self._arrow(start, end, y) + self._slot(slot, y, True) + words

    def _take(self, event):
        start_y = None
        queue = self.slots.get(event.channel, [])
        if queue:
            slot, start_y, _ = queue.pop(0)
        else:
            slot = self._slot_x(event)
        end = self._edge(event.lane, slot)
        y, words = self._arrow_words(slot, self.x[event.lane], event.channel, event.text)
        if start_y is not None:
            self.back.append(el("path", d=f"M{num(slot)} {num(start_y + 8)}V{num(y - 8)}", class_="track"))
        return y, self._arrow(slot + (8 if end > slot else -8), end, y) + self._slot(slot, y, False) + words

    def _slot(self, x, y, full):
        box = el("rect", x=x - 8, y=y - 8, width=16.0, height=16.0, rx=2.0, class_="slot")
        return box + (el("rect", x=x - 4.5, y=y - 4.5, width=9.0, height=9.0, class_="value") if full else "")

    def _slot_x(self, event):
        """A buffered value lies midway between who put it there and who will take it."""
        taker = event.to or self._taker(event)
        xs = sorted(self.x.values())
        here = self.x[event.lane]
        if taker and taker != event.lane:
            a, b = self._gap(here, self.x[taker])
            return (a + b) / 2
        i = xs.index(here)
        other = xs[i + 1] if i + 1 < len(xs) else xs[i - 1] if len(xs) > 1 else here + 120
        return (here + other) / 2

    def _capacity(self, name):
        return next((max(1, channel.capacity) for channel in self.trace.channels if channel.name == name), 1 << 30)

    def _taker(self, event):
        """Who takes the value that this event puts into a buffer: first in, first out, if anybody does."""
        waiting = []
        for other in self.trace.events:
            if event.channel not in other.channels:
                continue
            if other.kind == "buffer":
                waiting = [*waiting, other.seq][-self._capacity(event.channel):]
            elif other.kind == "take" and waiting:
                if waiting.pop(0) == event.seq:
                    return other.lane
        return ""

    def _drop(self, event):
        if event.id in self.flying:
            return self._land(event, lost=True)
        start = self.x[event.lane]
        target = self.x[event.to] if event.to else max(self.x.values(), key=lambda x: abs(x - start))
        if target == start:
            target = start + 120
        room = self._gap(start, target)[1] - start
        end = start + room * 0.78
        y, words = self._arrow_words(start, start + room * 0.7, event.channel, event.text)
        return y, el("path", d=f"M{num(start)} {num(y)}H{num(end)}", class_="arrow lost") + self._cross(end, y) + words

    def _cross(self, x, y):
        return el("path", d=f"M{num(x - 5)} {num(y - 5)}l10 10m0 -10l-10 10", class_="cross")

    # Nodes: states, logs, messages that take time, crashes --------------------------------------------

    def _state(self, event):
        term = f"term {event.term}" if event.term else ""
        words = event.state + (f", {term}" if term else "") + (f": {event.text}" if event.text else "")
        if term and self._letters(self._side(event.lane)[1]) <= len(event.state):
            words = term  # where columns are narrow, the shape alone says the state
        y, body, side = self._beside(event, words, "say", gap=9)
        return y, badge(event.state, self.x[event.lane], y, 8) + body

    def _log(self, event):
        """A strip on the lane, within the half of each gap that is the lane's own."""
        here, xs = self.x[event.lane], sorted(self.x.values())
        half = (xs[1] - xs[0]) / 2 if len(xs) > 1 else self.width / 2
        left, right = max(self.gutter, here - half + 4), min(self.width - 2, here + half - 4)
        box = min(17.0, (right - left) / max(1, len(event.log)))
        x = min(max(left, here - box * len(event.log) / 2), right - box * len(event.log))
        y = self.y + 6
        self.y += 35
        return y + 8.5, log_strip(x, y, event.log, event.first, event.commit, box)

    def _send(self, event):
        y = self.y + 8
        self.flying[event.id or f"{event.lane}>{event.to}"] = (event.lane, y, event)
        self.y += 20
        return y, el("circle", cx=self.x[event.lane], cy=y, r=3.0, class_="dot")

    def _arrive(self, event):
        return self._land(event)

    def _land(self, event, lost=False):
        key = event.id if event.id in self.flying else next(
            (k for k, (_, _, sent) in self.flying.items() if sent.to == event.lane), None)
        if key is None:
            return self._note(event)
        lane, y0, sent = self.flying.pop(key)
        start, end, y = self.x[lane], self.x[sent.to], self.y + 12
        self.y += 24
        row = y
        if lost:
            end, y = end + (start - end) * 0.12, y0 + (y - y0) * 0.88
        end_x = end if lost else self._edge(sent.to, start)
        line = el("path", d=f"M{num(start)} {num(y0)}L{num(end_x)} {num(y)}", class_="arrow" + (" lost" if lost else ""),
                  marker_end=None if lost else f"url(#{self.uid}-go)")
        self.back.append(line)  # behind the words of the rows that it crosses
        return row, (self._cross(end, y) if lost else "") + self._flight_words(sent.text, end, y, end < start)

    def _flight_words(self, words, end, y, leftwards):
        """Below the arrow, beside its tip: the line comes from above, so it can't run through the words."""
        length = len(words) * self.font * 0.5
        x = min(end + 14, self.width - 2 - length) if leftwards else max(end - 14, 2 + length)
        self.said.append((x, x + length, y) if leftwards else (x - length, x, y))
        return text(x, y + self.font * 0.8, words, "say halo", "start" if leftwards else "end")

    def _under_way(self, lane, y0, sent):
        """A message that has not arrived when the picture ends: its arrow fades away."""
        start, end = self.x[lane], self.x[sent.to]
        tip, y = start + (end - start) * 0.3, y0 + 14
        self.y = max(self.y, y + 4)
        line = el("path", d=f"M{num(start)} {num(y0)}L{num(tip)} {num(y)}", class_="arrow lost")
        words = text(tip, y + self.font * 0.9, sent.text, "say halo", "start" if end > start else "end")
        length = len(sent.text) * self.font * 0.5
        return el("g", line + (words if self._has_room(tip if end > start else tip - length, length, y) else ""), class_="ev ev-under-way")

    def _has_room(self, left, length, y):
        """Are there no words on an arrow yet where these would stand? From now on there are."""
        free = all(left > right or left + length < other or abs(y - above) > self.line for other, right, above in self.said)
        if free:
            self.said.append((left, left + length, y))
        return free

    def _crash(self, event):
        y, body, _ = self._beside(event, "crashes" + (f": {event.text}" if event.text else ""), "say", gap=9)
        self.down[event.lane] = y
        return y, badge("down", self.x[event.lane], y, 8) + body

    def _restart(self, event):
        self._up(event.lane, self.y + 6)
        y, body, _ = self._beside(event, "restarts" + (f": {event.text}" if event.text else ""), "say", gap=9)
        return y, el("circle", cx=self.x[event.lane], cy=y, r=4.0, class_="dot open") + body

    def _up(self, lane, y):
        """A crash breaks the column until the restart."""
        top = self.down.pop(lane, None)
        if top is not None:
            self.back.append(el("rect", x=self.x[lane] - 3, y=top, width=6.0, height=y - top, class_="broken"))


def _together(before, event):
    """What one Ready sends leaves at one moment; logs that are shown together share a row."""
    if event.kind == before.kind == "send":
        return event.lane == before.lane
    return event.kind == before.kind == "log" and event.lane > before.lane


def svg(trace, width=WIDE, uid="scene", description=""):
    """The picture of a trace at one width, for a page that has the book's style sheet."""
    return Picture(trace, width, uid).svg(description)


def animation(trace, scope, step=0.9, rest=4.0):
    """Style rules that play the picture in order, gently: each event brightens and its token travels.

    They stop for whoever prefers less motion, and while the box with the class pause-box is ticked.
    """
    cycle = len(trace.events) * step + rest
    rules = []
    for i, event in enumerate(trace.events):
        at = 100 * i * step / cycle
        on, off = at + 100 * 0.5 * step / cycle, 99.2
        target = f'{scope} .ev[data-seq="{event.seq}"]'
        name = f"{scope.lstrip('#')}-{event.seq}"
        rules.append(f"@keyframes {name}{{0%,{num(at)}%{{opacity:.5}}{num(on)}%,{num(off)}%{{opacity:1}}100%{{opacity:.5}}}}"
                     f"{target}{{animation:{name} {num(cycle)}s linear infinite}}")
        if event.kind in ("handoff", "buffer", "take"):
            rules.append(f"@keyframes {name}-go{{0%,{num(at)}%{{opacity:0;transform:none}}{num(at + 0.3)}%{{opacity:1;transform:none}}"
                         f"{num(on)}%{{opacity:1;transform:translateX(var(--dx))}}{num(on + 0.6)}%,100%{{opacity:0;transform:translateX(var(--dx))}}}}"
                         f"{target} .token{{animation:{name}-go {num(cycle)}s ease-in-out infinite}}")
    still = (f"{scope} .pause-box:checked~.scene-view .ev,{scope} .pause-box:checked~.scene-view .token"
             "{animation:none}")
    return "@media (prefers-reduced-motion:no-preference){" + "".join(rules) + still + "}"


def standalone(trace):
    """The picture as a file of its own: its style inside, light and dark by the viewer's preference."""
    rules = (Path(__file__).parents[2] / "static" / "picture.css").read_text(encoding="utf-8")
    return svg(trace).replace("<defs>", f"<style>{theme.standalone()}{rules}</style><defs>", 1) + "\n"


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in ("--text", "--svg"):
        print("use: python3 -m bookext.spacetime --text|--svg FILE.json", file=sys.stderr)
        return 2
    try:
        trace = load(arguments[1])
    except TraceError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.write(transcript(trace) if arguments[0] == "--text" else standalone(trace))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
