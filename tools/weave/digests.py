"""Digests: whether something is still what it was, told by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(*parts: str | bytes) -> str:
    """Of some texts, in their order. Where one ends and the next begins makes a difference."""
    each = [
        hashlib.sha256(part.encode() if isinstance(part, str) else part).hexdigest()
        for part in parts
    ]
    return each[0] if len(each) == 1 else hashlib.sha256("".join(each).encode()).hexdigest()


def digest_of_files(files: Iterable[Path], root: Path) -> str:
    """Of files, in their order, with their names below the root. One that is gone by now (editors
    save by renaming) counts as not there."""
    parts: list[str | bytes] = []
    for path in files:
        try:
            parts += [str(path.relative_to(root)), path.read_bytes()]
        except FileNotFoundError:
            continue
    return digest(*parts)
