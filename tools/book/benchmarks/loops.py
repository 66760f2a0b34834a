"""Our loops, beside Go's where Go is installed, and beside the machine's own futex."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from book.benchmarks.measuring import (
    GO,
    ROUNDS,
    Rows,
    as_time,
    conditions,
    keep_best,
    run_go,
    run_ours,
)
from book.common import terminal
from book.common.tables import aligned


@dataclass(frozen=True)
class Target:
    row: str
    peer: str  # "go", or one of our own rows
    at_most: float


TARGETS = (
    Target("ReadySelect3", "go", 1.0),
    Target("DefaultMiss", "go", 1.0),
    Target("Buffered128_1to1", "go", 2.0),
    Target("PingPong", "FutexPingPong", 1.3),
)


def measure(suite: str, program: Path) -> tuple[Rows, Rows]:
    ours: Rows = {}
    go: Rows = {}
    with_go = bool(shutil.which("go")) and GO.is_dir()
    with terminal.Step(f"Measuring {suite}, {ROUNDS} rounds") as step:
        for number in range(ROUNDS):
            step.at(number, ROUNDS, "ours")
            keep_best(ours, run_ours(program))
            if with_go:
                step.at(number + 0.5, ROUNDS, "Go's")
                keep_best(go, run_go(ours))
    return ours, go


def table(ours: Rows, go: Rows) -> list[str]:
    """The whole report as plain lines."""
    return [
        *conditions(bool(go)),
        f"smallest of {ROUNDS} rounds; targets are for wall time",
        "",
        *aligned(list(_rows(ours, go)), left=(0, 5, 8, 9)),
    ]


HEAD = (
    "per operation",
    "wall",
    "cpu",
    "Go wall",
    "Go cpu",
    "beside",
    "wall ×",
    "cpu ×",
    "target",
    "met",
)


def _rows(ours: Rows, go: Rows) -> Iterator[tuple[str, ...]]:
    yield HEAD
    targets = {target.row: target for target in TARGETS}
    for row, times in ours.items():
        peer = go.get(row)
        cells: tuple[str, ...] = (
            row,
            as_time(times.wall),
            as_time(times.cpu),
            as_time(peer.wall) if peer else "-",
            as_time(peer.cpu) if peer else "-",
        )
        target = targets.get(row)
        against = ours.get(target.peer) if target and target.peer != "go" else peer
        if against is None:
            yield (*cells, *["-"] * 5)
            continue
        wall = times.wall / against.wall
        cells += (
            "Go" if against is peer else target.peer if target else "",
            f"{wall:.2f}",
            f"{times.cpu / against.cpu:.2f}",
        )
        if target is None:
            yield (*cells, "-", "-")
        else:
            met = "yes" if wall <= target.at_most else f"no, by {wall / target.at_most:.2f} ×"
            yield (*cells, f"≤ {target.at_most:g}", met)
