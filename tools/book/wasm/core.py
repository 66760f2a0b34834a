"""The pure core as WebAssembly: what is needed to build it, and the build.

One build serves the check `wasm` and the scenes that readers play on the pages.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from book.common.paths import BUILD, ROOT
from book.common.refusal import Refusal
from book.cpp import cmake
from book.wasm import archive

HERE = ROOT / "tools" / "book" / "wasm"
PURE = ("base", "raftpb", "raft", "rafttest")
NM = "llvm-nm-16"
FLAGS = "-Oz -w -DNDEBUG"
MODULE = BUILD / "play" / "core.wasm"  # what the site takes
BRIDGE = ROOT / "tools" / "site" / "play" / "bridge.cpp"
COMMANDS = {"clang++-16": "clang-16", "wasm-ld-16": "lld-16", "llvm-ar-16": "llvm-16"}
FILES = {
    "/usr/include/wasm32-wasi/stdio.h": "wasi-libc",
    "/usr/lib/llvm-16/include/wasm32-wasi/c++/v1/cstdio": "libc++-16-dev-wasm32",
    "/usr/lib/wasm32-wasi/libc++abi.a": "libc++abi-16-dev-wasm32",
    "/usr/lib/llvm-16/lib/clang/16/lib/wasi/libclang_rt.builtins-wasm32.a": (
        "libclang-rt-16-dev-wasm32"
    ),
}


def absent() -> str:
    """What is missing to build, in a few words; or nothing."""
    missing = [package for command, package in COMMANDS.items() if not shutil.which(command)]
    missing += [package for file, package in FILES.items() if not Path(file).exists()]
    if not missing:
        return ""
    return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"


def build(tree: Path, targets: Sequence[str], tell: cmake.Tell | None = None) -> Path:
    """Builds targets of a clean tree; returns where they stand."""
    where = tree / "t-wasm"
    done = cmake.configure(
        tree,
        where,
        toolchain=str(HERE / "toolchain.cmake"),
        flags=FLAGS,
        tests=False,
        page=str(BRIDGE),
    )
    if not done.ok:
        raise Refusal(
            "CMake could not configure WebAssembly's build:\n" + done.tail(20), "mend what it says"
        )
    done = cmake.build(where, targets, tell)
    if not done.ok:
        raise Refusal(
            "the core does not build for wasm32-wasi:\n" + cmake.complaints(done.output)[:4000],
            "mend the code",
        )
    return where


def place(tree: Path, tell: cmake.Tell | None = None) -> bool:
    """Puts the module for the pages where the site finds it; False, and none there, if it can't be
    built on this system."""
    if absent():
        MODULE.unlink(missing_ok=True)
        return False
    archive.place(MODULE, (build(tree, ["page"], tell) / "page").read_bytes())
    return True
