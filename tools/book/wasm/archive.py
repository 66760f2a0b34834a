"""Archives for the pages: the same bytes for the same files, on every machine and every day."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path


def tar(files: dict[str, bytes]) -> bytes:
    """A tar archive of files, by name; without times, owners and modes of anybody's."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def pressed(data: bytes, level: int = 9) -> bytes:
    return gzip.compress(data, level, mtime=0)


def place(path: Path, data: bytes) -> int:
    """Writes a file if it is not so already; its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)
    return len(data)
