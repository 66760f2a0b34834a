"""`./book conformance`: many conversations, ours against etcd's own raft."""
from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from book import cmake, proc, say, site
from book.checks.outcome import Context, Outcome, broken
from book.conformance import compare, scenarios
from book.conformance.players import Lines, Player, Program
from book.paths import BUILD, ROOT

GO = ROOT / "code" / "conformance"
PLACE = BUILD / "conformance"
SEED, COUNT = 1, 2000     # of the test command
BATCH = 500
SHOWN = 3                 # differences made short and told in full


class Absent(Exception):
    """Why there is no etcd to compare with."""


def etcd() -> Program:
    """Etcd's raft, built from its Go module; the module comes from where Go gets its modules."""
    if not shutil.which("go"):
        raise Absent("Go is not installed")
    program = PLACE / "etcd"
    env = {"GOFLAGS": "-mod=readonly", "GOTOOLCHAIN": "local", "GO111MODULE": "on",
           "GOCACHE": str(BUILD / "gocache")}
    done = proc.run(["go", "build", "-o", program, "."], cwd=GO, env=env, timeout=600)
    if done.ok:
        return Program((program,))
    if found := re.search(r"go\.mod requires go >= (\S+)", done.output):
        raise Absent(f"go.etcd.io/raft/v3 needs Go {found[1]}")
    if re.search(r"dial tcp|no such host|i/o timeout|connection refused|Bad Gateway|"
                 r"module lookup disabled|TLS handshake|certificate", done.output):
        raise Absent("the module go.etcd.io/raft/v3 can't be had")
    raise say.Refusal(f"code/conformance does not build:\n{done.tail(12)}")


def ours(tell: cmake.Tell | None = None) -> Program:
    """The program `scenario` of the last stage."""
    tree = site.stage_tree()
    where = tree / "t"
    done = cmake.configure(tree, where, werror=True)
    if done.ok:
        done = cmake.build(where, ["scenario"], tell)
    if not done.ok:
        raise say.Refusal("the program `scenario` does not build:\n" +
                          cmake.complaints(done.output)[-3000:], "mend the code")
    return Program((where / "scenario", "--rewrite"))


def compared(seed: int, count: int, theirs: Player, mine: Player,
             tell: cmake.Tell | None = None) -> Outcome:
    """Plays `count` conversations on both sides."""
    def differ(some: Sequence[Lines]) -> list[compare.Difference | None]:
        return compare.differences(some, theirs, mine)
    outcome, log = Outcome(), []
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        if tell:
            tell(start, count, "conversations")
        found = differ([scenarios.scenario(seed, number) for number in numbers])
        for number, difference in zip(numbers, found):
            outcome.passed += difference is None
            outcome.failed += difference is not None
            if difference and len(log) < SHOWN:
                short = compare.shrink(difference, differ, scenarios.fair)
                log.append(f"seed {seed}, conversation {number}: {short.report()}\n")
                PLACE.mkdir(parents=True, exist_ok=True)
                (PLACE / f"difference{len(log)}.txt").write_text(
                    "".join(f"{line}\n----\n\n" for line in short.lines), encoding="utf-8")
    hidden = outcome.failed - len(log)
    outcome.log = "\n".join(log) + (f"\n… and {hidden} more differ\n" if hidden > 0 else "")
    return outcome


def check(_: Context) -> Outcome:
    """What the test command does."""
    try:
        theirs = etcd()
    except Absent as why:
        return Outcome(skipped=f"{why}, so there is no etcd to compare with")
    outcome = compared(SEED, COUNT, theirs, ours())
    return outcome if outcome.passed + outcome.failed == COUNT else broken(
        f"{outcome.passed + outcome.failed} of {COUNT} conversations were played")


def main(seed: int, count: int) -> None:
    """What a reader asks for."""
    with say.Step("Building etcd's raft and ours") as step:
        try:
            theirs = etcd()
        except Absent as why:
            raise say.Refusal(str(why), "install Go, and let it reach its module proxy") from None
        mine = ours(step.at)
    with say.Step(f"Playing {count} conversations on both") as step:
        outcome = compared(seed, count, theirs, mine, step.at)
        step.note = f"{outcome.passed} are the same, {outcome.failed} differ"
    if outcome.failed:
        say.line()
        say.line(outcome.log.rstrip())
        raise say.Refusal(f"{outcome.failed} of {count} conversations differ",
                          f"play {_shown()} with ./book scenario")


def _shown() -> Path:
    return (PLACE / "difference1.txt").relative_to(ROOT)
