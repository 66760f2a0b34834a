"""What the command says: plain lines anywhere, colour and moving progress on a terminal only."""

from __future__ import annotations

import codecs
import io
import locale
import os
import re
import threading
import time
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from book.common.paths import command
from book.common.refusal import Refusal

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def speak(stream: TextIO | None) -> None:
    """Makes a stream speak the letters that its reader's locale has, and says ? for others. Python
    itself runs in UTF-8, as `book` tells it; of a plain C locale that is the best guess, too."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    letters = codecs.lookup(locale.getencoding()).name
    if "PYTHONIOENCODING" in os.environ:
        letters = stream.encoding
    elif letters == "ascii":
        letters = "utf-8"
    stream.reconfigure(encoding=letters, errors="replace")


BOOK = re.compile(r"(?<![\w/.])\./book(?= [a-z-])")


def from_here(text: str) -> str:
    """What is said to be typed next works where the reader stands."""
    return BOOK.sub(lambda _: command(), text)


def line(text: str = "", style: str | None = None) -> None:
    console.print(Text(from_here(text), style=style or ""), soft_wrap=True)


def good(text: str) -> None:
    line("✓ " + text, "green")


def bad(text: str) -> None:
    line("✗ " + text, "red")


def warn(text: str) -> None:
    errors.print(Text(from_here("book: " + text), style="yellow"), soft_wrap=True)


def refuse(text: str) -> None:
    errors.print(Text(from_here("book: " + text), style="red"), soft_wrap=True)


def seconds(duration: float) -> str:
    if duration < 9.95:
        return f"{duration:.1f} s"
    if duration < 99.5:
        return f"{duration:.0f} s"
    return f"{int(duration + 0.5) // 60} min {int(duration + 0.5) % 60:02d} s"


class Step:
    """One step of a longer job: a moving bar on a terminal, a line now and then elsewhere.

        with Step("Building the pictures") as step:
            step.at(3, 12, "channel.cpp")

    A step that came to its end may still have found something wrong: `step.ok = False` says so.
    """

    QUIET = 15.0  # seconds between two lines of a plain log

    def __init__(self, title: str) -> None:
        self.title, self.started, self.note, self.ok = title, time.monotonic(), "", True
        self._bar: Progress | None = None
        self._said = self.started
        self._lock = threading.Lock()

    def __enter__(self) -> Step:
        if console.is_terminal:
            self._bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(bar_width=24),
                TimeElapsedColumn(),
                TextColumn("{task.fields[note]}", style="dim"),
                console=console,
                transient=True,
            )
            self._task = self._bar.add_task(self.title, total=None, note="")
            self._bar.start()
        else:
            line(f"{self.title} …")
        return self

    def at(self, done: float, total: float | None, note: str = "") -> None:
        with self._lock:
            if self._bar:
                self._bar.update(self._task, completed=done, total=total, note=note[:40])
                return
            if time.monotonic() - self._said >= self.QUIET:
                self._said = time.monotonic()
                share = f"{100 * done / total:3.0f} %  " if total else ""
                line(f"  {share}{note}".rstrip())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()
        took = seconds(time.monotonic() - self.started)
        note = f" ({self.note})" if self.note else ""
        if kind is None:
            (good if self.ok else bad)(f"{self.title}{note}, {took}")
        elif issubclass(kind, (Refusal, Exception)):
            bad(f"{self.title}: failed after {took}")


class Quiet(Step):
    """A step that says nothing: inside a job that has its own display."""

    def __enter__(self) -> Quiet:
        return self

    def at(self, done: float, total: float | None, note: str = "") -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass


def step_before_output() -> type[Step]:
    """The kind of a step before a command's own output, which may be piped on."""
    return Step if console.is_terminal else Quiet
