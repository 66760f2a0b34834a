"""The whole core, beside etcd's raft in Go and canonical/raft in C: what a proposal costs.

CPU time is compared, not wall time: a loop in one thread has nothing to wait for. Go gets one
processor, as its loop uses one; what its collector costs is in the CPU time either way. Allocations are calls of operator new, of Go's allocator, and of the C
library's; they are not compared, because they are not of one size.
"""
from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from book import bench, cmake, proc, say
from book.paths import ROOT

GO = ROOT / "code" / "bench" / "go" / "raft"
C = "canonical_bench"
GO_AT_LEAST = 6.0      # times our CPU time, in every row
C_AT_LEAST = 1.0       # at three replicas
ALLOCS_AT_MOST = 2.0   # of ours, in the batches
HEAD = ("per proposal", "cpu", "allocs", "Go cpu", "allocs", "C cpu", "allocs", "Go ÷", "C ÷",
        "targets")


def build_peer(where: Path) -> None:
    """The loop in C, if its library is there: without it the target does not exist."""
    done = cmake.build(where, [C])
    if not done.ok and not re.search(r"unknown target", done.output):
        say.warn("the loop in C does not compile; its columns stay empty:\n" + done.tail(5))


def measure(program: Path) -> tuple[bench.Rows, bench.Rows, bench.Rows]:
    ours: bench.Rows = {}
    go: bench.Rows = {}
    c: bench.Rows = {}
    peer = program.with_name(C)
    with_go = bool(shutil.which("go")) and GO.is_dir()
    with say.Step(f"Measuring raft, {bench.ROUNDS} rounds") as step:
        for number in range(bench.ROUNDS):
            step.at(number, bench.ROUNDS, "ours")
            bench.merge(ours, bench.run_ours(program))
            if with_go:
                step.at(number + 0.3, bench.ROUNDS, "Go's")
                found = bench.run_go(ours, GO, ("-cpu", "1"))
                with_go = bool(found)  # what did not run once does not run the next time
                bench.merge(go, found)
            if peer.exists():
                step.at(number + 0.6, bench.ROUNDS, "C's")
                bench.merge(c, bench.run_ours(peer))
    return ours, go, c


def table(ours: bench.Rows, go: bench.Rows, c: bench.Rows) -> list[str]:
    """The whole report as plain lines."""
    return [*bench.where(bool(go)), *(["C: canonical/raft " + _version()] if c else []),
            f"smallest of {bench.ROUNDS} rounds; ÷ is their CPU time by ours", "",
            *_columns(list(_lines(ours, go, c)))]


def _version() -> str:
    done = proc.run(["dpkg-query", "-W", "-f", "${Version}", "libraft-dev"])
    return done.output.strip() if done.ok else ""


def _lines(ours: bench.Rows, go: bench.Rows, c: bench.Rows) -> Iterator[tuple[str, ...]]:
    yield HEAD
    for row, times in ours.items():
        cells = [row, bench._time(times.cpu), _count(times.allocs)]
        for peers in (go, c):
            cells += ([bench._time(peers[row].cpu), _count(peers[row].allocs)]
                      if row in peers else ["-", "-"])
        for peers in (go, c):
            cells.append(f"{peers[row].cpu / times.cpu:.1f}" if row in peers else "-")
        yield (*cells, "; ".join(_targets(row, times, go, c)) or "-")


def _targets(row: str, times: bench.Times, go: bench.Rows, c: bench.Rows) -> Iterator[str]:
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


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) if n in (0, len(row) - 1) else cell.rjust(width)
                      for n, (cell, width) in enumerate(zip(row, widths))).rstrip()
            for row in rows]
