"""Files that are written whole or not at all, folders for a moment, and the folder of pages that
nobody wrote."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GENERATED = "docs/reference/api"  # in the source tree, because Sphinx reads pages only there


def write_if_changed(path: Path, text: str) -> bool:
    """Replaces the file in one step if its text differs; says whether it did."""
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".weave-")
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)
    return True


@contextmanager
def plain_folder() -> Iterator[Path]:
    """A folder for a moment whose path is letters, digits and a few signs, wherever the book lies:
    Doxygen neither shortens nor quite escapes a path with an umlaut or an ampersand in it."""
    usual = tempfile.gettempdir()
    fits = (
        place
        for place in (usual, "/tmp", "/var/tmp", "/dev/shm")
        if re.fullmatch(r"[\w./+-]+", place, re.ASCII) and os.access(place, os.W_OK | os.X_OK)
    )
    with tempfile.TemporaryDirectory(dir=next(fits, usual), prefix="book-") as name:
        yield Path(name).resolve()
