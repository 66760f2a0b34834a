"""Runs the checks in two slots, shows how far they are, and ends with one table and one line."""

from __future__ import annotations

import json
import time
import traceback
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from book.checks import registry, style
from book.checks.display import Display, summary
from book.checks.outcome import Check, Context, Outcome, broken
from book.common import process, sources, terminal
from book.common.paths import BUILD
from book.common.refusal import Refusal
from book.setup import install
from weave.digests import digest
from weave.errors import WeaveError, WeaveErrors, did_you_mean

LOGS = BUILD / "test"
STAMPS = LOGS / "stamps"
SLOTS = 2
REWRITING = {"scenes", "outputs", "exercises", "conformance"} | style.REWRITING
ENGINE = ("tools/book/checks", "tools/book/common", "tools/book/cpp", "tools/book/scenes")


def run(quick: bool, only: list[str], listed: bool, rewrite: bool = False) -> int:
    everything = registry.checks()
    if listed:
        for check in everything:
            terminal.line(
                f"{check.name:<20} {check.what}" + ("  (not in --quick)" if check.slow else "")
            )
        return 0
    chosen = _chosen(everything, quick, only)
    if rewrite and {c.name for c in chosen} - REWRITING:
        names = ", ".join(f"`{name}`" for name in sorted(REWRITING))
        raise Refusal(f"--rewrite is for {names}", "add --only and one of them")
    install.ensure("test")
    LOGS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    results = Run(chosen, Context(quick=quick and not only, rewrite=rewrite)).all()
    return summary(chosen, results, time.monotonic() - started)


def _chosen(everything: list[Check], quick: bool, only: list[str]) -> list[Check]:
    names = [check.name for check in everything]
    for name in only:
        if name not in names:
            raise Refusal(
                f"there is no check {name}",
                did_you_mean(name, names, "./book test --list names them"),
            )
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
        self._display = Display()

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
                        blocked = any(
                            name in names and name not in self.results for name in check.after
                        )
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
                process.end_all()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return self.results

    def _one(self, check: Check) -> tuple[Outcome, float]:
        started = time.monotonic()
        known = digest_of(check)
        kept = _kept(check, known) if self.context.quick else None
        if kept:
            return kept, time.monotonic() - started
        try:
            outcome = check.run(self.context)
        except (Refusal, WeaveError, WeaveErrors) as refusal:
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


def digest_of(check: Check) -> str:
    places = check.inputs + ENGINE
    if places not in _digests:
        _digests[places] = sources.digest(places)
    return digest(check.name, _digests[places])


def _kept(check: Check, known: str) -> Outcome | None:
    try:
        data = json.loads((STAMPS / f"{check.name}.json").read_text())
        if data["digest"] == known:
            return Outcome(int(data["passed"]), 0, cached=True)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None
