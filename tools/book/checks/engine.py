"""Runs the checks in two slots, shows how far they are, and ends with one table and one line."""
from __future__ import annotations

import hashlib
import json
import time
import traceback
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from weave.errors import WeaveError, WeaveErrors, did_you_mean

from book import proc, say, setup, site
from book.checks import registry
from book.checks.outcome import Check, Context, Outcome, broken
from book.paths import BUILD

LOGS = BUILD / "test"
STAMPS = LOGS / "stamps"
SLOTS = 2
TAIL = 40
ENGINE = ("tools/book/checks", "tools/book/cmake.py")


def main(quick: bool, only: list[str], listed: bool, rewrite: bool = False) -> int:
    everything = registry.checks()
    if listed:
        for check in everything:
            say.line(f"{check.name:<20} {check.what}" + ("  (not in --quick)" if check.slow else ""))
        return 0
    chosen = _chosen(everything, quick, only)
    if rewrite and {c.name for c in chosen} - {"scenes", "outputs", "exercises"}:
        raise say.Refusal("--rewrite is for `scenes`, `outputs` and `exercises`",
                          "add --only and one of them")
    setup.ensure("test")
    LOGS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    results = Run(chosen, Context(quick=quick and not only, rewrite=rewrite)).all()
    return summary(chosen, results, time.monotonic() - started)


def _chosen(everything: list[Check], quick: bool, only: list[str]) -> list[Check]:
    names = [check.name for check in everything]
    for name in only:
        if name not in names:
            raise say.Refusal(f"there is no check {name}",
                              did_you_mean(name, names, "./book test --list names them"))
    if only:
        return [check for check in everything if check.name in only]
    return [check for check in everything if not (quick and check.slow)]


def urgency(checks: list[Check]) -> dict[str, float]:
    """Of each check, the minutes until the last that waits for it, or for one that does, is done.
    When the longest way starts first, both slots are busy to the end."""
    found: dict[str, float] = {}

    def of(check: Check) -> float:
        if check.name not in found:
            later = [of(other) for other in checks if check.name in other.after]
            found[check.name] = check.weight + max(later, default=0.0)
        return found[check.name]
    for check in checks:
        of(check)
    return found


class Run:
    """One run of some checks: what waits, what runs, what came out."""

    def __init__(self, checks: list[Check], context: Context) -> None:
        self.checks, self.context = checks, context
        self.results: dict[str, tuple[Outcome, float]] = {}
        self._display = _Display()

    def all(self) -> dict[str, tuple[Outcome, float]]:
        urgent = urgency(self.checks)
        waiting = sorted(self.checks, key=lambda c: -urgent[c.name])
        names = {check.name for check in self.checks}
        running: dict[Future[tuple[Outcome, float]], Check] = {}
        pool = ThreadPoolExecutor(SLOTS)
        with self._display:
            try:
                while waiting or running:
                    for check in list(waiting):
                        blocked = any(name in names and name not in self.results
                                      for name in check.after)
                        if not blocked and len(running) < SLOTS:
                            waiting.remove(check)
                            self._display.start(check.name)
                            running[pool.submit(self._one, check)] = check
                    done, _ = wait(running, timeout=30, return_when=FIRST_COMPLETED)
                    self._display.beat()
                    for future in done:
                        check = running.pop(future)
                        self.results[check.name] = future.result()
                        self._display.finish(check.name, *self.results[check.name])
            except KeyboardInterrupt:
                proc.end_all()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return self.results

    def _one(self, check: Check) -> tuple[Outcome, float]:
        started = time.monotonic()
        known = digest(check)
        kept = _kept(check, known) if self.context.quick else None
        if kept:
            return kept, time.monotonic() - started
        try:
            outcome = check.run(self.context)
        except (say.Refusal, WeaveError, WeaveErrors) as refusal:
            outcome = broken(str(refusal))
        except Exception:
            outcome = broken("this check itself is broken:\n" + traceback.format_exc())
        (LOGS / f"{check.name}.log").write_text(outcome.log.rstrip() + "\n", encoding="utf-8")
        stamp = STAMPS / f"{check.name}.json"
        if outcome.ok and not outcome.skipped:
            STAMPS.mkdir(parents=True, exist_ok=True)
            stamp.write_text(json.dumps({"digest": known, "passed": outcome.passed}))
        else:
            stamp.unlink(missing_ok=True)
        return outcome, time.monotonic() - started


_digests: dict[tuple[str, ...], str] = {}


def digest(check: Check) -> str:
    places = check.inputs + ENGINE
    if places not in _digests:
        _digests[places] = site.digest(places)
    return hashlib.sha256(f"{check.name} {_digests[places]}".encode()).hexdigest()


def _kept(check: Check, known: str) -> Outcome | None:
    try:
        data = json.loads((STAMPS / f"{check.name}.json").read_text())
        if data["digest"] == known:
            return Outcome(int(data["passed"]), 0, cached=True)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


class _Display:
    """Moving lines for what runs, on a terminal; a line when something ends, everywhere."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._tasks: dict[str, object] = {}
        self._since: dict[str, float] = {}
        self._spoke = time.monotonic()

    def __enter__(self) -> "_Display":
        if say.console.is_terminal:
            self._bar = Progress(SpinnerColumn(), TextColumn("{task.description}"),
                                 TimeElapsedColumn(), console=say.console, transient=True)
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
            say.line(f"- {name}: skipped, {outcome.skipped}", "yellow")
            return
        words = f"{name}: {outcome.passed} passed" + (
            f", {outcome.failed} failed" if outcome.failed else "")
        words += ", unchanged" if outcome.cached else f", {say.seconds(took)}"
        (say.good if outcome.ok else say.bad)(words)

    def beat(self) -> None:
        """Off a terminal, a sign of life every minute."""
        if not self._bar and time.monotonic() - self._spoke > 60:
            self._spoke = time.monotonic()
            say.line("  … running: " + ", ".join(
                f"{name} ({say.seconds(time.monotonic() - since)})"
                for name, since in self._since.items()))


def summary(checks: list[Check], results: dict[str, tuple[Outcome, float]], took: float) -> int:
    """The tails of the logs that failed, the table, and as the very last line the two numbers."""
    for check in checks:
        outcome, _ = results[check.name]
        if not outcome.ok:
            say.line()
            say.line(f"{check.name} failed (the whole log: build/test/{check.name}.log)", "bold red")
            lines = outcome.log.rstrip().splitlines()
            if len(lines) > TAIL:
                say.line(f"  … {len(lines) - TAIL} earlier lines")
            for text in lines[-TAIL:]:
                say.line("  " + text)
    say.line()
    if say.console.is_terminal:
        _coloured(checks, results)
    else:
        width = max(len(check.name) for check in checks)
        say.line(f"{'check':<{width}}  {'passed':>6}  {'failed':>6}  {'seconds':>7}")
        for check in checks:
            outcome, seconds = results[check.name]
            note = outcome.skipped and f"  skipped: {outcome.skipped}"
            say.line(f"{check.name:<{width}}  {outcome.passed:>6}  {outcome.failed:>6}  "
                     f"{seconds:>7.1f}{'  unchanged' if outcome.cached else ''}{note}")
    passed = sum(results[c.name][0].passed for c in checks)
    failed = sum(results[c.name][0].failed for c in checks)
    say.line()
    say.line(f"all checks took {say.seconds(took)}", "dim")
    say.line(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def _coloured(checks: list[Check], results: dict[str, tuple[Outcome, float]]) -> None:
    table = Table("check", "passed", "failed", "seconds", "", box=None, pad_edge=False,
                  header_style="bold")
    for column in table.columns[1:4]:
        column.justify = "right"
    for check in checks:
        outcome, seconds = results[check.name]
        note = "unchanged" if outcome.cached else \
            f"skipped: {outcome.skipped}" if outcome.skipped else ""
        table.add_row(check.name, str(outcome.passed), str(outcome.failed), f"{seconds:.1f}", note,
                      style="red" if outcome.failed else "yellow" if outcome.skipped else None)
    say.console.print(table)
