"""Our core against etcd's: many conversations from a seed, as many, and the same, in every run; and
etcd's own, of which the page says how many are played."""

from __future__ import annotations

from pathlib import Path

from book.checks.outcome import Context, Outcome, broken
from book.common.paths import ROOT, in_repository
from book.conformance import comparison, peers, scripts
from weave import story

SEED, COUNT = 1, 2000


def check(context: Context) -> Outcome:
    try:
        etcd = peers.etcd()
    except peers.Absent as why:
        return Outcome(skipped=f"{why}, so there is no etcd to compare with")
    ours = peers.ours()
    result = comparison.compare_conversations(SEED, COUNT, etcd, ours)
    if (played := result.same + result.different) != COUNT:
        return broken(f"{played} of {COUNT} conversations were played")
    wrong = _scripts(Path(ours.command[0]), context.rewrite)
    log = "\n".join([result.report, *wrong]).strip()
    return Outcome(result.same, result.different + len(wrong), log)


def _scripts(program: Path, rewrite: bool) -> list[str]:
    """What is wrong with the report on etcd's own conversations."""
    told = story.load(ROOT)
    outcomes = {f.name: scripts.outcome(program, f) for f in scripts.of_etcd(peers.GO)}
    if wrong := scripts.strangers(outcomes, told):
        return wrong
    report = scripts.report(outcomes, told)
    if rewrite:
        scripts.REPORT.write_text(report, encoding="utf-8")
    if scripts.REPORT.read_text(encoding="utf-8") == report:
        return []
    mend = "./book test --only conformance --rewrite"
    return [f"{in_repository(scripts.REPORT)} is out of date — {mend}"]
