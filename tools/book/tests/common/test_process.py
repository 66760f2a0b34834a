"""Other programs: time limits, output limits, missing ones."""

import sys
import time

from book.common import process


def test_output_and_code():
    done = process.run(["sh", "-c", "echo out; echo err >&2; exit 3"])
    assert (done.code, done.ok, sorted(done.output.split())) == (3, False, ["err", "out"])


def test_a_program_that_waits_for_ever_is_ended_with_its_children():
    started = time.monotonic()
    done = process.run(["sh", "-c", "sleep 60 & sleep 60"], timeout=0.5)
    assert done.timed_out and not done.ok and time.monotonic() - started < 5


def test_a_program_that_closes_its_output_and_waits_is_ended():
    done = process.run(["sh", "-c", "exec >&- 2>&-; sleep 60"], timeout=0.5)
    assert done.timed_out


def test_a_missing_program_is_no_exception():
    done = process.run(["no-such-program-anywhere"])
    assert done.code == 127 and "no-such-program" in done.output


def test_endless_output_is_cut(monkeypatch):
    monkeypatch.setattr(process, "LIMIT", 100_000)
    done = process.run(["sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x"])
    assert len(done.output) < 200_000 and "more bytes of output are left out" in done.output


def test_lines_are_told_as_they_come():
    heard: list[str] = []
    process.run(["printf", "a\\nb\\nc\\n"], on_line=heard.append)
    assert heard == ["a", "b", "c"]


ECHO = "import sys\nfor line in sys.stdin:\n    print(line, end='', flush=True)\n"


def test_it_answers_each_time():
    with process.talk([sys.executable, "-c", ECHO]) as talk:
        assert talk.ask({"a": 1}) == {"a": 1} and talk.ask(["ä"]) == ["ä"]
    assert not process.live


def test_one_that_fell_says_why():
    with process.talk([sys.executable, "-c", "raise ValueError('no')"]) as talk:
        assert talk.ask({}) is None and talk.complaint() == "ValueError: no"
