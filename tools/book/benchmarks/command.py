"""`./book bench`: builds the benchmarks, measures, and keeps the tables for the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from book.benchmarks import core, loops, measuring, pages
from book.common import terminal
from book.common.paths import ROOT, in_repository
from book.common.refusal import Refusal
from book.cpp import cmake
from book.cpp.stage_trees import stage_tree
from book.setup import install
from weave.errors import did_you_mean

PROGRAMS = ("csp", "node", "codec", "quorum", "log", "raft")
SUITES = (*PROGRAMS, "pages")
MEASURED = ROOT / "chapters" / "measured"


def refuse_unknown(name: str | None) -> None:
    if name and name not in SUITES:
        raise Refusal(
            f"there is no benchmark {name}",
            did_you_mean(name, SUITES, "they are " + ", ".join(SUITES)),
        )


def run(name: str | None, save: bool) -> None:
    refuse_unknown(name)
    if name != "pages":
        install.ensure("bench")
    if name in (None, "pages"):
        install.ensure("test")  # a browser, and what drives it
    suites = [name] if name else list(SUITES)
    programs = _programs([s for s in suites if s in PROGRAMS])
    if warning := measuring.busy_warning():
        terminal.warn(warning)
    for suite, lines in _reports(suites, programs):
        terminal.line()
        for text in lines:
            terminal.line(text)
        if save:
            MEASURED.mkdir(exist_ok=True)
            place = MEASURED / f"{suite}.txt"
            place.write_text("\n".join(lines) + "\n", encoding="utf-8")
            terminal.line(f"\nkept in {in_repository(place)}", "dim")


def _reports(suites: list[str], programs: dict[str, Path]) -> Iterator[tuple[str, list[str]]]:
    for suite, program in programs.items():
        if suite == "raft":
            yield suite, core.table(*core.measure(program))
        else:
            yield suite, loops.table(*loops.measure(suite, program))
    if "pages" in suites:
        yield "pages", pages.table(pages.measure())


def _programs(suites: list[str]) -> dict[str, Path]:
    if not suites:
        return {}
    tree = stage_tree()
    where = tree / "b-release"
    with terminal.Step("Building the benchmarks") as step:
        done = cmake.configure(tree, where, kind="Release", tests=False)
        if not done.ok:
            raise Refusal("CMake could not configure the code:\n" + done.tail(12))
        there = [s for s in suites if (tree / "code" / "bench" / f"{s}_bench.cpp").exists()]
        done = cmake.build(where, [f"{s}_bench" for s in there], step.at)
        if done.ok and "raft" in there:
            core.build_peer(where)
        if not done.ok:
            if "unknown target" in done.output:
                raise Refusal(
                    "Google Benchmark is not installed", "apt-get install libbenchmark-dev"
                )
            raise Refusal("the benchmarks do not compile:\n" + cmake.complaints(done.output)[:3000])
    return {s: where / f"{s}_bench" for s in there}
