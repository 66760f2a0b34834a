"""Where each symbol of a stage stands: Doxygen knows the names, the text knows the lines.

Doxygen reads the clean code/ without tests and benches. Its XML says what is declared and
defined where; the range of a symbol then reaches from its leading comment and template<> line to
its closing brace or semicolon. Results are kept under build/weave/ by the content of the code.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from weave.cpp import doxygen
from weave.cpp.symbols import Symbol, SymbolIndex
from weave.digests import digest
from weave.files import write_if_changed
from weave.story import PROOFS, Stage, Story, load
from weave.trees.emit import SOURCES, tree

FORMAT = "6"  # of the kept files; a new number sets the old ones aside


def index(
    stage: str | Stage | None, root: Path | str | None = None, story: Story | None = None
) -> SymbolIndex:
    """The symbols of a stage, from the kept file if the code has not changed."""
    story = story or load(root)
    at = story.stage(stage)
    files = {path: text for path, text in tree(at, story).items() if documented(path)}
    content = digest(json.dumps([FORMAT, doxygen.version(), files]))
    kept = story.root / "build/weave" / f"symbols-{content[:24]}.json"
    try:
        rows = json.loads(kept.read_text(encoding="utf-8"))
        return SymbolIndex(at.name, [Symbol(**row) for row in rows])
    except (OSError, ValueError, TypeError):
        pass
    symbols = doxygen.symbols(files)
    write_if_changed(kept, json.dumps([asdict(s) for s in symbols]))
    return SymbolIndex(at.name, symbols)


def documented(path: str) -> bool:
    """Is this file among those Doxygen reads?"""
    return path.startswith("code/") and path.endswith(SOURCES) and not path.endswith(PROOFS)
