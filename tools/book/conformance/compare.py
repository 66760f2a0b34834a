"""Two players, the same conversations: what differs, and the shortest one that still does."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from book.conformance.players import DIED, Lines, Player, Transcript

# Where etcd stops a conversation, or sends what this part of the book does not handle yet.
BEYOND = re.compile(rf"^{DIED}|^beyond: |\bMsgSnap\b|\bStateSnapshot\b", re.MULTILINE)


@dataclass(frozen=True)
class Difference:
    lines: Lines
    theirs: str
    ours: str

    def report(self) -> str:
        lines = [
            "the shortest conversation in which the two differ:",
            "",
            *self.lines,
            "",
            f"and what they say to `{self.lines[-1]}`:",
            "",
        ]
        lines += list(
            difflib.unified_diff(
                self.theirs.splitlines(), self.ours.splitlines(), "etcd", "ours", lineterm="", n=2
            )
        )
        return "\n".join(lines)


def playable(lines: Lines, said: Transcript) -> Lines:
    """The directives before the first that goes beyond this part of the book."""
    for number, (_, output) in enumerate(said):
        if BEYOND.search(output):
            return lines[:number]
    return lines[: len(said)]


def differences(
    scenarios: Sequence[Lines], theirs: Player, ours: Player
) -> list[Difference | None]:
    """For each conversation the first difference, its lines ending there; None if there is none."""
    answers = theirs(scenarios)
    cut = [playable(lines, said) for lines, said in zip(scenarios, answers)]
    return [_first(lines, their, our) for lines, their, our in zip(cut, answers, ours(cut))]


def _first(lines: Lines, theirs: Transcript, ours: Transcript) -> Difference | None:
    for number, line in enumerate(lines):
        their = theirs[number][1]
        directive, our = ours[number] if number < len(ours) else ("", "nothing more")
        if directive != line and our.startswith(DIED):
            return Difference(lines, theirs[-1][1], our)
        if directive != line or our != their:
            return Difference(lines[: number + 1], their, our)
    return None


Differ = Callable[[Sequence[Lines]], list[Difference | None]]


def shrink(
    found: Difference, all_differ: Differ, fair: Callable[[Lines], bool] = lambda lines: True
) -> Difference:
    """Leaves out directives, then arguments, as long as some difference remains and the
    conversation is a fair one."""

    def differ(some: Sequence[Lines]) -> list[Difference | None]:
        return all_differ([lines for lines in some if fair(lines)])

    best = found
    size = max(1, len(best.lines) // 2)
    while True:
        smaller = _one(differ, _without(best.lines, size))
        if smaller:
            best = smaller
            size = max(1, min(size, len(best.lines) // 2))
        elif size > 1:
            size //= 2
        else:
            break
    while smaller := _one(differ, _plainer(best.lines)):
        best = smaller
    return best


def _one(differ: Differ, candidates: list[Lines]) -> Difference | None:
    found = [d for d in differ(candidates) if d] if candidates else []
    return min(found, key=_size) if found else None


def _size(difference: Difference) -> tuple[int, int]:
    return len(difference.lines), sum(len(line) for line in difference.lines)


def _without(lines: Lines, size: int) -> list[Lines]:
    return [
        lines[:at] + lines[at + size :] for at in range(0, len(lines), size) if len(lines) > size
    ]


def _plainer(lines: Lines) -> list[Lines]:
    """Each argument left out once."""
    return [
        lines[:number] + [" ".join(words[:at] + words[at + 1 :])] + lines[number + 1 :]
        for number, line in enumerate(lines)
        for words in [line.split(" ")]
        for at in range(1, len(words))
    ]


def summary(found: Iterable[Difference | None]) -> tuple[int, int]:
    """How many are the same, how many differ."""
    all_of_them = list(found)
    wrong = sum(d is not None for d in all_of_them)
    return len(all_of_them) - wrong, wrong
