"""Objects for WebAssembly, made by the compiler that the pages have, and kept by content.

The npm package @yowasp/clang is clang and wasm-ld as one WebAssembly module. Here it runs under
Node, in a few processes side by side; in a reader's browser it compiles the reader's file. One
compiler makes both, so what it made here links there.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from book.common.paths import BUILD, ROOT
from book.common.refusal import Refusal
from book.cpp import cmake
from weave.digests import digest

HERE = ROOT / "tools" / "book" / "wasm"
SCRIPTS = ROOT / "tools" / "site" / "play" / "js" / "compiler"
PACKAGE = ROOT / "node_modules" / "@yowasp" / "clang"
LLVM = PACKAGE / "gen" / "llvm.core.wasm"
FORGOTTEN = 3 * 86400  # seconds
_kept = BUILD / "play" / "objects"


@dataclass(frozen=True)
class Order:
    """One thing to be made: `how` is precompile, compile, merge or link."""

    how: str
    source: str = ""
    files: dict[str, str] = field(default_factory=dict, hash=False)  # texts, by name
    bytes: dict[str, Path] = field(default_factory=dict, hash=False)  # made before, by name
    pch: str = ""
    objects: tuple[str, ...] = ()

    @property
    def out(self) -> Path:
        """Where the result is kept."""
        return _kept / self._digest

    @cached_property
    def _digest(self) -> str:
        """Of everything that the result depends on. What was made before has its own digest in its
        name."""
        made_before = sorted((name, path.name) for name, path in self.bytes.items())
        return digest(
            toolchain()
            + json.dumps(
                [
                    self.how,
                    self.source,
                    self.pch,
                    self.objects,
                    sorted(self.files.items()),
                    made_before,
                ]
            )
        )[:32]

    def line(self) -> str:
        return (
            json.dumps(
                {
                    "how": self.how,
                    "source": self.source,
                    "files": self.files,
                    "bytes": {k: str(v) for k, v in self.bytes.items()},
                    "pch": self.pch,
                    "objects": self.objects,
                    "out": str(self.out),
                }
            )
            + "\n"
        )


@contextmanager
def kept_in(place: Path) -> Iterator[None]:
    """Results are kept elsewhere for a while: what was made before is not found."""
    global _kept
    before, _kept = _kept, place
    try:
        yield
    finally:
        _kept = before


def version() -> str:
    """Of the compiler, as npm has it."""
    return str(json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"])


def toolchain() -> str:
    """What decides how things are compiled."""
    return version() + (SCRIPTS / "flags.js").read_text(encoding="utf-8")


def make(orders: Iterable[Order], sysroot: Path, tell: cmake.Tell | None = None) -> None:
    """Makes what is not there yet. Raises Refusal with what the compiler says of the first that it
    does not take."""
    _kept.mkdir(parents=True, exist_ok=True)
    todo = list({order.out: order for order in orders if not order.out.exists()}.values())
    waiting: queue.SimpleQueue[Order] = queue.SimpleQueue()
    for order in todo:
        waiting.put(order)
    crew = _Crew(waiting, len(todo), sysroot, tell)
    threads = [threading.Thread(target=crew.work) for _ in range(min(cmake.JOBS, len(todo)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if crew.complaints:
        raise Refusal(
            "WebAssembly's compiler does not take a part of an exercise:\n"
            + crew.complaints[0][:4000],
            "mend the code",
        )


def forget(wanted: Iterable[Order]) -> None:
    """Throws away what nobody wanted for some days; until then a branch may want it again."""
    for order in wanted:
        order.out.touch()
    for path in _kept.iterdir():
        if time.time() - path.stat().st_mtime > FORGOTTEN:
            path.unlink()


class _Crew:
    def __init__(
        self, waiting: queue.SimpleQueue[Order], total: int, sysroot: Path, tell: cmake.Tell | None
    ) -> None:
        self.waiting, self.total, self.sysroot, self.tell = waiting, total, sysroot, tell
        self.done = 0
        self.complaints: list[str] = []

    def work(self) -> None:
        """One process of the compiler, until nothing waits or something went wrong."""
        with subprocess.Popen(
            ["node", "--liftoff-only", str(HERE / "compile.mjs"), str(LLVM), str(self.sysroot)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process:
            assert process.stdin and process.stdout
            while not self.complaints:
                try:
                    order = self.waiting.get_nowait()
                except queue.Empty:
                    break
                if order.out.exists():  # somebody else made it meanwhile
                    self._hear(order, '{"code": 0}')
                    continue
                try:
                    process.stdin.write(order.line())
                    process.stdin.flush()
                    answer = process.stdout.readline()
                except BrokenPipeError:
                    answer = ""
                self._hear(order, answer)
            process.stdin.close()

    def _hear(self, order: Order, answer: str) -> None:
        said = json.loads(answer) if answer else {"code": 1, "said": "the compiler's process ended"}
        if said["code"] != 0:
            self.complaints.append(f"{order.how} {order.source}\n{said.get('said', '')}")
        self.done += 1
        if self.tell:
            self.tell(self.done, self.total, order.source or order.how)
