"""Where things stand."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build"
STAGES = BUILD / "stages"
SITE = BUILD / "site"
SCENES = BUILD / "scenes"
EXERCISES = ROOT / "exercises"
PRACTICE = ROOT / "practice"
EXTENSIONS = ROOT / "tools" / "site" / "ext"
PAGE_COMPILER = BUILD / "play" / "compiler"  # what compiles on the pages


def shown(path: Path | str) -> str:
    """A path as a reader would type it from where they stand."""
    path = Path(path)
    for base in (Path.cwd(), ROOT):
        if path.is_relative_to(base):
            return os.path.relpath(path, base)
    return str(path)


def in_repository(path: Path) -> str:
    """A path as the repository's own files name each other."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
