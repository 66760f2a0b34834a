"""As ./book runs it: found by its place, because a PYTHONPATH can't say one with a colon in it."""

import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(TOOLS), str(TOOLS / "site" / "ext")]

from book.cli import main  # noqa: E402

main()
