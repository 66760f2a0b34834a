"""Crashes, cuts and copies in a conversation from a seed: words of our own, which etcd does not
know.

They are for comparing our program with itself, natively and in WebAssembly.
"""

from __future__ import annotations

import random
import re

Lines = list[str]
SHARE = 0.3  # of the directives that something goes wrong behind
RUNNING = re.compile(
    r"(campaign|compact|process-ready|propose|report-unreachable|"
    r"set-randomized-election-timeout|stabilize|status|tick-\w+)((?: \d+)+)"
)
SEVERAL = ("process-ready", "stabilize")


def with_faults(lines: Lines, seed: int, number: int) -> Lines:
    """The conversation, in which things go wrong. Whoever is down and asked restarts."""
    chance = random.Random(f"faults {seed} {number}")
    out: Lines = []
    made = [n for n, line in enumerate(lines) if re.match(r"add-nodes(?!.* index=1$)", line)]
    nodes, down = sum(int(lines[n].split()[1]) for n in made), set[int]()
    for at, line in enumerate(lines):
        for node in _asked(line) & down:
            out.append(f"restart {node}")
            down.discard(node)
        out.append(line)
        if at >= made[-1] and chance.random() < SHARE:
            node = chance.randint(1, nodes)
            up = [f"crash {node}", f"duplicate-msgs {node}", "heal"]
            word = f"restart {node}" if node in down else chance.choice(up)
            if nodes > 1 and chance.random() < 0.3:
                word = f"partition {node}"
            out.append(word)
            if word.startswith("crash"):
                down.add(node)
            down -= {node} if word.startswith("restart") else set()
    return out


def _asked(line: str) -> set[int]:
    """The nodes that have to run for this."""
    found = RUNNING.match(line)
    if not found:
        return set()
    ids = [int(word) for word in found[2].split()]
    return set(ids if found[1] in SEVERAL else ids[:1])
