"""Where things stand."""

from __future__ import annotations

import os
import shlex
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
    """A path as a reader would type it from where they stand; `typed` for one in a command."""
    path = Path(path)
    if not path.is_absolute():
        return str(path)
    here = Path.cwd()
    if path.is_relative_to(here) or (path.is_relative_to(ROOT) and here.is_relative_to(ROOT)):
        return os.path.relpath(path, here)
    return str(path)


def typed(path: Path | str) -> str:
    """`shown`, as a shell takes it: a space or an ampersand in it is quoted."""
    return shlex.quote(shown(path))


def command() -> str:
    """The book's command as a shell takes it from where the reader stands."""
    return "./book" if Path.cwd() == ROOT else typed(ROOT / "book")


def in_repository(path: Path) -> str:
    """A path as the repository's own files name each other."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
