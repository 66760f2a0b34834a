"""Follows every link of a built site that stays inside it: file and anchor must be there."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ATTRIBUTES = {
    "a": ("href",),
    "link": ("href",),
    "script": ("src",),
    "img": ("src",),
    "source": ("src", "srcset"),
    "use": ("href", "xlink:href"),
    "iframe": ("src",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
}


class Page(HTMLParser):
    """What a page links to, and which anchors it offers."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.targets: list[tuple[int, str]] = []
        self.anchors: set[str] = {"", "top"}
        self.base = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value or "")
            elif tag == "base" and name == "href":
                self.base = value or ""
            elif name in ATTRIBUTES.get(tag, ()) and value is not None:
                value = value.split()[0] if name == "srcset" and value.split() else value
                self.targets.append((self.getpos()[0], value))

    handle_startendtag = handle_starttag  # type: ignore[assignment]


def check(site: Path) -> tuple[int, list[str]]:
    """How many links hold, and a line for each that does not."""
    pages = {
        path: Page(path.read_text(encoding="utf-8", errors="replace"))
        for path in sorted(site.rglob("*.html"))
    }
    good, wrong = 0, []
    for path, page in pages.items():
        for line, target in page.targets:
            complaint = _follow(site, path, page, target, pages)
            if complaint is None:
                continue
            if complaint:
                wrong.append(f"{path.relative_to(site)}:{line}: {target}: {complaint}")
            else:
                good += 1
    return good, wrong


def _follow(site: Path, path: Path, page: Page, target: str, pages: dict[Path, Page]) -> str | None:
    """Nothing wrong: empty; not ours to follow: None."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    if page.base and not parts.path:
        return ""
    place = unquote(parts.path)
    if place.startswith("/"):
        if page.base or path.name == "404.html":
            place = place.lstrip("/")
            found = site / place
        else:
            return "starts with /, so it breaks when the site stands below a path"
    else:
        base = site if page.base else path.parent
        found = (base / place) if place else path
    found = Path(*_normal(found))
    if found.is_dir():
        found = found / "index.html"
    if not found.exists():
        return "there is no such file"
    if parts.fragment and found in pages:
        if unquote(parts.fragment) not in pages[found].anchors:
            return f"there is no #{parts.fragment} there"
    return ""


def _normal(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and len(parts) > 1:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part)
    return parts
