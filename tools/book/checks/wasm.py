"""The pure core without an operating system: built to wasm32-wasi, run under Node, and compared.

What the core's archives leave undefined is memory, bytes, texts, and a way to stop: no thread, no
clock, no file. The program `scenario` then plays the committed conversations and some random ones
natively and in WebAssembly; every transcript, trace and complaint is the same, byte for byte.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from book.checks.outcome import Context, Outcome, broken
from book.common import process
from book.conformance import faults, peers, scenarios
from book.conformance.players import text_of
from book.cpp.stage_trees import stage_tree
from book.scenes import scenario_files
from book.wasm import core

SEED, RANDOM = 2, 300
LIMIT = 60.0
AT_ONCE = 50  # instances in one Node, which keeps gigabytes of addresses for each
PLAYER = core.HERE / "run.mjs"
STOPPED = (134, -6)  # a broken invariant: in Node's words, and in those of a process

# What the core may ask for. Names as nm tells them, demangled.
ALLOWED = re.compile(
    r"mem(chr|cmp|cpy|move|set)|strlen|abort|__multi3|"
    r"fprintf|stderr|"  # a broken invariant says why
    r"operator (new|delete)\b.*|std::nothrow|"
    r"__stack_pointer|__cxa_atexit|__dso_handle|"
    # libc++: texts, error codes, shared pointers, sorting numbers
    r"(\w+ )?std::__2::(basic_string<|to_string\(|error_c|system_category|generic_category|"
    r"__shared_weak_count|__sort<).*"
)


@dataclass(frozen=True)
class Played:
    """One conversation, played."""

    said: str  # the file, rewritten
    trace: str
    printed: str  # complaints
    code: int


def check(_: Context) -> Outcome:
    if why := core.absent() or ("" if shutil.which("node") else "node is not installed"):
        return Outcome(skipped=why)
    where = core.build(stage_tree(), [*core.PURE, scenario_files.PLAYER])
    outcome = judge_symbols(_undefined(where))
    texts = _conversations()
    native = peers.ours().command[0]
    with tempfile.TemporaryDirectory(prefix="book-") as here:
        there = Path(here) / "wasm"
        there.mkdir()
        ours = _natively(Path(native), texts, Path(here))
        web = _in_node(where / scenario_files.PLAYER, texts, there)
    for name, mine in ours.items():
        complaint = differs(mine, web.get(name))
        outcome.passed += not complaint
        outcome.failed += bool(complaint)
        outcome.log += f"{name}: {complaint}\n" if complaint else ""
    return outcome


def _conversations() -> dict[str, str]:
    """The committed files, and random ones; in every second of those, nodes draw their timeouts,
    and in every third, things go wrong.
    """
    texts = {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted(scenario_files.FOLDER.glob("*.txt"))
    }
    return texts | {f"random{n:03}": random_text(SEED, n) for n in range(RANDOM)}


def random_text(seed: int, number: int) -> str:
    lines = scenarios.scenario(seed, number, pinned=number % 2 == 0)
    return text_of(faults.with_faults(lines, seed, number) if number % 3 == 0 else lines)


def _undefined(where: Path) -> list[str]:
    """What the archives use and do not have."""

    def names(which: str) -> set[str]:
        archives = [where / "code" / f"lib{room}.a" for room in core.PURE]
        done = process.run([core.NM, which, "--demangle", "--format=just-symbols", *archives])
        found = {text for text in done.output.splitlines() if text and not text.endswith(".obj:")}
        return found if done.ok else set()

    return sorted(names("--undefined-only") - names("--defined-only"))


def judge_symbols(names: list[str]) -> Outcome:
    if not names:
        return broken("what the core's archives ask for could not be read")
    wrong = [name for name in names if not ALLOWED.fullmatch(name)]
    return Outcome(
        len(names) - len(wrong),
        len(wrong),
        "".join(f"the pure core asks for {name}\n" for name in wrong),
    )


def _write(texts: dict[str, str], folder: Path) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _natively(program: Path, texts: dict[str, str], folder: Path) -> dict[str, Played]:
    _write(texts, folder)
    found = {}
    for name in texts:
        file, trace = folder / f"{name}.txt", folder / f"{name}.json"
        done = process.run(
            [program, "--rewrite", "--trace", trace.name, file.name], cwd=folder, timeout=LIMIT
        )
        found[name] = Played(_read(file), _read(trace), done.output, done.code)
    return found


def _in_node(program: Path, texts: dict[str, str], folder: Path) -> dict[str, Played]:
    _write(texts, folder)
    version = re.match(r"v(\d+)", process.run(["node", "--version"]).output)
    # Debian 12's Node wants to be asked for WASI.
    asked = ["--experimental-wasi-unstable-preview1"] if version and int(version[1]) < 20 else []
    names, said = list(texts), ""
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        said += process.run(
            ["node", "--no-warnings", *asked, PLAYER, program, *some], cwd=folder, timeout=LIMIT
        ).output
    codes = dict(text.split(" ") for text in said.splitlines() if text.count(" ") == 1)
    return {
        name: Played(
            _read(folder / f"{name}.txt"),
            _read(folder / f"{name}.json"),
            _read(folder / f"{name}.out"),
            int(code),
        )
        for name, code in codes.items()
        if name in texts
    }


def differs(native: Played, web: Played | None) -> str:
    """What is not the same, or nothing. Where both stopped, both said why in the same words; only
    a process can say where, too."""
    if web is None:
        return "was not played in WebAssembly"
    if (native.code in STOPPED) != (web.code in STOPPED) or not (
        native.code in STOPPED or native.code == web.code
    ):
        return f"natively it ends with {native.code}, in WebAssembly with {web.code}"
    printed = "\n".join(
        text
        for text in native.printed.splitlines()
        if not text.endswith(": this is where the node stopped")
    )
    for what, mine, its in (
        ("transcript", native.said, web.said),
        ("trace", native.trace, web.trace),
        ("complaint", printed, web.printed.rstrip("\n")),
    ):
        if mine != its:
            pairs = zip(mine.splitlines() + [""], its.splitlines() + [""])
            here, there = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
            return f"the {what} is natively `{here}`, in WebAssembly `{there}`"
    return ""
