"""Everything that lets a page compile and judge exercises, in build/play/compiler: see `place`."""

from __future__ import annotations

import json
import shutil

from book.common.paths import PAGE_COMPILER
from book.cpp import cmake
from book.exercises import model, page
from book.wasm import archive, bundle, objects, packs, parts
from weave.digests import digest

SYSROOT = PAGE_COMPILER.parent / "sysroot.tar"


def absent() -> str:
    """What is missing, in a few words; or nothing."""
    missing = [
        name
        for name, there in (
            ("node", shutil.which("node")),
            ("@yowasp/clang", objects.LLVM.exists()),
            ("googletest", parts.GOOGLETEST.exists()),
        )
        if not there
    ]
    if not missing:
        return ""
    return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"


def place(tell: cmake.Tell | None = None) -> None:
    """Puts the compiler and the exercises' packs where the site finds them. What was made before is
    taken from what is kept."""
    archive.place(SYSROOT, parts.sysroot())
    todo = [packs.pack(exercise) for exercise in model.load_all() if page.packed(exercise)]
    made, together = parts.gtest()
    # Each of these needs what the one before made.
    orders = (
        [parts.precompiled(name) for name in parts.HEADERS],
        [*made, *(order for pack in todo for order in pack.first)],
        [together, *(order for pack in todo for order in pack.then.values())],
    )
    for some in orders:
        objects.make(some, SYSROOT, tell)
    objects.forget(order for some in orders for order in some)
    compiler = _compiler(together)
    sizes = {
        "compiler": sum(file["pressed"] for file in compiler.values()),
        "exercises": {
            pack.exercise.id: archive.place(
                PAGE_COMPILER / page.pack_of(pack.exercise), pack.data()
            )
            for pack in todo
        },
    }
    for script in ("worker", "runner"):
        bundle.bundle(objects.SCRIPTS / f"{script}.js", PAGE_COMPILER / f"{script}.js")
    facts: dict[str, object] = {"version": _version(), **compiler}
    archive.place(PAGE_COMPILER / "compiler.json", json.dumps(facts).encode())
    archive.place(
        PAGE_COMPILER / "sizes.json", json.dumps(sizes, indent=1).encode()
    )  # last: now all is there


def remove() -> None:
    """Where it can't be made, pages have no editor for C++."""
    shutil.rmtree(PAGE_COMPILER, ignore_errors=True)


def _version() -> str:
    """Another one if anything is that a browser keeps for good."""
    kept = [(PAGE_COMPILER / f"{name}.tar.gz").read_bytes() for name in ("sysroot", "gtest")]
    return f"{objects.version()}-{digest(objects.toolchain(), *kept)[:8]}"


def _compiler(gtest: objects.Order) -> dict[str, dict[str, int]]:
    """What every exercise downloads, once: of each file its size in bytes, raw and compressed."""
    PAGE_COMPILER.mkdir(parents=True, exist_ok=True)
    files = {"gtest.o": gtest.out.read_bytes()} | {
        f"{name}.hpp": text.encode() for name, text in parts.HEADERS.items()
    }
    files |= {name: text.encode() for name, text in parts.gtest_headers().items()}
    sizes = {"llvm": _llvm()}
    for name, data in (("sysroot", SYSROOT.read_bytes()), ("gtest", archive.tar(files))):
        sizes[name] = {
            "raw": len(data),
            "pressed": archive.place(PAGE_COMPILER / f"{name}.tar.gz", archive.pressed(data)),
        }
    return sizes


def _llvm() -> dict[str, int]:
    """The compiler itself. Compressing it takes seconds, so its size is noted beside it."""
    place, note = PAGE_COMPILER / "llvm.wasm", PAGE_COMPILER.parent / "llvm.json"
    size = objects.LLVM.stat().st_size
    if note.exists() and place.exists() and place.stat().st_size == size:
        known = json.loads(note.read_text())
        if known["version"] == objects.version():
            return {"raw": known["raw"], "pressed": known["pressed"]}
    shutil.copyfile(objects.LLVM, place)
    sizes = {"raw": size, "pressed": len(archive.pressed(place.read_bytes(), 6))}
    note.write_text(json.dumps({"version": objects.version(), **sizes}))
    return sizes
