"""What readers are given to solve holds what it promises."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from book.checks.outcome import Context, Outcome, broken
from book.common.refusal import Refusal
from book.exercises import acceptance, model

Stage = TypeVar("Stage")


def from_both_ends(row: list[Stage]) -> list[Stage]:
    """The first, the last, the second, the last but one … Neighbouring stages have most files in
    common, and what is compiled at the same moment is compiled twice."""
    return [
        row[number // 2] if number % 2 == 0 else row[-1 - number // 2] for number in range(len(row))
    ]


def exercises(context: Context) -> Outcome:
    """Every exercise is accepted; in a full run nothing kept from earlier is believed. A rewriting
    run writes down what the predictions' programs print.
    """
    try:
        everything = model.load_all()
    except Refusal as refusal:
        return broken(str(refusal))
    # Two stages at a time: a test that hangs until its limit leaves the processors idle.
    stages = from_both_ends(
        [
            [e for e in everything if e.stage == stage]
            for stage in dict.fromkeys(e.stage for e in everything)
        ]
    )
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(
            lambda some: [acceptance.accept(e, context.quick, context.rewrite) for e in some],
            stages,
        )
    outcome, log = Outcome(), []
    for exercise in (exercise for some in done for exercise in some):
        outcome.passed += exercise.passed
        outcome.failed += not exercise.passed
        log.append(
            f"{'ok' if exercise.passed else 'FAILED'} {exercise.id}"
            f"{' (unchanged)' if exercise.cached else ''}"
        )
        if exercise.message:
            log.append(exercise.message)
    outcome.log = "\n".join(log)
    return outcome
