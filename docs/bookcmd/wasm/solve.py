"""Everything that lets a page compile and judge exercises, in build/play/compiler: see `place`."""
from __future__ import annotations

import json
import shutil

from weave import story

from bookcmd import cmake
from bookcmd.exercises import model
from bookcmd.exercises.model import Exercise
from bookcmd.paths import BUILD
from bookcmd.wasm import archive, objects, packs, parts

PLACE = BUILD / "play" / "compiler"
SYSROOT = PLACE.parent / "sysroot.tar"
FIRST = "MESSAGES"  # from this stage on, the code needs no threads


def absent() -> str:
    """What is missing, in a few words; or nothing."""
    missing = [name for name, there in (("node", shutil.which("node")), ("@yowasp/clang", objects.LLVM.exists()),
                                        ("googletest", parts.GOOGLETEST.exists())) if not there]
    if not missing:
        return ""
    return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"


def compiles(exercise: Exercise) -> bool:
    """Is the reader's answer code that a page can compile and run?"""
    names = [stage.name for stage in story.load().stages]
    return exercise.kind in ("fill", "hunt", "kill") and names.index(exercise.stage) >= names.index(FIRST)


def archive_of(exercise: Exercise) -> str:
    return f"exercises/{exercise.id.replace('/', '.')}.tar.gz"


def place(tell: cmake.Tell | None = None) -> bool:
    """Puts the compiler and the exercises' packs where the site finds them; False, and nothing there,
    if they can't be made on this system."""
    if absent():
        shutil.rmtree(PLACE, ignore_errors=True)
        return False
    archive.place(SYSROOT, parts.sysroot())
    todo = [packs.pack(exercise) for exercise in model.load_all() if compiles(exercise)]
    made, together = parts.gtest()
    # Each of these needs what the one before made.
    objects.make([parts.precompiled(name) for name in parts.HEADERS], SYSROOT, tell)
    objects.make([*made, *(order for pack in todo for order in pack.first)], SYSROOT, tell)
    objects.make([together, *(order for pack in todo for order in pack.then.values())], SYSROOT, tell)
    sizes = {"compiler": _compiler(together), "exercises": {}}
    for pack in todo:
        name = archive_of(pack.exercise)
        sizes["exercises"][pack.exercise.id] = archive.place(PLACE / name, pack.data())
    archive.place(PLACE / "sizes.json", json.dumps(sizes, indent=1).encode())
    return True


def _compiler(gtest: objects.Order) -> int:
    """What every exercise downloads, once; how many bytes that is."""
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(objects.LLVM, PLACE / "llvm.wasm")
    llvm = archive.place(PLACE / "llvm.wasm.gz", archive.pressed(objects.LLVM.read_bytes(), 6))
    sysroot = archive.place(PLACE / "sysroot.tar.gz", archive.pressed(SYSROOT.read_bytes()))
    files = {"gtest.o": gtest.out.read_bytes()} | {f"{name}.hpp": text.encode() for name, text in parts.HEADERS.items()}
    files |= {name: text.encode() for name, text in parts.gtest_headers().items()}
    return llvm + sysroot + archive.place(PLACE / "gtest.tar.gz", archive.pressed(archive.tar(files)))
