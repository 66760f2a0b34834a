"""What an excerpt shows: a slice of one file's difference between two stages.

newborn  what did not exist before: every line is new
grow     what changes: new lines, removed lines, and the context around them
recall   what has been shown before: no marks, and nothing counted
retire   what goes: every line is removed
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from weave.cpp.symbols import Symbol
from weave.errors import WeaveError, did_you_mean
from weave.story import Stage
from weave.trees.diff import ADDED, ELIDED, KEPT, REMOVED, Row, counts
from weave.trees.history import History

VERBS = ("newborn", "grow", "recall", "retire")
LIMIT = 30  # new lines in one excerpt
FAR = 3  # context lines kept beside a change
Ranges = list[tuple[int, int]]


@dataclass
class Excerpt:
    verb: str
    file: str
    stage: Stage
    rows: list[Row]
    scopes: list[str]  # qualified names, `frame`, or nothing for a whole file
    caption: str = ""
    fold: str | None = None
    ident: str = ""
    added: int = 0
    removed: int = 0
    symbols: list[Symbol] = field(default_factory=list)

    def displayed(self) -> set[tuple[str, int]]:
        """The changed lines that this shows: ("new" or "old", number)."""
        if self.verb == "recall":
            return set()
        return {("new", row.new) for row in self.rows if row.kind == ADDED and row.new} | {
            ("old", row.old) for row in self.rows if row.kind == REMOVED and row.old
        }


@dataclass
class _Target:
    """What one name of a directive stands for."""

    file: str
    scope: str
    new: Ranges = field(default_factory=list)
    old: Ranges = field(default_factory=list)
    symbols: list[Symbol] = field(default_factory=list)
    frame: bool = False
    whole: bool = False
    existed: bool = False


def split(argument: str) -> list[str]:
    """The names of a directive: separated by spaces, but `operator bool` and `f(int, T)` hold."""
    words: list[str] = []
    depth = 0
    for word in argument.split():
        if words and (depth > 0 or words[-1].endswith("operator")):
            words[-1] += " " + word
        else:
            words.append(word)
        depth = words[-1].count("(") - words[-1].count(")")
    return words


def build(
    history: History,
    verb: str,
    argument: str,
    stage: Stage,
    *,
    without: str = "",
    fold: str | None = None,
    caption: str = "",
) -> Excerpt:
    """The excerpt that a directive asks for, or a WeaveError."""
    targets = [_resolve(history, verb, name, stage) for name in split(argument)]
    if not targets:
        raise WeaveError("", None, f"{verb} names nothing", "name a symbol or a file")
    file = targets[0].file
    other = next((t.file for t in targets if t.file != file), None)
    if other:
        raise WeaveError(
            "", None, f"one excerpt of two files, {file} and {other}", "write two directives"
        )
    _agree(history, verb, targets, stage)
    rows = _rows(history, verb, file, stage, targets)
    rows = _without(history, verb, rows, targets, without, stage)
    added, removed = counts([row for row in rows if row.changed])
    if verb in ("grow", "newborn") and not added + removed:
        raise WeaveError(
            "",
            None,
            f"nothing changes in {argument} at {stage}",
            "use recall, or name the :stage: that changes it",
        )
    if added > LIMIT and fold is None and verb != "recall":
        raise WeaveError(
            "",
            None,
            f"{added} new lines in one excerpt; at most {LIMIT}",
            "split it by symbol, elide with :without:, or give it a :fold: title",
        )
    if verb == "grow" and not any(t.frame for t in targets):
        rows = _shorten(rows)
    if verb == "retire" and fold is None and removed > LIMIT:
        fold = f"The {removed} lines that go"
    scopes = list(dict.fromkeys(t.scope for t in targets if t.scope))
    ident = re.sub(r"[^a-zA-Z0-9]+", "-", f"x-{stage}-{argument}").strip("-").lower()
    return Excerpt(
        verb,
        file,
        stage,
        _tidy(rows),
        scopes,
        caption,
        fold,
        ident,
        added,
        removed,
        [s for t in targets for s in t.symbols],
    )


# Names to lines.


def _resolve(history: History, verb: str, name: str, stage: Stage) -> _Target:
    path, _, part = name.partition("#")
    if re.fullmatch(r"[\w./-]+\.(cpp|hpp|txt)", path):
        return _resolve_file(history, verb, path, part, stage)
    if part:
        raise WeaveError(
            "", None, f"#{part} goes with a file, not with {path}", "write code/room/file.hpp#frame"
        )
    before = history.previous(stage)
    if re.fullmatch(r"\w+\.\w+", name):
        return _resolve_test(history, verb, name, stage)
    now, then = history.index(stage), history.index(before)
    if verb == "retire":
        gone = then.find_all(name)
        return _Target(
            gone[0].file,
            gone[0].qualified,
            [],
            [(s.first_line, s.last_line) for s in gone if s.file == gone[0].file],
            gone,
            existed=True,
        )
    here = now.find_all(name)
    file = here[0].file
    was = [
        s
        for s in then.matches(here[0].qualified)
        if s.file == file and s.defined == here[0].defined and s.qualified == here[0].qualified
    ]
    if len(was) > 1 and len(here) == 1:
        was = [s for s in was if s.args == here[0].args]
    return _Target(
        file,
        here[0].qualified,
        [(s.first_line, s.last_line) for s in here if s.file == file],
        [(s.first_line, s.last_line) for s in was],
        here,
        existed=bool(was),
    )


def _resolve_file(history: History, verb: str, path: str, part: str, stage: Stage) -> _Target:
    if part not in ("", "frame"):
        raise WeaveError("", None, f"no part #{part} of {path}", "only #frame exists")
    before = history.previous(stage)
    if not history.alive(before if verb == "retire" else stage, path):
        when = f"before {stage}" if verb == "retire" else f"at {stage}"
        raise WeaveError(
            "", None, f"there is no file {path} {when}", did_you_mean(path, history.story.births)
        )
    return _Target(
        path,
        "frame" if part else "",
        [(1, 1 << 30)],
        [(1, 1 << 30)],
        frame=bool(part),
        whole=not part,
        existed=history.alive(before, path),
    )


def _resolve_test(history: History, verb: str, name: str, stage: Stage) -> _Target:
    before = history.tests(history.previous(stage))
    known = before if verb == "retire" else history.tests(stage)
    here = next((t for t in known if t.name == name), None)
    if not here:
        raise WeaveError(
            "",
            None,
            f"there is no test {name} at {stage}",
            did_you_mean(name, [t.name for t in known]),
        )
    was = [(t.first_line, t.last_line) for t in before if t.name == name and t.file == here.file]
    new = [] if verb == "retire" else [(here.first_line, here.last_line)]
    return _Target(here.file, name, new, was, existed=bool(was))


def _agree(history: History, verb: str, targets: list[_Target], stage: Stage) -> None:
    """The verb must say what happens."""
    for target in targets:
        what = target.scope if target.scope not in ("", "frame") else target.file
        if verb == "newborn" and target.existed:
            raise WeaveError(
                "",
                None,
                f"{what} is not new at {stage}",
                "use grow, or recall if it does not change",
            )
        if verb == "grow" and not target.existed:
            raise WeaveError("", None, f"{what} does not exist before {stage}", "use newborn")
        still = (
            history.alive(stage, target.file)
            if target.whole or target.frame
            else any(s.file == target.file for s in history.index(stage).matches(target.scope))
            if verb == "retire"
            else False
        )
        if verb == "retire" and still:
            raise WeaveError("", None, f"{what} is still there at {stage}", "use grow")


# Lines to rows.


def _within(number: int | None, ranges: Ranges) -> bool:
    return number is not None and any(a <= number <= b for a, b in ranges)


def _rows(
    history: History, verb: str, file: str, stage: Stage, targets: list[_Target]
) -> list[Row]:
    rows = history.diff(stage, file)
    if verb == "recall":
        rows = [Row(KEPT, row.new, row.new, row.text) for row in rows if row.kind != REMOVED]
    new = [r for t in targets if not t.frame for r in t.new]
    old = [r for t in targets if not t.frame for r in t.old]
    frames = any(t.frame for t in targets)
    if frames:
        now = [(s.first_line, s.last_line) for s in history.index(stage).outermost(file)]
        was = [
            (s.first_line, s.last_line)
            for s in history.index(history.previous(stage)).outermost(file)
        ]
        was = now if verb == "recall" else was
    out: list[Row] = []
    skipped: list[Row] = []
    for row in rows:
        inside = _within(row.new, new) or row.new is None and _within(row.old, old)
        if not inside and frames:
            inside = not _within(row.new, now) if row.new else not _within(row.old, was)
            inside = inside and not (skipped and not row.text.strip())  # part of the gap
        if not inside:
            skipped.append(row)
            continue
        if skipped and (out or frames):
            out += _gap(history, file, stage, skipped)
        skipped = []
        if verb == "newborn" and row.kind == KEPT and row.new and not frames:
            row = Row(ADDED, None, row.new, row.text)
        if verb != "newborn" or row.kind != REMOVED:
            out.append(row)
    return out + (_gap(history, file, stage, skipped) if skipped and frames else [])


def _gap(history: History, file: str, stage: Stage, skipped: list[Row]) -> list[Row]:
    """A row that names what is left out."""
    if not any(row.text.strip() for row in skipped):
        return [r for r in skipped if r.kind != REMOVED][:1]
    lines = {row.new for row in skipped if row.new}
    names = [s.qualified for s in history.index(stage).outermost(file) if s.line in lines]
    return [Row(ELIDED, skipped[0].old, skipped[0].new, _label(names) if names else "")]


def _label(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    prefix = names[0].rpartition("::")[0]
    if prefix and all(name.startswith(prefix + "::") for name in names):
        names = [name[len(prefix) + 2 :] for name in names]
    if len(names) <= 6:
        return ", ".join(names)
    return ", ".join(names[:5]) + f" and {len(names) - 5} more"


def _without(
    history: History, verb: str, rows: list[Row], targets: list[_Target], without: str, stage: Stage
) -> list[Row]:
    """Takes the nested symbols named by :without: out, a row with their names instead."""
    at = history.previous(stage) if verb == "retire" else stage
    outer = [s for t in targets for s in t.symbols]
    hidden: list[tuple[int, int, str]] = []
    for name in split(without):
        whole = name if "(" in name else f"{name}(*)"
        inner = _nested(history, at, outer, name) if outer else history.index(at).find_all(whole)
        hidden += [(s.first_line, s.last_line, s.name) for s in inner]
    if not hidden:
        return rows
    out: list[Row] = []
    last_new = 0
    for row in rows:
        number = row.old if verb == "retire" else row.new
        last_new = number or last_new
        line = number or last_new + 0.5
        name = next((name for first, last, name in hidden if first <= line <= last), "")
        if not name:
            out.append(row)
        elif out and out[-1].kind == ELIDED:
            names = dict.fromkeys([*out[-1].text.split(", "), name])
            out[-1] = replace(out[-1], text=", ".join(names))
        else:
            out.append(Row(ELIDED, row.old, row.new, name))
    return out


def _nested(history: History, at: Stage | None, outer: list[Symbol], name: str) -> list[Symbol]:
    refusal: WeaveError | None = None
    for symbol in outer:
        try:
            return history.index(at).inside(symbol, name)
        except WeaveError as error:
            refusal = error
    assert refusal
    raise refusal


def _shorten(rows: list[Row]) -> list[Row]:
    """Elides context that is far from every change; the opening line stays."""
    keep = {0, len(rows) - 1}
    for n, row in enumerate(rows):
        if row.kind != KEPT:
            keep |= set(range(max(0, n - FAR), min(len(rows), n + FAR + 1)))
    out: list[Row] = []
    run: list[Row] = []
    ends: list[tuple[int, Row | None]] = [*enumerate(rows), (-1, None)]
    for n, shown in ends:
        if shown is not None and n not in keep:
            run.append(shown)
            continue
        if len(run) > FAR:
            out.append(Row(ELIDED, run[0].old, run[0].new, f"{len(run)} lines unchanged"))
        else:
            out += run
        run = []
        if shown is not None:
            out.append(shown)
    return out


def _tidy(rows: list[Row]) -> list[Row]:
    """No blank rows at the ends, beside a gap, or twice in a row."""
    out: list[Row] = []
    for row in rows:
        blank = row.kind != ELIDED and not row.text.strip()
        if blank and (not out or out[-1].kind == ELIDED or not out[-1].text.strip()):
            continue
        if row.kind == ELIDED and out and not out[-1].text.strip() and out[-1].kind != ELIDED:
            out.pop()
        out.append(row)
    while out and out[-1].kind != ELIDED and not out[-1].text.strip():
        out.pop()
    return out
