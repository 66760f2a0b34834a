"""Many conversations, ours against etcd's own raft: as many, and the same, in every run."""

from __future__ import annotations

from book.checks.outcome import Context, Outcome, broken
from book.conformance import comparison, peers

SEED, COUNT = 1, 2000


def check(_: Context) -> Outcome:
    try:
        etcd = peers.etcd()
    except peers.Absent as why:
        return Outcome(skipped=f"{why}, so there is no etcd to compare with")
    result = comparison.compare_conversations(SEED, COUNT, etcd, peers.ours())
    if (played := result.same + result.different) != COUNT:
        return broken(f"{played} of {COUNT} conversations were played")
    return Outcome(result.same, result.different, result.report)
