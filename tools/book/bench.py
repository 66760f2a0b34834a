"""Our loops, beside Go's where Go is installed, and beside the machine's own futex.

Each round runs all of ours and then all of Go's, so that both see the same machine; the smallest of
the rounds counts, because other work only ever makes a loop slower. Wall time and the CPU time of
the whole process stand side by side: where they tell different stories, the CPU time was waiting.
"""
from __future__ import annotations

import json
import os
import platform
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from weave.errors import did_you_mean

from book import bench_pages, bench_raft, cmake, proc, say, site
from book.paths import BUILD, ROOT

ROUNDS = 5
PROGRAMS = ("csp", "node", "codec", "quorum", "log", "raft")
SUITES = (*PROGRAMS, "pages")
GO = ROOT / "code" / "bench" / "go"
MEASURED = ROOT / "chapters" / "measured"


@dataclass(frozen=True)
class Target:
    row: str
    peer: str     # "go", or one of our own rows
    at_most: float


TARGETS = (Target("ReadySelect3", "go", 1.0), Target("DefaultMiss", "go", 1.0),
           Target("Buffered128_1to1", "go", 2.0), Target("PingPong", "FutexPingPong", 1.3))


@dataclass(frozen=True)
class Times:
    """Nanoseconds for one operation; and its allocations, where they are counted."""
    wall: float
    cpu: float
    allocs: float = float("nan")

    def best(self, other: "Times") -> "Times":
        return Times(min(self.wall, other.wall), min(self.cpu, other.cpu),
                     min(self.allocs, other.allocs))


Rows = dict[str, Times]


def known(name: str | None) -> None:
    if name and name not in SUITES:
        raise say.Refusal(f"there is no benchmark {name}",
                          did_you_mean(name, SUITES, "they are " + ", ".join(SUITES)))


def main(name: str | None, save: bool) -> None:
    known(name)
    suites = [name] if name else list(SUITES)
    programs = _programs([s for s in suites if s in PROGRAMS])
    if warning := busy():
        say.warn(warning)
    for suite, lines in _reports(suites, programs):
        say.line()
        for text in lines:
            say.line(text)
        if save:
            MEASURED.mkdir(exist_ok=True)
            place = MEASURED / f"{suite}.txt"
            place.write_text("\n".join(lines) + "\n", encoding="utf-8")
            say.line(f"\nkept in {place.relative_to(ROOT)}", "dim")


def _reports(suites: list[str], programs: dict[str, Path]) -> Iterator[tuple[str, list[str]]]:
    for suite, program in programs.items():
        if suite == "raft":
            yield suite, bench_raft.table(*bench_raft.measure(program))
        else:
            yield suite, table(suite, *_measure(suite, program))
    if "pages" in suites:
        yield "pages", bench_pages.table(bench_pages.measure())


def _programs(suites: list[str]) -> dict[str, Path]:
    if not suites:
        return {}
    tree = site.stage_tree()
    where = tree / "b-release"
    with say.Step("Building the benchmarks") as step:
        done = cmake.configure(tree, where, kind="Release", tests=False)
        if not done.ok:
            raise say.Refusal("CMake could not configure the code:\n" + done.tail(12))
        there = [s for s in suites if (tree / "code" / "bench" / f"{s}_bench.cpp").exists()]
        done = cmake.build(where, [f"{s}_bench" for s in there], step.at)
        if done.ok and "raft" in there:
            bench_raft.build_peer(where)
        if not done.ok:
            if "unknown target" in done.output:
                raise say.Refusal("Google Benchmark is not installed",
                                  "apt-get install libbenchmark-dev")
            raise say.Refusal("the benchmarks do not compile:\n" +
                              cmake.complaints(done.output)[:3000])
    return {s: where / f"{s}_bench" for s in there}


def _measure(suite: str, program: Path) -> tuple[Rows, Rows]:
    ours: Rows = {}
    go: Rows = {}
    with_go = bool(shutil.which("go")) and GO.is_dir()
    with say.Step(f"Measuring {suite}, {ROUNDS} rounds") as step:
        for number in range(ROUNDS):
            step.at(number, ROUNDS, "ours")
            merge(ours, run_ours(program))
            if with_go:
                step.at(number + 0.5, ROUNDS, "Go's")
                merge(go, run_go(ours))
    return ours, go


def merge(into: Rows, rows: Rows) -> None:
    for row, times in rows.items():
        into[row] = into[row].best(times) if row in into else times


def run_ours(program: Path) -> Rows:
    done = proc.run([program, "--benchmark_format=json", "--benchmark_min_time=0.2"],
                    timeout=300, errors_too=False)
    try:
        found = json.loads(done.output)["benchmarks"]
    except (ValueError, KeyError):
        raise say.Refusal(f"{program.name} did not end as it should:\n{done.tail(5)}") from None
    unit = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
    return {_row(b["name"]): Times(b["real_time"] * unit[b["time_unit"]],
                                   b["cpu_time"] * unit[b["time_unit"]],
                                   b.get("allocs", float("nan")))
            for b in found if b.get("run_type") != "aggregate"}


def _row(name: str) -> str:
    """`X/proposers:4/process_time/real_time` is the row `X proposers:4`."""
    return " ".join(p for p in name.split("/") if p not in ("process_time", "real_time"))


def run_go(ours: Rows, place: Path = GO, options: tuple[str, ...] = ()) -> Rows:
    """Go's loops of the same names as ours. The loops of `place` below may need modules."""
    modules = {"GOFLAGS": "-mod=mod", "GOPROXY": "off"} if place == GO else {}
    env = {"GOTOOLCHAIN": "local", "GO111MODULE": "on", "GOCACHE": str(BUILD / "gocache"),
           **modules}
    names = "|".join(sorted({row.split()[0] for row in ours}))
    done = proc.run(["go", "test", "-run", "^$", "-bench", f"^Benchmark({names})$", "-benchtime",
                     "200ms", *options], cwd=place, env=env, timeout=600)
    if not done.ok:
        say.warn("Go's benchmarks did not run; its column stays empty:\n" + done.tail(5))
        return {}
    rows = {}
    for found in re.finditer(r"^Benchmark([\w/:]+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op(.*)$",
                             done.output, re.MULTILINE):
        cpu = re.search(r"([\d.]+) cpu-ns/op", found[3])
        allocs = re.search(r"(\d+) allocs/op", found[3])
        rows[_row(found[1])] = Times(float(found[2]), float(cpu[1]) if cpu else float("nan"),
                                     float(allocs[1]) if allocs else float("nan"))
    return rows


def _time(nanoseconds: float) -> str:
    if nanoseconds != nanoseconds:
        return "-"
    if nanoseconds < 1e3:
        return f"{nanoseconds:.1f} ns" if nanoseconds < 100 else f"{nanoseconds:.0f} ns"
    return f"{nanoseconds / 1e3:.2f} µs" if nanoseconds < 1e6 else f"{nanoseconds / 1e6:.2f} ms"


def table(suite: str, ours: Rows, go: Rows) -> list[str]:
    """The whole report as plain lines."""
    return [*where(bool(go)), f"smallest of {ROUNDS} rounds; targets are for wall time", "",
            *_columns(list(_lines(ours, go)))]


HEAD = ("per operation", "wall", "cpu", "Go wall", "Go cpu", "beside", "wall ×", "cpu ×", "target",
        "met")


def _lines(ours: Rows, go: Rows) -> Iterator[tuple[str, ...]]:
    yield HEAD
    targets = {target.row: target for target in TARGETS}
    for row, times in ours.items():
        peer = go.get(row)
        cells = (row, _time(times.wall), _time(times.cpu),
                 _time(peer.wall) if peer else "-", _time(peer.cpu) if peer else "-")
        target = targets.get(row)
        against = ours.get(target.peer) if target and target.peer != "go" else peer
        if against is None:
            yield (*cells, *["-"] * 5)
            continue
        wall = times.wall / against.wall
        cells += ("Go" if against is peer else target.peer if target else "", f"{wall:.2f}",
                  f"{times.cpu / against.cpu:.2f}")
        if target is None:
            yield (*cells, "-", "-")
        else:
            met = "yes" if wall <= target.at_most else f"no, by {wall / target.at_most:.2f} ×"
            yield (*cells, f"≤ {target.at_most:g}", met)


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) if n in (0, 5, 8, 9) else cell.rjust(width)
                      for n, (cell, width) in enumerate(zip(row, widths))).rstrip()
            for row in rows]


def where(with_go: bool) -> list[str]:
    """When and on what: no names of machines or people."""
    model = platform.machine()
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        model = found[1] if found else model
    except OSError:
        pass
    compiler = proc.run(["g++", "--version"]).output.splitlines()[:1]
    tools = [*compiler]
    if with_go:
        tools.append(proc.run(["go", "version"], env={"GOTOOLCHAIN": "local"}).output.strip())
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return [f"{day}, {model}, {os.cpu_count()} cores", "; ".join(tools)]


def busy() -> str:
    """A word of warning when other programs take part of the processors."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load < 0.5 * cores:
        return ""
    return (f"Other programs are running (load {load:.1f} on {cores} cores): wall times are too "
            "long, the cpu columns are the ones to compare.")
