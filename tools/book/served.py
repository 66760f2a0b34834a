"""What the local server sends for a file: its bytes, or fewer, and a tag by which a browser knows them.

The tag is of the content, so a rebuild that changes nothing costs a reader nothing. Large files, like the
compiler for pages with its 75 MB, are compressed once.
"""
from __future__ import annotations

import functools
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from book.paths import BUILD

PRESSED = {".html", ".css", ".js", ".mjs", ".svg", ".json", ".wasm", ".txt"}
LARGE = 1_000_000   # bytes; what is larger is compressed once, and kept
KEPT = BUILD / "served"


@dataclass(frozen=True)
class Served:
    data: bytes
    tag: str
    encoding: str = ""


def served(path: Path, accepts: str, more: bytes = b"") -> Served:
    """The file, in what the browser accepts; `more` goes before the end of a page's body."""
    data = path.read_bytes()
    if more:
        data = data.replace(b"</body>", more + b"</body>", 1)
    tag = _large_tag(path, path.stat().st_mtime_ns) if _large(data, more) else _tag(data)
    if path.suffix.lower() not in PRESSED or not takes_gzip(accepts):
        return Served(data, f'"{tag}"')
    small = _kept(data, tag) if _large(data, more) else gzip.compress(data, 6, mtime=0)
    return Served(small, f'"{tag}-gzip"', "gzip")


def press(site: Path) -> None:
    """Compresses the large files of a site, so that nobody waits for it."""
    for path in site.rglob("*"):
        if path.suffix in PRESSED and path.stat().st_size >= LARGE:
            served(path, "gzip")


def takes_gzip(accepts: str) -> bool:
    """Of an Accept-Encoding header."""
    for one in accepts.lower().split(","):
        name, *parameters = [part.strip() for part in one.split(";")]
        if name == "gzip":
            return not any(part.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000")
                           for part in parameters)
    return False


def _large(data: bytes, more: bytes) -> bool:
    return not more and len(data) >= LARGE


def _tag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]


@functools.lru_cache(maxsize=16)
def _large_tag(path: Path, changed: int) -> str:
    return _tag(path.read_bytes())


def _kept(data: bytes, tag: str) -> bytes:
    """A large file, compressed when it is asked for the first time."""
    kept = KEPT / f"{tag}.gz"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".tmp")
        draft.write_bytes(gzip.compress(data, 6, mtime=0))
        draft.replace(kept)
    return kept.read_bytes()
