"""What the local server sends for a file: its bytes, or fewer, and a tag by which a browser knows them.

The tag is of the content, so a rebuild that changes nothing costs a reader nothing; the compiler for pages
has 75 MB, and a browser keeps what it made of it as long as the tag stays.
"""
from __future__ import annotations

import functools
import gzip
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from bookcmd.paths import BUILD

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
    small = _kept(path, data, tag) if _large(data, more) else gzip.compress(data, 6, mtime=0)
    return Served(small, f'"{tag}-gzip"', "gzip")


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


def _kept(path: Path, data: bytes, tag: str) -> bytes:
    """A large file, compressed: the one beside it, if it is of this content, or one made now."""
    beside = path.with_name(path.name + ".gz")
    if beside.is_file() and _is_of(beside, data):
        return beside.read_bytes()
    kept = KEPT / f"{tag}.gz"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".tmp")
        draft.write_bytes(gzip.compress(data, 6, mtime=0))
        draft.replace(kept)
    return kept.read_bytes()


def _is_of(beside: Path, data: bytes) -> bool:
    """A gzip file ends with the checksum and the size of what is in it."""
    end = beside.read_bytes()[-8:]
    return end == zlib.crc32(data).to_bytes(4, "little") + (len(data) % 2**32).to_bytes(4, "little")
