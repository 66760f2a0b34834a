"""How far a run of the checks is, and at its end one table and one line."""

from __future__ import annotations

import time

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from book.checks.outcome import Check, Outcome
from book.common import terminal
from book.common.tables import aligned, for_terminal

TAIL = 40
HEAD = ("check", "passed", "failed", "seconds", "")


class Display:
    """Moving lines for what runs, on a terminal; a line when something ends, everywhere."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._tasks: dict[str, object] = {}
        self._since: dict[str, float] = {}
        self._spoke = time.monotonic()

    def __enter__(self) -> Display:
        if terminal.console.is_terminal:
            self._bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                TimeElapsedColumn(),
                console=terminal.console,
                transient=True,
            )
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def start(self, name: str) -> None:
        self._since[name] = time.monotonic()
        if self._bar:
            self._tasks[name] = self._bar.add_task(name, total=None)

    def finish(self, name: str, outcome: Outcome, took: float) -> None:
        self._since.pop(name, None)
        if self._bar:
            self._bar.remove_task(self._tasks.pop(name))  # type: ignore[arg-type]
        self._spoke = time.monotonic()
        if outcome.skipped:
            terminal.line(f"- {name}: skipped, {outcome.skipped}", "yellow")
            return
        words = f"{name}: {outcome.passed} passed" + (
            f", {outcome.failed} failed" if outcome.failed else ""
        )
        words += ", unchanged" if outcome.cached else f", {terminal.seconds(took)}"
        (terminal.good if outcome.ok else terminal.bad)(words)

    def beat(self) -> None:
        """Off a terminal, a sign of life every minute."""
        if not self._bar and time.monotonic() - self._spoke > 60:
            self._spoke = time.monotonic()
            terminal.line(
                "  … running: "
                + ", ".join(
                    f"{name} ({terminal.seconds(time.monotonic() - since)})"
                    for name, since in self._since.items()
                )
            )


def summary(checks: list[Check], results: dict[str, tuple[Outcome, float]], took: float) -> int:
    """The tails of the logs that failed, the table, and as the very last line the two numbers."""
    for check in checks:
        outcome, _ = results[check.name]
        if not outcome.ok:
            terminal.line()
            terminal.line(
                f"{check.name} failed (the whole log: build/test/{check.name}.log)", "bold red"
            )
            lines = outcome.log.rstrip().splitlines()
            if len(lines) > TAIL:
                terminal.line(f"  … {len(lines) - TAIL} earlier lines")
            for text in lines[-TAIL:]:
                terminal.line("  " + text)
    terminal.line()
    if terminal.console.is_terminal:
        _coloured(checks, results)
    else:
        rows = [_row(check, *results[check.name]) for check in checks]
        for text in aligned([HEAD, *rows], left=(0, 4)):
            terminal.line(text)
    passed = sum(results[c.name][0].passed for c in checks)
    failed = sum(results[c.name][0].failed for c in checks)
    terminal.line()
    terminal.line(f"all checks took {terminal.seconds(took)}", "dim")
    terminal.line(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def _row(check: Check, outcome: Outcome, seconds: float) -> tuple[str, ...]:
    note = (
        "unchanged" if outcome.cached else f"skipped: {outcome.skipped}" if outcome.skipped else ""
    )
    return check.name, str(outcome.passed), str(outcome.failed), f"{seconds:.1f}", note


def _coloured(checks: list[Check], results: dict[str, tuple[Outcome, float]]) -> None:
    table = for_terminal(HEAD, right=(1, 2, 3))
    for check in checks:
        outcome, seconds = results[check.name]
        table.add_row(
            *_row(check, outcome, seconds),
            style="red" if outcome.failed else "yellow" if outcome.skipped else None,
        )
    terminal.console.print(table)
