"""A commit's message: a subject of at most 72 characters without a full stop, then a blank line.

python3 tools/book/checks/subject.py FILE    as git's hook commit-msg calls it
"""

from __future__ import annotations

import sys
from pathlib import Path

LONGEST = 72
GENERATED = ("Merge ", "Revert ", "fixup! ", "squash! ")


def judge(message: str) -> list[str]:
    """What is wrong with a message; git's comments are no part of it."""
    lines = [line.rstrip() for line in message.splitlines() if not line.startswith("#")]
    subject = lines[0] if lines else ""
    if subject.startswith(GENERATED):
        return []
    wrong = []
    if not subject:
        wrong.append("the first line is empty; say there what changed")
    if len(subject) > LONGEST:
        wrong.append(f"the subject has {len(subject)} characters; {LONGEST} is the limit")
    if subject.endswith("."):
        wrong.append("the subject ends with a full stop; leave it out")
    if any(lines[1:2]):
        wrong.append("the second line is not empty; the body begins behind a blank line")
    return wrong


def main() -> int:
    wrong = judge(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for line in wrong:
        print(f"commit message: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
