"""Running loops of Google Benchmark and of Go, and saying when and on what.

Each round runs all of ours and then all of Go's, so that both see the same machine; the smallest of
the rounds counts, because other work only ever makes a loop slower. Wall time and the CPU time of
the whole process stand side by side: where they tell different stories, the CPU time was waiting.
"""

from __future__ import annotations

import json
import os
import platform
import re
import time
from dataclasses import dataclass
from pathlib import Path

from book.common import process, terminal
from book.common.paths import BUILD, ROOT
from book.common.refusal import Refusal

ROUNDS = 5
GO = ROOT / "code" / "bench" / "go"


@dataclass(frozen=True)
class Times:
    """Nanoseconds for one operation; and its allocations, where they are counted."""

    wall: float
    cpu: float
    allocs: float = float("nan")

    def best(self, other: Times) -> Times:
        return Times(
            min(self.wall, other.wall), min(self.cpu, other.cpu), min(self.allocs, other.allocs)
        )


Rows = dict[str, Times]


def keep_best(into: Rows, rows: Rows) -> None:
    for row, times in rows.items():
        into[row] = into[row].best(times) if row in into else times


def run_ours(program: Path) -> Rows:
    done = process.run(
        [program, "--benchmark_format=json", "--benchmark_min_time=0.2"],
        timeout=300,
        errors_too=False,
    )
    try:
        found = json.loads(done.output)["benchmarks"]
    except (ValueError, KeyError):
        raise Refusal(f"{program.name} did not end as it should:\n{done.tail(5)}") from None
    unit = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
    return {
        _row(b["name"]): Times(
            b["real_time"] * unit[b["time_unit"]],
            b["cpu_time"] * unit[b["time_unit"]],
            b.get("allocs", float("nan")),
        )
        for b in found
        if b.get("run_type") != "aggregate"
    }


def _row(name: str) -> str:
    """`X/proposers:4/process_time/real_time` is the row `X proposers:4`."""
    return " ".join(p for p in name.split("/") if p not in ("process_time", "real_time"))


def run_go(ours: Rows, place: Path = GO, options: tuple[str, ...] = ()) -> Rows:
    """Go's loops of the same names as ours. The loops of `place` below may need modules."""
    modules = {"GOFLAGS": "-mod=mod", "GOPROXY": "off"} if place == GO else {}
    env = {
        "GOTOOLCHAIN": "local",
        "GO111MODULE": "on",
        "GOCACHE": str(BUILD / "gocache"),
        **modules,
    }
    names = "|".join(sorted({row.split()[0] for row in ours}))
    done = process.run(
        [
            "go",
            "test",
            "-run",
            "^$",
            "-bench",
            f"^Benchmark({names})$",
            "-benchtime",
            "200ms",
            *options,
        ],
        cwd=place,
        env=env,
        timeout=600,
    )
    if not done.ok:
        terminal.warn("Go's benchmarks did not run; its column stays empty:\n" + done.tail(5))
        return {}
    rows = {}
    for found in re.finditer(
        r"^Benchmark([\w/:]+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op(.*)$", done.output, re.MULTILINE
    ):
        cpu = re.search(r"([\d.]+) cpu-ns/op", found[3])
        allocs = re.search(r"(\d+) allocs/op", found[3])
        rows[_row(found[1])] = Times(
            float(found[2]),
            float(cpu[1]) if cpu else float("nan"),
            float(allocs[1]) if allocs else float("nan"),
        )
    return rows


def as_time(nanoseconds: float) -> str:
    if nanoseconds != nanoseconds:
        return "-"
    if nanoseconds < 1e3:
        return f"{nanoseconds:.1f} ns" if nanoseconds < 100 else f"{nanoseconds:.0f} ns"
    return f"{nanoseconds / 1e3:.2f} µs" if nanoseconds < 1e6 else f"{nanoseconds / 1e6:.2f} ms"


def conditions(with_go: bool) -> list[str]:
    """When and on what: no names of machines or people."""
    model = platform.machine()
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        model = found[1] if found else model
    except OSError:
        pass
    compiler = process.run(["g++", "--version"]).output.splitlines()[:1]
    tools = [*compiler]
    if with_go:
        tools.append(process.run(["go", "version"], env={"GOTOOLCHAIN": "local"}).output.strip())
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return [f"{day}, {model}, {os.cpu_count()} cores", "; ".join(tools)]


def busy_warning() -> str:
    """A word of warning when other programs take part of the processors."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load < 0.5 * cores:
        return ""
    return (
        f"Other programs are running (load {load:.1f} on {cores} cores): wall times are too "
        "long, the cpu columns are the ones to compare."
    )
