"""The benchmarks' table."""

import pytest

from book.benchmarks import command, core, loops, measuring, pages
from book.benchmarks.measuring import Times
from book.common.refusal import Refusal


def test_rows_stand_beside_go_with_ratio_and_target():
    ours = {
        "ReadySelect3": Times(50.0, 50.0),
        "DefaultMiss": Times(30.0, 30.0),
        "PingPong": Times(6000.0, 5000.0),
        "FutexPingPong": Times(5000.0, 4000.0),
    }
    go = {"ReadySelect3": Times(100.0, 100.0), "DefaultMiss": Times(20.0, 21.0)}
    lines = {text.split()[0]: " ".join(text.split()) for text in loops.table(ours, go)[4:]}
    assert (
        lines["ReadySelect3"] == "ReadySelect3 50.0 ns 50.0 ns 100 ns 100 ns Go 0.50 0.50 ≤ 1 yes"
    )
    assert lines["DefaultMiss"].endswith("Go 1.50 1.43 ≤ 1 no, by 1.50 ×")
    assert lines["PingPong"] == "PingPong 6.00 µs 5.00 µs - - FutexPingPong 1.20 1.25 ≤ 1.3 yes"


def test_without_go_its_column_stays_empty():
    lines = loops.table({"ReadySelect3": Times(50.0, 50.0)}, {})
    assert lines[-1].split()[-7:] == ["-"] * 7


def test_names_lose_what_google_benchmark_adds():
    assert (
        measuring._row("FrontDoorEndToEnd/proposers:4/process_time/real_time")
        == "FrontDoorEndToEnd proposers:4"
    )


def test_an_unknown_suite():
    with pytest.raises(Refusal, match="there is no benchmark nod — did you mean node"):
        command.refuse_unknown("nod")


def test_the_core_stands_beside_both_its_peers():
    ours = {
        "Proposals replicas:3 batch:64": Times(1200.0, 1000.0, 1.5),
        "Proposals replicas:5 batch:1": Times(4000.0, 4000.0, 25.0),
    }
    go = {
        "Proposals replicas:3 batch:64": Times(9000.0, 5400.0, 66.0),
        "Proposals replicas:5 batch:1": Times(26000.0, 26000.0, 215.0),
    }
    c = {"Proposals replicas:3 batch:64": Times(1300.0, 1200.0, 19.0)}
    lines = [" ".join(text.split()) for text in core.table(ours, go, c)[-3:]]
    assert lines[1] == (
        "Proposals replicas:3 batch:64 1.00 µs 1.5 5.40 µs 66.0 1.20 µs 19.0 5.4 1.2 "
        "Go ÷ ≥ 6: no; C ÷ ≥ 1: yes; allocs ≤ 2: yes"
    )
    assert lines[2].endswith("4.00 µs 25.0 26.00 µs 215.0 - - 6.5 - Go ÷ ≥ 6: yes")


def test_without_peers_only_ours_is_told():
    lines = list(core._rows({"Proposals replicas:1 batch:1": Times(400.0, 400.0, 4.0)}, {}, {}))
    assert lines[1][1:] == ("400 ns", "4.0", "-", "-", "-", "-", "-", "-", "-")


def test_pages_are_measured_against_their_aims(tmp_path):
    (tmp_path / "core.wasm").write_bytes(b"x" * 1000)
    for name, text in (
        ("start.js", 'import { a } from "./share.js";'),
        ("share.js", ""),
        ("live.js", 'import { b } from "./share.js";'),
        ("recorded.js", ""),
    ):
        (tmp_path / name).write_text(text + "\n")
    found = {
        "ready": {"on the node": [900.0, 1600.0, 1000.0]},
        "step": {"a recording": {"p50": 2.0, "p95": 3.0}},
        "frames": {"at normal speed": {"p50": 16.7, "p95": 16.8}},
    }
    lines = [" ".join(text.split()) for text in pages.table(found, tmp_path)]
    assert "until it can be played: on the node 1000 ms 1600 ms ≤ 1500 ms no" in lines
    assert "a frame, three clusters: at normal speed 16.7 ms 16.8 ms ≤ 17 ms yes" in lines
    assert any(text.startswith("core.wasm, compressed 0.0 kB") for text in lines)
    assert not any("verdict" in text for text in lines)
    assert {p.name for p in pages.scripts(tmp_path, "live.js")} == {
        "start.js",
        "share.js",
        "live.js",
    }


def test_an_exercise_is_measured_against_its_aims(tmp_path):
    for name in ("core.wasm", "start.js", "live.js", "recorded.js", "compiler/editor.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "compiler" / "sizes.json").write_text(
        '{"compiler": 25500000, "exercises": {"log/a": 90000, "log/b": 210000}}'
    )
    visit = {"ready": 1.0, "first": 4000.0, "warm": [1000.0, 5000.0, 1500.0]}
    found = {
        "ready": {},
        "step": {},
        "frames": {},
        "exercise": {"first": visit | {"first": 21000.0}, "second": visit},
    }
    lines = [" ".join(text.split()) for text in pages.table(found, tmp_path, tmp_path / "compiler")]
    assert "the compiler and the editor, once 25.5 MB ≤ 26 MB yes" in lines
    assert "each further exercise, the largest 210.0 kB ≤ 200 kB no" in lines
    assert "until the first verdict, first visit 21000 ms ≤ 20000 ms no" in lines
    assert "until the first verdict, next visit 4000 ms ≤ 5000 ms yes" in lines
    assert "from an edit to its verdict, next visit 1500 ms 5000 ms ≤ 2000 ms yes" in lines
