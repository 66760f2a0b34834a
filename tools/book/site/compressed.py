"""The site's large files, like the compiler for pages with its 75 MB, compressed once and kept."""

from __future__ import annotations

import functools
import gzip
from pathlib import Path

from book.common.paths import BUILD
from weave.digests import digest

TYPES = {".html", ".css", ".js", ".mjs", ".svg", ".json", ".wasm", ".txt"}  # worth it
LARGE = 1_000_000  # bytes; what is larger is compressed once, and kept
KEPT = BUILD / "compressed"


def content_tag(data: bytes) -> str:
    """What a browser knows a content by."""
    return digest(data)[:20]


@functools.lru_cache(maxsize=16)
def large_file_tag(path: Path, changed: int) -> str:
    """The same of a file that is too large to be read for it again and again."""
    return content_tag(path.read_bytes())


def compress(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def compressed_once(data: bytes, tag: str) -> bytes:
    """A large file's content, compressed when it is asked for the first time."""
    kept = KEPT / f"{tag}.gz"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".tmp")
        draft.write_bytes(compress(data))
        draft.replace(kept)
    return kept.read_bytes()


def compress_large_files(site: Path) -> None:
    """All of a site's, so that nobody waits for it."""
    for path in site.rglob("*"):
        if path.suffix in TYPES and path.stat().st_size >= LARGE:
            compressed_once(path.read_bytes(), large_file_tag(path, path.stat().st_mtime_ns))
