"""What pages cost a reader: what is fetched, how long until a scene plays, how smooth, how long
until an exercise in C++ has its verdict.

Times are those of headless Chromium on this machine, without a graphics card, the site on the same
machine. Sizes are as a server sends them, compressed.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book.benchmarks import measuring
from book.common import process, terminal
from book.common.paths import PAGE_COMPILER, ROOT, SITE
from book.common.refusal import Refusal
from book.common.tables import aligned
from book.exercises import page
from book.serving.server import serving
from book.site import build
from book.wasm import limits

PROGRAM = ROOT / "tools" / "site" / "pages_test" / "measure.mjs"
READY, FRAME = 1500.0, 17.0  # milliseconds: aims, not assertions, for they are the machine's
FIRST, SECOND, WARM = 20_000.0, 5000.0, 2000.0
HEAD = ("what", "median", "p95 or worst", "aim", "met")


def measure() -> dict[str, Any]:
    """What the browser's script found."""
    for command in ("node", "chromium"):
        if not shutil.which(command):
            raise Refusal(f"{command} is not installed", "./book test sets it up")
    build.build_site()
    if not (SITE / "_static" / "play" / "core.wasm").exists():
        raise Refusal(
            "the node was not built for pages here, so nothing plays on it",
            "./book read says what is missing",
        )
    with terminal.Step("Measuring pages in a browser"), serving(SITE) as address:
        done = process.run(
            ["node", PROGRAM, address],
            cwd=ROOT,
            timeout=600,
            errors_too=False,
            env={"BOOK_CHROMIUM": str(shutil.which("chromium"))},
        )
    try:
        return dict(json.loads(done.output))
    except ValueError:
        raise Refusal("the pages could not be measured:\n" + done.tail(5)) from None


def table(
    found: dict[str, Any], play: Path = SITE / "_static" / "play", compiler: Path = PAGE_COMPILER
) -> list[str]:
    """The whole report as plain lines."""
    version = process.run(["chromium", "--version"]).output.strip().splitlines()[-1:]
    here = [measuring.conditions(False)[0], re.sub(r" *built on.*", "", "".join(version))]
    return [
        *here,
        "",
        *aligned(
            [HEAD, *_sizes(play), *_times(found), *_exercise(found.get("exercise"), compiler)],
            left=(0,),
        ),
    ]


def _sizes(play: Path) -> Iterator[tuple[str, ...]]:
    size = packed([play / "core.wasm"])
    yield (
        "core.wasm, compressed",
        _kb(size),
        "",
        f"≤ {limits.NODE // 1000} kB",
        _met(size <= limits.NODE),
    )
    for what, first in (
        ("its scripts: a scene on the node", "live.js"),
        ("its scripts: a recording", "recorded.js"),
    ):
        yield (what, _kb(packed(scripts(play, first))), "", "", "")


def _times(found: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, times in found["ready"].items():
        worst = max(times)
        yield (
            f"until it can be played: {name}",
            _ms(statistics.median(times)),
            _ms(worst),
            f"≤ {READY:.0f} ms",
            _met(worst <= READY),
        )
    for name, took in found["step"].items():
        yield (f"one step: {name}", _ms(took["p50"]), _ms(took["p95"]), "", "")
    for name, seen in found["frames"].items():
        yield (
            f"a frame, three clusters: {name}",
            _ms(seen["p50"]),
            _ms(seen["p95"]),
            f"≤ {FRAME:.0f} ms",
            _met(seen["p95"] <= FRAME),
        )


def _exercise(found: dict[str, Any] | None, compiler: Path) -> Iterator[tuple[str, ...]]:
    """An exercise in C++; nothing where the pages have no compiler."""
    if found is None:
        return
    sizes = page.every_size(compiler)
    once, most = (
        sizes["compiler"] + packed([compiler / "editor.js"]),
        max(sizes["exercises"].values()),
    )
    yield (
        "the compiler and the editor, once",
        f"{once / 1e6:.1f} MB",
        "",
        f"≤ {limits.COMPILER / 1e6:.0f} MB",
        _met(once <= limits.COMPILER),
    )
    yield (
        "each further exercise, the largest",
        "",
        _kb(most),
        f"≤ {limits.EXERCISE // 1000} kB",
        _met(most <= limits.EXERCISE),
    )
    for what, took, aim in (
        ("until the first verdict, first visit", found["first"]["first"], FIRST),
        ("until the first verdict, next visit", found["second"]["first"], SECOND),
    ):
        yield (what, _ms(took), "", f"≤ {aim:.0f} ms", _met(took <= aim))
    for what, visit in (("first", "first"), ("next", "second")):
        took = found[visit]["warm"]
        yield (
            f"from an edit to its verdict, {what} visit",
            _ms(statistics.median(took)),
            _ms(max(took)),
            f"≤ {WARM:.0f} ms",
            _met(statistics.median(took) <= WARM),
        )


def scripts(play: Path, first: str) -> list[Path]:
    """What a page fetches of the player's scripts for a scene whose player begins with `first`."""
    found, queue = [], ["start.js", first]
    while queue:
        path = play / queue.pop()
        if path not in found:
            found.append(path)
            queue += re.findall(
                r'^import .* from "\./([\w.]+)";$', path.read_text(encoding="utf-8"), re.MULTILINE
            )
    return found


def packed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} kB"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds >= 100 else f"{milliseconds:.1f} ms"


def _met(met: bool) -> str:
    return "yes" if met else "no"
