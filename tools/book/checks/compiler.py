"""What the pages' compiler needs: it can be made, always the same, and is as small as the book
says.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from book.checks.outcome import Context, Outcome
from book.common.paths import PAGE_COMPILER
from book.exercises import model, page
from book.wasm import compiler, limits, objects, packs, parts


def check(_: Context) -> Outcome:
    if why := compiler.absent():
        return Outcome(skipped=why)
    compiler.place()
    sizes = page.every_size()
    complaints = [
        f"{name}: {size} bytes are more than {limit}"
        for name, size, limit in [
            ("the compiler", sizes["compiler"], limits.COMPILER),
            *((name, size, limits.EXERCISE) for name, size in sizes["exercises"].items()),
        ]
        if size > limit
    ]
    complaints += _made_anew()
    total = len(sizes["exercises"]) + 2
    log = "\n".join(
        [
            *complaints,
            f"the compiler: {sizes['compiler']} bytes",
            *(f"{name}: {size}" for name, size in sizes["exercises"].items()),
        ]
    )
    return Outcome(total - len(complaints), len(complaints), log)


def _made_anew() -> list[str]:
    """The smallest exercise's parts, with nothing of what is kept, are the same bytes."""
    smallest = min(
        (exercise for exercise in model.load_all() if page.compiles(exercise)),
        key=lambda exercise: page.sizes(exercise)["pack"],
    )
    wanted = (PAGE_COMPILER / page.pack_of(smallest)).read_bytes()
    with tempfile.TemporaryDirectory(prefix="book-") as scratch, objects.kept_in(Path(scratch)):
        pack = packs.pack(smallest)
        names = {order.pch.removesuffix(".pch") for order in pack.first}
        objects.make([parts.precompiled(name) for name in sorted(names)], compiler.SYSROOT)
        objects.make(pack.first, compiler.SYSROOT)
        objects.make(pack.then.values(), compiler.SYSROOT)
        if pack.data() == wanted:
            return []
    return [f"{smallest.id}: made again, its parts are other bytes"]
