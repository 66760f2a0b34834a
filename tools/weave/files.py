"""Files that are written whole or not at all, and the folder of pages that nobody wrote."""

from __future__ import annotations

import os
import tempfile
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
