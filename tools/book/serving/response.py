"""What the local server sends for a file: its bytes, or fewer, and a tag by which a browser knows
them.

The tag is of the content, so a rebuild that changes nothing costs a reader nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from book.site import compressed


@dataclass(frozen=True)
class Response:
    data: bytes
    tag: str
    encoding: str = ""


def response(path: Path, accepts: str, more: bytes = b"") -> Response:
    """The file, in what the browser accepts; `more` goes before the end of a page's body."""
    data = path.read_bytes()
    large = not more and len(data) >= compressed.LARGE
    if more:
        data = data.replace(b"</body>", more + b"</body>", 1)
    tag = (
        compressed.large_file_tag(path, path.stat().st_mtime_ns)
        if large
        else compressed.content_tag(data)
    )
    if path.suffix.lower() not in compressed.TYPES or not takes_gzip(accepts):
        return Response(data, f'"{tag}"')
    small = compressed.compressed_once(data, tag) if large else compressed.compress(data)
    return Response(small, f'"{tag}-gzip"', "gzip")


def takes_gzip(accepts: str) -> bool:
    """Of an Accept-Encoding header."""
    for one in accepts.lower().split(","):
        name, *parameters = [part.strip() for part in one.split(";")]
        if name == "gzip":
            return not any(
                part.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000")
                for part in parameters
            )
    return False
