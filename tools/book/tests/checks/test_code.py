"""Checks of the C++: which programs run under which sanitizer, and what a whole program's run
counts.
"""

from book.checks import code


def write(tree, **texts):
    for name, text in texts.items():
        room, file = name.split("__")
        place = tree / "code" / room / f"{file}.cpp"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def test_rooms_with_threads_are_found_by_what_they_include(tmp_path):
    write(
        tmp_path,
        csp__channel="#include <mutex>\n",
        csp__channel_test="",
        node__run="",
        node__run_test="#include <thread>\n",
        raft__raft="// #include <thread>\n",
        raft__raft_test="",
        bench__node_bench="#include <thread>\n",
    )
    assert code.threaded(tmp_path) == ["csp_test", "node_test"]


def program(place, text):
    place.write_text(f"#!/bin/sh\n{text}")
    place.chmod(0o755)


def test_a_whole_program_that_dies_is_a_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(code, "REPORTS", tmp_path)
    report = '<testsuites><testsuite tests="3" failures="0" errors="0"/></testsuites>'
    program(
        tmp_path / "good",
        f"""for word; do case $word in
      --gtest_output=xml:*) echo '{report}' > "${{word#*:}}";; esac; done""",
    )
    program(tmp_path / "dies", "echo 'WARNING: ThreadSanitizer: data race'; exit 66")
    outcome = code._whole(tmp_path, "x", ["good", "dies"], {})
    assert (outcome.passed, outcome.failed) == (3, 1) and "data race" in outcome.log
