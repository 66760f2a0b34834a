"""One at a time, also between several commands that run at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Descriptors of the locks that are held. What is started meanwhile may inherit them: then a lock
# outlives a command that is killed for as long as what it has started goes on.
held: set[int] = set()


@contextmanager
def exclusive(file: Path) -> Iterator[None]:
    """Waits until nobody else holds the lock of this file; a process that ends lets it go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held.add(lock.fileno())
        try:
            yield
        finally:
            held.discard(lock.fileno())
            fcntl.flock(lock, fcntl.LOCK_UN)  # for whoever inherited it, too
