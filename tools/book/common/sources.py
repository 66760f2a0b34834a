"""The files that the book is made from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from book.common.paths import ROOT
from weave.digests import digest_of_files
from weave.files import GENERATED

SOURCES = ("chapters", "code", "diagrams", "docs", "exercises", "tools")
TOP = (
    "conf.py",
    "index.rst",
    "CMakeLists.txt",
    "CMakePresets.json",
    "book",
    "requirements.txt",
    "package-lock.json",
)
IGNORED = {"__pycache__", ".pytest_cache", "node_modules"}


def files(places: Iterable[str] = SOURCES + TOP, root: Path = ROOT) -> list[Path]:
    """Every source file at or below the places, sorted."""
    found = []
    for place in places:
        path = root / place
        if path.is_file():
            found.append(path)
        elif path.is_dir():
            found += [
                p
                for p in path.rglob("*")
                if not IGNORED & set(p.parts)
                and p.suffix != ".pyc"
                and not p.name.startswith(".")
                and not p.is_relative_to(root / GENERATED)
                and p.is_file()
            ]
    return sorted(found)


def digest(places: Iterable[str] = SOURCES + TOP) -> str:
    """Of every source file at or below the places."""
    return digest_of_files(files(places), ROOT)
