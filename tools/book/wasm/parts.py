"""What every exercise in a page needs: the compiler's own headers and libraries, GoogleTest, and
the standard headers that are read once for all.
"""

from __future__ import annotations

import functools
import re
import tarfile
from pathlib import Path

from book.wasm import archive, objects
from book.wasm.objects import Order

RESOURCES = objects.PACKAGE / "gen" / "llvm-resources.tar"
GOOGLETEST = Path("/usr/src/googletest/googletest")
# Of the compiler's resources, what C++ for this target can ask for.
NEEDED = re.compile(
    r"include/(c\+\+/v1/(?!__cxx03/|experimental/)|wasm32-wasip1/|(?:__)?(?:std|float|limits|inttypes|"
    r"iso646|unwind)[^/]*$)|lib/wasm32-wasip1/(lib(?:c|c\+\+|c\+\+abi|wasi-emulated-signal)\.a|crt1-command\.o)$|"
    r"lib/wasm32-unknown-wasip1/libclang_rt\.builtins\.a$"
)
STANDARD = (
    "algorithm",
    "array",
    "atomic",
    "bit",
    "charconv",
    "concepts",
    "cstddef",
    "cstdint",
    "cstdio",
    "cstdlib",
    "deque",
    "functional",
    "initializer_list",
    "iterator",
    "limits",
    "map",
    "memory",
    "new",
    "numeric",
    "optional",
    "set",
    "span",
    "string",
    "string_view",
    "system_error",
    "tuple",
    "type_traits",
    "utility",
    "variant",
    "vector",
)
HEADERS = {  # read once: name, text
    "std": "".join(f"#include <{name}>\n" for name in STANDARD),
    "tests": "#include <gtest/gtest.h>\n" + "".join(f"#include <{name}>\n" for name in STANDARD),
}


def sysroot() -> bytes:
    with tarfile.open(RESOURCES) as resources:
        kept = [member for member in resources if member.isfile() and NEEDED.match(member.name)]
        return archive.tar(
            {
                member.name: resources.extractfile(member).read()  # type: ignore[union-attr]
                for member in kept
            }
        )


@functools.cache
def gtest_headers() -> dict[str, str]:
    """By the names that the compiler sees them under."""
    place = GOOGLETEST / "include"
    return {
        f"gtest/{path.relative_to(place)}": path.read_text(encoding="utf-8")
        for path in sorted(place.rglob("*.h"))
    }


def gtest() -> tuple[list[Order], Order]:
    """Orders for GoogleTest's objects, and for the one that they are merged to."""
    files = gtest_headers() | {
        f"gtest/src/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((GOOGLETEST / "src").iterdir())
    }
    made = [
        Order("compile", f"gtest/src/{name}", files) for name in ("gtest-all.cc", "gtest_main.cc")
    ]
    return made, merged({"all.o": made[0], "main.o": made[1]})


def merged(parts: dict[str, Order], lazy: tuple[str, ...] = ()) -> Order:
    """An order for one object of several; of those that are lazy, what the others ask for."""
    others = tuple(name for name in parts if name not in lazy)
    return Order(
        "merge",
        bytes={name: order.out for name, order in parts.items()},
        objects=(*others, "--start-lib", *lazy, "--end-lib") if lazy else others,
    )


@functools.cache
def precompiled(name: str) -> Order:
    files = {f"{name}.hpp": HEADERS[name]} | (gtest_headers() if name == "tests" else {})
    return Order("precompile", f"{name}.hpp", files)
