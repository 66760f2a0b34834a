"""The whole core, beside etcd's raft in Go and canonical/raft in C: what a proposal costs.

CPU time is compared, not wall time: a loop in one thread has nothing to wait for. Go gets one
processor, as its loop uses one; what its collector costs is in the CPU time either way. Allocations
are calls of operator new, of Go's allocator, and of the C library's; they are not compared, because
they are not of one size.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from book.benchmarks import measuring
from book.common import process, terminal
from book.common.paths import ROOT
from book.common.tables import aligned
from book.cpp import cmake

GO = ROOT / "code" / "bench" / "go" / "raft"
C = "canonical_bench"
GO_AT_LEAST = 6.0  # times our CPU time, in every row
C_AT_LEAST = 1.0  # at three replicas
ALLOCS_AT_MOST = 2.0  # of ours, in the batches
HEAD = (
    "per proposal",
    "cpu",
    "allocs",
    "Go cpu",
    "allocs",
    "C cpu",
    "allocs",
    "Go ÷",
    "C ÷",
    "targets",
)


def build_peer(where: Path) -> None:
    """The loop in C, if its library is there: without it the target does not exist."""
    done = cmake.build(where, [C])
    if not done.ok and not re.search(r"unknown target", done.output):
        terminal.warn("the loop in C does not compile; its columns stay empty:\n" + done.tail(5))


def measure(program: Path) -> tuple[measuring.Rows, measuring.Rows, measuring.Rows]:
    ours: measuring.Rows = {}
    go: measuring.Rows = {}
    c: measuring.Rows = {}
    peer = program.with_name(C)
    with_go = bool(shutil.which("go")) and GO.is_dir()
    with terminal.Step(f"Measuring raft, {measuring.ROUNDS} rounds") as step:
        for number in range(measuring.ROUNDS):
            step.at(number, measuring.ROUNDS, "ours")
            measuring.keep_best(ours, measuring.run_ours(program))
            if with_go:
                step.at(number + 0.3, measuring.ROUNDS, "Go's")
                found = measuring.run_go(ours, GO, ("-cpu", "1"))
                with_go = bool(found)  # what did not run once does not run the next time
                measuring.keep_best(go, found)
            if peer.exists():
                step.at(number + 0.6, measuring.ROUNDS, "C's")
                measuring.keep_best(c, measuring.run_ours(peer))
    return ours, go, c


def table(ours: measuring.Rows, go: measuring.Rows, c: measuring.Rows) -> list[str]:
    """The whole report as plain lines."""
    return [
        *measuring.conditions(bool(go)),
        *(["C: canonical/raft " + _version()] if c else []),
        f"smallest of {measuring.ROUNDS} rounds; ÷ is their CPU time by ours",
        "",
        *aligned(list(_rows(ours, go, c)), left=(0, len(HEAD) - 1)),
    ]


def _version() -> str:
    done = process.run(["dpkg-query", "-W", "-f", "${Version}", "libraft-dev"])
    return done.output.strip() if done.ok else ""


def _rows(ours: measuring.Rows, go: measuring.Rows, c: measuring.Rows) -> Iterator[tuple[str, ...]]:
    yield HEAD
    for row, times in ours.items():
        cells = [row, measuring.as_time(times.cpu), _count(times.allocs)]
        for peers in (go, c):
            cells += (
                [measuring.as_time(peers[row].cpu), _count(peers[row].allocs)]
                if row in peers
                else ["-", "-"]
            )
        for peers in (go, c):
            cells.append(f"{peers[row].cpu / times.cpu:.1f}" if row in peers else "-")
        yield (*cells, "; ".join(_targets(row, times, go, c)) or "-")


def _targets(
    row: str, times: measuring.Times, go: measuring.Rows, c: measuring.Rows
) -> Iterator[str]:
    if row in go:
        yield _met(f"Go ÷ ≥ {GO_AT_LEAST:g}", go[row].cpu / times.cpu >= GO_AT_LEAST)
    if row in c and "replicas:3" in row:
        yield _met(f"C ÷ ≥ {C_AT_LEAST:g}", c[row].cpu / times.cpu >= C_AT_LEAST)
    if "batch:64" in row and "replicas:3" in row:
        yield _met(f"allocs ≤ {ALLOCS_AT_MOST:g}", times.allocs <= ALLOCS_AT_MOST)


def _met(target: str, met: bool) -> str:
    return f"{target}: {'yes' if met else 'no'}"


def _count(allocations: float) -> str:
    return "-" if allocations != allocations else f"{allocations:.1f}"
