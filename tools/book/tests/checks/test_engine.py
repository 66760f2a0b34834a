"""The engine of `./book test`: slots, order, what is kept, the last line."""

import pytest

from book.checks import engine, exercises, registry
from book.checks.outcome import Check, Context, Outcome, counted, of_junit
from book.common import process, sources
from book.common.paths import ROOT
from book.common.refusal import Refusal
from book.exercises import acceptance


@pytest.fixture
def here(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "LOGS", tmp_path)
    monkeypatch.setattr(engine, "STAMPS", tmp_path / "stamps")
    engine._digests.clear()
    return tmp_path


def make(name, run, **more):
    return Check(name, "", run, ("book",), **more)


def test_the_last_line_alone_has_the_numbers(here, capsys):
    checks = [make("good", lambda c: Outcome(3, 0)), make("bad", lambda c: Outcome(1, 2, "why\n"))]
    code = engine.summary(checks, engine.Run(checks, Context()).all(), 1.0)
    lines = capsys.readouterr().out.rstrip("\n").splitlines()
    assert code == 1 and lines[-1] == "4 passed, 2 failed"
    assert "bad failed (the whole log: build/test/bad.log)" in lines and "  why" in lines
    assert (here / "bad.log").read_text() == "why\n"


def test_a_check_waits_for_those_it_comes_after(here):
    order = []

    def run(name):
        return lambda c: order.append(name) or Outcome(1)

    checks = [
        make("b", run("b"), after=("a",), weight=9),
        make("a", run("a")),
        make("c", run("c"), after=("b", "absent"), weight=9),
    ]
    engine.Run(checks, Context()).all()
    assert order == ["a", "b", "c"]


def test_the_longest_way_starts_first():
    checks = [
        make("alone", None, weight=3),
        make("a", None, weight=1),
        make("b", None, weight=1, after=("a",)),
        make("c", None, weight=2, after=("b", "absent")),
    ]
    assert engine.urgency(checks) == {"alone": 3, "a": 4, "b": 3, "c": 2}


def test_stages_are_compiled_one_at_a_time_and_outputs_after_them():
    checks = {check.name: check for check in registry.checks()}
    stages = [name for name in checks if name.startswith("stage-")]
    assert checks[stages[-1]].after == ()
    assert [checks[name].after for name in stages[:-1]] == [(later,) for later in stages[1:]]
    assert set(checks["outputs"].after) == set(stages)


def test_neighbours_are_not_compiled_together():
    assert exercises.from_both_ends([1, 2, 3, 4, 5]) == [1, 5, 2, 4, 3]
    assert (
        exercises.from_both_ends([1, 2, 3, 4]) == [1, 4, 2, 3]
        and exercises.from_both_ends([]) == []
    )


def test_quick_runs_again_only_what_failed_or_changed(here):
    runs = []
    good = make("good", lambda c: runs.append("good") or Outcome(2))
    bad = make("bad", lambda c: runs.append("bad") or Outcome(0, 1))
    for _ in range(2):
        results = engine.Run([good, bad], Context(quick=True)).all()
    assert sorted(runs) == ["bad", "bad", "good"]
    assert results["good"][0].cached and results["good"][0].passed == 2


def test_a_full_run_believes_nothing_kept(here):
    runs = []
    check = make("x", lambda c: runs.append(1) or Outcome(1))
    for _ in range(2):
        engine.Run([check], Context()).all()
    assert len(runs) == 2


def test_a_check_that_breaks_is_a_failure_with_its_reason(here):
    def refuse(context):
        raise Refusal("no compiler", "install one")

    def crash(context):
        raise KeyError("x")

    results = engine.Run([make("r", refuse), make("c", crash)], Context()).all()
    assert results["r"][0].failed == 1 and "no compiler — install one" in results["r"][0].log
    assert results["c"][0].failed == 1 and "this check itself is broken" in results["c"][0].log


def test_an_unknown_name_gets_a_suggestion():
    with pytest.raises(Refusal, match="there is no check lnt — did you mean lint"):
        engine._chosen(registry.checks(), False, ["lnt"])


def test_quick_leaves_out_what_takes_minutes():
    names = {c.name for c in engine._chosen(registry.checks(), True, [])}
    assert names.isdisjoint({"pages", "tsan", "asan", "book-pypi"})
    assert {"lint", "coverage", "exercises", "book", "links", "stage-TOUR"} <= names


def test_every_input_and_predecessor_exists():
    checks = registry.checks()
    names = {check.name for check in checks}
    assert all(name in names for check in checks for name in check.after)
    inputs = {place for check in checks for place in check.inputs + engine.ENGINE}
    inputs |= {*sources.SOURCES, *sources.TOP, *acceptance.JUDGED_BY}
    assert [place for place in inputs if not (ROOT / place).exists()] == []


def test_junit_is_counted(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text(
        '<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/></testsuites>'
    )
    outcome = of_junit(report, process.Done(1, "log", 0.1))
    assert (outcome.passed, outcome.failed) == (2, 2)


def test_a_tool_that_dies_without_a_report_is_a_failure(tmp_path):
    assert of_junit(tmp_path / "none.xml", process.Done(1, "log", 0.1)).failed == 1


def test_a_tool_that_fails_beside_a_clean_report_is_a_failure(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text('<testsuite tests="5" failures="0"/>')
    assert of_junit(report, process.Done(2, "", 0.1)).failed == 1


def test_the_last_count_of_a_log_counts():
    assert counted("1 passed, 0 failed\nx\n7 passed, 2 failed\n") == (7, 2)
    assert counted("nothing") is None
