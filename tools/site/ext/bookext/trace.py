"""A scene's trace: reading it, refusing a bad one in one line, telling it as text.

A trace is the JSON that a scene program prints: lanes (threads or nodes), channels, events in order.
The transcript made here is what the golden files `diagrams/scenes/NAME.txt` hold, and what a reader
who cannot see the picture reads instead.
"""

import json
from dataclasses import dataclass, field

KINDS = {
    "call", "return", "note", "park", "wake", "handoff", "buffer", "take", "close", "drop",
    "state", "log", "send", "arrive", "crash", "restart",
}
NEEDS_LANE = KINDS - {"note"}
NEEDS_TO = {"handoff", "send"}
LANE_KINDS = {"thread", "node", "client"}
STATES = ("leader", "candidate", "precandidate", "follower", "learner", "down")


class TraceError(Exception):
    """A trace that cannot be drawn. The message is one line and says how to mend it."""


@dataclass
class Lane:
    id: str
    label: str
    kind: str = "thread"
    state: str = ""


@dataclass
class Channel:
    name: str
    capacity: int = 0


@dataclass
class Event:
    seq: int
    kind: str
    lane: str = ""
    to: str = ""
    channels: list = field(default_factory=list)
    text: str = ""
    state: str = ""
    term: int = 0
    log: list = field(default_factory=list)  # terms of the entries, first to last
    first: int = 1                           # index of the first of them
    commit: int = 0
    id: str = ""                             # pairs a send with its arrive or drop

    @property
    def channel(self):
        return self.channels[0] if self.channels else ""


@dataclass
class Trace:
    title: str
    lanes: list
    channels: list
    events: list

    def lane(self, lane_id):
        return next(lane for lane in self.lanes if lane.id == lane_id)


def load(path):
    """The trace in a file. Raises TraceError with one line if it is not one."""
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except OSError as error:
        raise TraceError(f"{path}: cannot be read ({error.strerror}) — build the scenes first") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise TraceError(f"{path}: is not JSON ({error}) — the scene program must print the trace only") from None
    return parse(data, str(path))


def parse(data, where="trace"):
    """A trace from its JSON value."""

    def wrong(what, mend):
        raise TraceError(f"{where}: {what} — {mend}")

    if not isinstance(data, dict):
        wrong("is not an object", "it needs title, lanes, channels and events")
    for key in ("title", "lanes", "events"):
        if not data.get(key):
            wrong(f"has no {key}", "add it to the scene")
    lanes = [_lane(item, wrong) for item in data["lanes"]]
    names = [lane.id for lane in lanes]
    if len(set(names)) != len(names):
        wrong("two lanes have the same id", "give each lane its own")
    channels = []
    for item in data.get("channels", []):
        if not isinstance(item, dict) or not isinstance(item.get("name"), str):
            wrong(f"channel {item!r} has no name", 'write {"name": "propc", "capacity": 0}')
        channels.append(Channel(item["name"], int(item.get("capacity", 0))))
    events = [_event(item, names, wrong) for item in data["events"]]
    for before, after in zip(events, events[1:]):
        if after.seq <= before.seq:
            wrong(f"event {after.seq} comes after event {before.seq}", "number the events upwards")
    return Trace(str(data["title"]), lanes, channels, events)


def _lane(item, wrong):
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        wrong(f"lane {item!r} has no id", 'write {"id": "loop", "label": "loop"}')
    lane = Lane(item["id"], str(item.get("label", item["id"])), item.get("kind", "thread"), item.get("state", ""))
    if lane.kind not in LANE_KINDS:
        wrong(f"lane {lane.id} is of kind {lane.kind!r}", "use one of " + ", ".join(sorted(LANE_KINDS)))
    if lane.state and lane.state not in STATES:
        wrong(f"lane {lane.id} has the state {lane.state!r}", "use one of " + ", ".join(STATES))
    return lane


def _event(item, lanes, wrong):
    if not isinstance(item, dict) or not isinstance(item.get("seq"), int):
        wrong(f"event {item!r} has no seq", "number the events upwards")
    seq, kind = item["seq"], item.get("kind", "")
    if kind not in KINDS:
        wrong(f"event {seq} is of kind {kind!r}", "use one of " + ", ".join(sorted(KINDS)))
    for key, needed in (("lane", NEEDS_LANE), ("to", NEEDS_TO)):
        name = item.get(key) or ""
        if kind in needed and not name:
            wrong(f"event {seq} ({kind}) has no {key}", f"name the {key}")
        if name and name not in lanes:
            wrong(f"event {seq} names the lane {name!r}", "use one of " + ", ".join(lanes))
    channels = list(item.get("channels") or [])
    if item.get("channel"):
        channels = [item["channel"]] + [name for name in channels if name != item["channel"]]
    if kind == "state" and item.get("state") not in STATES:
        wrong(f"event {seq} has the state {item.get('state')!r}", "use one of " + ", ".join(STATES))
    return Event(seq, kind, item.get("lane") or "", item.get("to") or "", channels, str(item.get("text") or ""),
                 item.get("state", ""), item.get("term", 0), item.get("log", []), item.get("first", 1),
                 item.get("commit", 0), str(item.get("id", "")))


def sentence(trace, event):
    """One event in words, without its number: what the transcript says and a screen reader hears."""
    label = trace.lane(event.lane).label if event.lane else ""
    to = trace.lane(event.to).label if event.to else ""
    text, on = event.text, ", ".join(event.channels)
    value = f" {text}" if text else ""
    tail = f": {text}" if text else ""
    return {
        "call": lambda: f"{label} calls{value}",
        "return": lambda: f"{label} returns{value}",
        "note": lambda: f"{label}: {text}" if label else text,
        "park": lambda: f"{label} waits" + (f" on {on}" if on else "") + tail,
        "wake": lambda: f"{label} wakes" + (f" with {on}" if on else "") + tail,
        "handoff": lambda: f"{label} hands{value or ' a value'} to {to} on {on}",
        "buffer": lambda: f"{label} puts{value or ' a value'} into the buffer of {on}",
        "take": lambda: f"{label} takes{value or ' a value'} from the buffer of {on}",
        "close": lambda: f"{label} closes {on}{tail}",
        "drop": lambda: f"{label} loses{value or ' a value'}" + (f", sent to {to}" if to else "") + (f" on {on}" if on else ""),
        "state": lambda: f"{label} becomes {event.state}" + (f" in term {event.term}" if event.term else "") + tail,
        "log": lambda: f"{label} has the log {_log(event)}{tail}",
        "send": lambda: f"{label} sends{value} to {to}",
        "arrive": lambda: f"{label} receives{value}",
        "crash": lambda: f"{label} crashes{tail}",
        "restart": lambda: f"{label} restarts{tail}",
    }[event.kind]()


def _log(event):
    entries = " ".join(f"{event.first + i}/t{term}" for i, term in enumerate(event.log)) or "(empty)"
    return f"{entries}, committed to {event.commit}"


def transcript(trace):
    """The whole trace as text: title, lanes, channels, one numbered line for each event."""
    lines = [trace.title, "lanes: " + ", ".join(lane.label for lane in trace.lanes)]
    if trace.channels:
        lines.append("channels: " + ", ".join(
            f"{c.name} (" + (f"buffer of {c.capacity}" if c.capacity else "no buffer") + ")" for c in trace.channels))
    width = len(str(trace.events[-1].seq))
    lines += [f"{event.seq:>{width}}  {sentence(trace, event)}" for event in trace.events]
    return "\n".join(lines) + "\n"
