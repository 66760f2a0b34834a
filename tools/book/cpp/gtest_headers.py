"""GoogleTest's header, compiled once for each way of compiling, instead of once for each test file.

Both compilers use `x.hpp.gch` instead of `x.hpp`; GCC reads the header itself when the flags are
not the same, and clang refuses. Every test includes this header anyway, so what compiles with it
compiles without it.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

from book.common import process
from book.common.paths import BUILD
from weave.digests import digest
from weave.locks import exclusive

PLACE = BUILD / "headers"
TEXT = "#include <gtest/gtest.h>\n"
GTEST = Path("/usr/include/gtest/gtest.h")


def header(how: str) -> Path | None:
    """The header to put before the tests of builds configured in this way."""
    if not GTEST.exists() or not shutil.which("g++"):
        return None
    place = PLACE / digest(how)[:10] / "tests.hpp"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(TEXT)
    return place


def precompile(build: Path, place: Path, env: dict[str, str]) -> None:
    """Compiles the header just as the build directory compiles its tests."""
    command = _command(build, place)
    if not command:
        return
    compiler = Path(shutil.which(command[0]) or command[0]).resolve()
    known = "\n".join(
        [
            shlex.join(command),
            *(f"{path} {path.stat().st_mtime_ns}" for path in (compiler, GTEST) if path.exists()),
        ]
    )
    stamp, compiled = place.with_suffix(".txt"), place.with_suffix(".hpp.gch")
    with exclusive(place.with_suffix(".lock")):
        if compiled.exists() and stamp.exists() and stamp.read_text() == known:
            return
        compiled.unlink(missing_ok=True)
        draft = place.with_suffix(".draft")
        if process.run(
            [*command, "-x", "c++-header", str(place), "-o", str(draft)],
            cwd=build,
            env=env,
            timeout=300,
        ).ok:
            stamp.write_text(known)
            # What ccache compares instead of reading a hundred megabytes.
            place.with_suffix(".hpp.gch.sum").write_text(digest(known))
            draft.replace(compiled)


def _command(build: Path, place: Path) -> list[str]:
    """The compiler and flags of the first test in the build, without its files."""
    try:
        entries = json.loads((build / "compile_commands.json").read_text())
    except (OSError, ValueError):
        return []
    for entry in entries:
        words = shlex.split(entry["command"])
        if str(place) in words:
            words = words[1:] if words[0].endswith("ccache") else words
            spoken = words.index("-include")
            words = words[:spoken] + words[spoken + 2 :]
            for flag in ("-o", "-c"):
                at = words.index(flag)
                words = words[:at] + words[at + 2 :]
            # Where the tree stands makes no difference, since the headers are the system's; nor
            # does -Werror: a strict build's header is the others', and so are the objects.
            return [word for word in words if not re.match("-I|-DBOOK_ROOT=|-Werror$", word)]
    return []
