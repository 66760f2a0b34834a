"""Programs that play scenario files: each writes what it says below the directives, in place."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.common import process

Lines = list[str]
Transcript = list[tuple[str, str]]  # directive, what was said
Player = Callable[[Sequence[Lines]], list[Transcript]]
LIMIT = 60.0  # seconds for many files; one that never ends costs this once
DIED = "fatal: "


def text_of(lines: Lines) -> str:
    """A scenario file that expects nothing."""
    return "".join(f"{line}\n----\n\n" for line in lines)


def transcript(text: str) -> Transcript:
    """What a file that was played holds. No output here has an empty line inside."""
    found = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        directive, rule, said = block.partition("\n----")
        if rule:
            found.append((directive, said.strip("\n")))
    return found


def written(said: Transcript) -> str:
    return "\n".join(f"{directive}\n----\n{output}\n" for directive, output in said)


@dataclass(frozen=True)
class Program:
    """A command that takes scenario files and rewrites them. One that dies costs the file it died
    of; the files after it are played again."""

    command: tuple[str | Path, ...]
    limit: float = LIMIT

    def __call__(self, scenarios: Sequence[Lines]) -> list[Transcript]:
        with tempfile.TemporaryDirectory(prefix="book-") as scratch:
            files = [Path(scratch) / f"{n:05}.txt" for n in range(len(scenarios))]
            for file, lines in zip(files, scenarios):
                file.write_text(text_of(lines), encoding="utf-8")
            deaths: dict[int, str] = {}
            start = 0
            while start < len(files):
                done = process.run([*self.command, *files[start:]], timeout=self.limit, cwd=scratch)
                if done.ok:
                    break
                start = self._blame(files, scenarios, start)
                if start == len(files):
                    break
                why = "it did not end" if done.timed_out else done.tail(1) or f"exit {done.code}"
                deaths[start] = why
                start += 1
            return [
                transcript(file.read_text(encoding="utf-8"))
                if n not in deaths
                else [("", DIED + deaths[n])]
                for n, file in enumerate(files)
            ]

    def _blame(self, files: list[Path], scenarios: Sequence[Lines], start: int) -> int:
        """The first file that still is as it was written; one past the last if there is none."""
        for number in range(start, len(files)):
            if files[number].read_text(encoding="utf-8") == text_of(scenarios[number]):
                return number
        return len(files)
