"""`./book conformance`: many conversations, ours against etcd's own raft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book.common import terminal
from book.common.paths import BUILD, in_repository
from book.common.refusal import Refusal
from book.conformance import compare, peers, scenarios
from book.conformance.players import Lines, Player, text_of
from book.cpp import cmake

PLACE = BUILD / "conformance"
BATCH = 500
SHOWN = 3  # differences made short and told in full


@dataclass
class Comparison:
    """How many conversations are the same on both sides, how many not, and what differs."""

    same: int = 0
    different: int = 0
    report: str = ""


def compare_conversations(
    seed: int, count: int, theirs: Player, mine: Player, tell: cmake.Tell | None = None
) -> Comparison:
    """Plays `count` conversations on both sides."""

    def differ(some: Sequence[Lines]) -> list[compare.Difference | None]:
        return compare.differences(some, theirs, mine)

    result = Comparison()
    log: list[str] = []
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        if tell:
            tell(start, count, "conversations")
        found = differ([scenarios.scenario(seed, number) for number in numbers])
        for number, difference in zip(numbers, found):
            result.same += difference is None
            result.different += difference is not None
            if difference and len(log) < SHOWN:
                short = compare.shrink(difference, differ, scenarios.fair)
                log.append(f"seed {seed}, conversation {number}: {short.report()}\n")
                PLACE.mkdir(parents=True, exist_ok=True)
                (PLACE / f"difference{len(log)}.txt").write_text(
                    text_of(short.lines), encoding="utf-8"
                )
    hidden = result.different - len(log)
    result.report = "\n".join(log) + (f"\n… and {hidden} more differ\n" if hidden > 0 else "")
    return result


def run(seed: int, count: int) -> None:
    """What a reader asks for."""
    with terminal.Step("Building etcd's raft and ours") as step:
        try:
            theirs = peers.etcd()
        except peers.Absent as why:
            raise Refusal(str(why), "install Go, and let it reach its module proxy") from None
        mine = peers.ours(step.at)
    with terminal.Step(f"Playing {count} conversations on both") as step:
        result = compare_conversations(seed, count, theirs, mine, step.at)
        step.note = f"{result.same} are the same, {result.different} differ"
    if result.different:
        terminal.line()
        terminal.line(result.report.rstrip())
        raise Refusal(
            f"{result.different} of {count} conversations differ",
            f"play {in_repository(PLACE / 'difference1.txt')} with ./book scenario",
        )
