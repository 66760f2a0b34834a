"""clang-tidy over the rooms' sources, at the last stage. Verdicts are kept by content: a file is
judged again when it, a header that it includes, or a rule has changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from book.common import process
from book.common.paths import BUILD, ROOT
from book.common.refusal import Refusal
from weave import story
from weave.digests import digest
from weave.trees import cmake

KEPT = BUILD / "tidy"
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
# Tests and benchmarks are made of other people's macros; programs are no part of the node.
OTHERS = re.compile(r"_(?:test|bench|main|fuzz)\.cpp$|/oracle/|^code/(?:conformance|bench)/")
SLOTS = 2


def lint(paths: Sequence[Path], _: bool = False) -> list[str]:
    told = story.load()
    last = told.stage(None)
    alive = set(told.files_alive(last))
    cmake.write(last.name, KEPT, told)
    chosen = [p for p in paths if str(p) in alive and not OTHERS.search(str(p))]
    with ThreadPoolExecutor(SLOTS) as pool:
        found = [line for lines in pool.map(judge, chosen) for line in lines]
    return list(dict.fromkeys(found))  # what is wrong in a header is said by whoever includes it


def judge(path: Path) -> list[str]:
    """What is wrong in a source and in the headers of ours that it includes."""
    known = KEPT / f"{_digest(path)}.txt"
    if not known.exists():
        known.write_text("".join(line + "\n" for line in _run(path)), encoding="utf-8")
    return known.read_text(encoding="utf-8").splitlines()


def _run(path: Path) -> list[str]:
    # The analyzer follows a value through small functions; through all of them it takes twice the
    # time of everything else here.
    flags = [
        *("-Xclang", "-analyzer-config", "-Xclang", "mode=shallow"),
        "-std=c++20",
        "-Icode",
        "-include",
        str(KEPT / "stages.hpp"),
        "-DRAFT_CHECK_INVARIANTS=true",
    ]
    done = process.run(
        ["clang-tidy-16", f"--config-file={ROOT / '.clang-tidy'}", "--quiet", path, "--", *flags],
        cwd=ROOT,
        timeout=300,
    )
    found = re.findall(r"^(\S+:\d+:\d+: error: .+)$", done.output, re.MULTILINE)
    if not done.ok and not found:
        raise Refusal(f"clang-tidy could not judge {path}:\n{done.tail()}")
    return [line.removeprefix(f"{ROOT}/") for line in found]


def _digest(path: Path) -> str:
    files = [ROOT / ".clang-tidy", KEPT / "stages.hpp", *sorted(_closure(ROOT / path))]
    parts: list[str | bytes] = []
    for file in files:
        parts += [str(file), file.read_bytes()]
    return digest(*parts)[:20]


def _closure(path: Path) -> set[Path]:
    seen, waiting = set[Path](), [path]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += _included(file)
    return seen


@cache
def _included(file: Path) -> tuple[Path, ...]:
    names = INCLUDE.findall(file.read_text(encoding="utf-8"))
    return tuple(found for name in names if (found := ROOT / "code" / name).exists())
