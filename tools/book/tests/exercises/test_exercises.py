"""The exercise loop on an exercise made here, at the first stage, with the real compiler."""

import json
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from book.common.paths import BUILD, ROOT
from book.common.refusal import Refusal
from book.exercises import (
    acceptance,
    build_tree,
    grading,
    judge,
    loop,
    model,
    progress,
    solutions,
    workspace,
)

TOML = """
title = "Say why"
kind = "hunt"
stage = "TOUR"
stars = 1
minutes = 5
invariant = "INV-TOUR-9"
hints = ["look", "there", "why"]
fails_with = "should stop"
why_it_fails = "The check lets everything pass."
[[bug]]
file = "code/base/check.hpp"
find = "((condition) ? void()"
replace = "((condition) || true ? void()"
[[mutant]]
name = "it stops always"
file = "code/base/check.hpp"
find = "((condition) ? void()"
replace = "((condition) && false ? void()"
"""
TEST = """#include <gtest/gtest.h>
#include "base/check.hpp"
TEST(Check, Stops) { EXPECT_DEATH(RAFT_CHECK(1 == 2, "no"), "no") << "it should stop"; }
TEST(Check, GoesOn) { RAFT_CHECK(1 == 1, "yes"); }
"""
KILLER = """#include <gtest/gtest.h>
#include "base/check.hpp"
TEST(Mine, Works) { RAFT_CHECK(true, "fine"); }
"""


@pytest.fixture
def places(tmp_path, monkeypatch):
    monkeypatch.setattr(model, "PRACTICE", tmp_path / "practice")
    monkeypatch.setattr(progress, "PRACTICE", tmp_path / "practice")
    monkeypatch.setattr(progress, "PROGRESS", tmp_path / "practice" / "progress.json")
    monkeypatch.setattr(acceptance, "KEPT", tmp_path / "acceptance")
    monkeypatch.setattr(build_tree, "PLACE", BUILD / "test" / "exercises")
    root = tmp_path / "exercises"
    monkeypatch.setattr(model.load_all, "__defaults__", (root,))
    return root


def make(root, name="say-why", toml=TOML, **files):
    place = root / "life-of-a-put" / name
    place.mkdir(parents=True)
    (place / "exercise.toml").write_text(toml)
    (place / "brief.rst").write_text("Find it. Look at ``check.hpp``.\n")
    for file, text in (files or {"test.cpp": TEST}).items():
        (place / file.replace("_cpp", ".cpp").replace("_txt", ".txt")).write_text(text)
    return model.load(place)


@pytest.fixture
def hunt(places):
    return make(places)


def test_start_writes_the_starter_the_brief_and_the_test(hunt):
    loop.start(hunt)
    there = {str(p.relative_to(hunt.workspace)) for p in hunt.workspace.rglob("*") if p.is_file()}
    assert there == {"code/base/check.hpp", "answer.txt", "BRIEF.txt", "test.cpp"}
    assert "|| true" in (hunt.workspace / "code/base/check.hpp").read_text()
    assert "Look at check.hpp." in (hunt.workspace / "BRIEF.txt").read_text()
    assert progress.state(hunt) == "started"


def test_hints_come_one_at_a_time(hunt, capsys):
    with pytest.raises(Refusal, match="is not started — ./book start life-of-a-put/say-why"):
        loop.hint(hunt)
    loop.start(hunt)
    capsys.readouterr()
    for _ in range(4):
        loop.hint(hunt)
    said = capsys.readouterr().out
    assert [f"Hint {n} of 3" in said for n in (1, 2, 3)] == [True] * 3
    assert "That was the last one" in said


def test_reset_keeps_the_readers_work(hunt):
    loop.start(hunt)
    mine = hunt.workspace / "code/base/check.hpp"
    mine.write_text("my work")
    with pytest.raises(Refusal, match="nothing was reset — ./book reset --yes"):
        loop.reset(hunt, sure=False)
    assert mine.read_text() == "my work"
    loop.reset(hunt, sure=True)
    assert mine.with_name("check.hpp.bak").read_text() == "my work"
    assert "|| true" in mine.read_text()
    mine.write_text("more work")
    loop.reset(hunt, sure=True)
    assert mine.with_name("check.hpp.bak2").read_text() == "more work"


def test_a_solution_keeps_the_readers_work_and_no_starter(hunt):
    loop.start(hunt)
    loop.solution(hunt, print_only=False)
    assert not list(hunt.workspace.rglob("*.bak"))
    mine = hunt.workspace / "code/base/check.hpp"
    mine.write_text("my work")
    loop.solution(hunt, print_only=False)
    assert mine.with_name("check.hpp.bak").read_text() == "my work"


def test_reset_keeps_whatever_lies_there(hunt):
    loop.start(hunt)
    (hunt.workspace / "test.cpp").write_text("my test")
    with pytest.raises(Refusal, match="nothing was reset"):
        loop.reset(hunt, sure=False)
    loop.reset(hunt, sure=True)
    assert (hunt.workspace / "test.cpp.bak").read_text() == "my test"
    assert (hunt.workspace / "test.cpp").read_text() == TEST


@pytest.mark.parametrize(
    "damaged", ["{", "", "[]", "{}", '{"exercises": []}', '{"exercises": {"a": 1}}', "{}{}", "\0"]
)
def test_a_damaged_progress_file_is_set_aside_in_one_line(hunt, capsys, damaged):
    loop.start(hunt)
    capsys.readouterr()
    progress.PROGRESS.write_text(damaged)
    assert progress.state(hunt) == "started"
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "progress.json.bak" in said
    assert progress.PROGRESS.with_name("progress.json.bak").read_text() == damaged
    loop.hint(hunt)
    assert progress.load()["exercises"][hunt.id]["hints"] == 1


def test_marks_are_those_of_the_page(hunt):
    loop.start(hunt)
    for passed, mark in ((False, "started"), (True, "passed"), (False, "passed")):
        progress.tried(hunt, passed)
        assert progress.state(hunt) == mark
    progress.note(hunt, state="shown")
    for passed in (False, True):
        progress.tried(hunt, passed)
        assert progress.state(hunt) == "shown"
    assert progress.load()["exercises"][hunt.id]["tries"] == 5


def test_several_commands_at_once_lose_no_mark(hunt):
    loop.start(hunt)
    lost = "import sys; from book.tests.exercises import marking; marking.many(*sys.argv[1:])"
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", lost, str(progress.PROGRESS), f"life-of-a-put/no-{number}"],
            cwd=ROOT / "tools",
        )
        for number in range(4)
    ]
    assert [each.wait(60) for each in crowd] == [0, 0, 0, 0]
    marks = progress.load()["exercises"]
    assert [marks[f"life-of-a-put/no-{number}"]["tries"] for number in range(4)] == [25] * 4


def test_watch_waits_for_a_file_that_is_away(hunt):
    loop.start(hunt)
    code = hunt.workspace / "code/base/check.hpp"
    text = code.read_text()
    assert loop._present(hunt) is not None
    code.unlink()
    assert loop._present(hunt) is None
    code.write_text(text)
    assert loop._present(hunt) is not None


@pytest.mark.parametrize("linked", ["code/base/check.hpp", "code/base", "code"])
def test_a_link_is_no_answer(hunt, tmp_path, linked):
    loop.start(hunt)
    place = hunt.workspace / linked
    elsewhere = tmp_path / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    with pytest.raises(Refusal, match="is a link, and leads out of the exercise"):
        workspace.readers_files(hunt)


def test_a_byte_order_mark_is_not_the_readers(hunt):
    loop.start(hunt)
    for path in workspace.starter(hunt):
        place = hunt.workspace / path
        place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes())
    assert workspace.readers_files(hunt) == workspace.starter(hunt)


def test_a_deleted_file_is_not_taken_for_a_solution(hunt):
    loop.start(hunt)
    (hunt.workspace / "code/base/check.hpp").unlink()
    with pytest.raises(Refusal, match="is gone — ./book reset"):
        loop.check(hunt)


compiled = pytest.mark.skipif(not shutil.which("g++"), reason="there is no compiler")


@compiled
def test_a_hunt_from_start_to_solution(hunt, capsys):
    loop.start(hunt)
    assert not loop.check(hunt)
    said = capsys.readouterr().out
    assert "✗ Checking life-of-a-put/say-why (not yet)" in said
    assert "✗ Check.Stops" in said and "it should stop" in said
    assert "This is the starter as it came." in said and "lets everything pass" not in said
    assert "INV-TOUR-9" not in said  # naming it is part of the exercise
    # The copy of the test in the workspace decides nothing, and that is said.
    (hunt.workspace / "test.cpp").write_text("TEST(Check, Stops) {}")
    assert not loop.check(hunt)
    assert "test.cpp was edited: the exercise's own decides" in capsys.readouterr().out
    # Mended, but the invariant is not named yet.
    code = hunt.workspace / "code/base/check.hpp"
    code.write_text(code.read_text().replace(" || true", ""))
    capsys.readouterr()
    assert not loop.check(hunt)
    assert "now write in answer.txt, after the colon, which invariant" in capsys.readouterr().out
    loop.solution(hunt, print_only=False)
    assert loop.check(hunt) and progress.state(hunt) == "shown"
    assert "✓ Checking life-of-a-put/say-why (passed)" in capsys.readouterr().out
    # An error of the compiler stands at the reader's own file.
    code.write_text(code.read_text() + "\nint broken( {\n")
    assert not loop.check(hunt)
    assert "code/base/check.hpp:" in capsys.readouterr().out


@compiled
def test_what_is_accepted_is_kept(hunt):
    first = acceptance.accept(hunt)
    assert first.passed, first.message
    assert acceptance.accept(hunt).cached
    (hunt.path / "brief.rst").write_text("Other words.\n")
    assert not acceptance.accept(hunt).cached


@compiled
def test_no_acceptance_for_a_starter_that_fails_for_another_reason(places):
    e = make(places, toml=TOML.replace('"should stop"', '"no such words"'))
    assert "but not with `fails_with`" in acceptance.accept(e).message


@compiled
def test_no_acceptance_for_a_mutant_that_survives(places):
    e = make(
        places, toml=TOML.replace("((condition) && false ? void()", "(bool(condition) ? void()")
    )
    assert "survived: it stops always" in acceptance.accept(e).message


@compiled
def test_a_kill_says_which_wrong_nodes_survive(places):
    toml = TOML.replace('"hunt"', '"kill"').replace(
        "[[bug]]", '[[mutant]]\nname = "it never stops"'
    )
    toml = toml.replace('"should stop"', '"1 of 2 wrong nodes survive"')
    e = make(places, toml=toml, answer_cpp=KILLER, solution_cpp=TEST)
    verdict = judge.judge(e, workspace.starter(e))
    assert not verdict.passed and "1 of 2 wrong nodes survive" in verdict.text()
    assert "survived: it never stops" in verdict.text()
    assert judge.judge(e, solutions.solution(e)).passed
    nothing = judge.judge(e, {"answer.cpp": "#include <gtest/gtest.h>\n"})
    assert not nothing.passed and "there is no test" in nothing.text()


@compiled
def test_a_test_that_fails_by_chance_kills_nothing(places, tmp_path):
    """It passes the first time, and then every second or third."""
    toml = TOML.replace('"hunt"', '"kill"').replace(
        "[[bug]]", '[[mutant]]\nname = "it never stops"'
    )
    e = make(places, toml=toml, answer_cpp=KILLER, solution_cpp=TEST)
    for number, period in enumerate((2, 3, 5)):
        count = tmp_path / f"count{number}"
        chance = TEST + (
            "#include <fstream>\n"
            "TEST(Mine, Works) {\n"
            "  int runs = 0;\n"
            f'  std::ifstream("{count}") >> runs;\n'
            f'  std::ofstream("{count}") << runs + 1;\n'
            f"  EXPECT_NE(runs % {period}, {period - 1});\n"
            "}\n"
        )
        verdict = judge.judge(e, {"answer.cpp": chance})
        assert not verdict.passed, f"every {period}th"
        assert "must pass on the right node every time" in verdict.text()


@compiled
def test_one_test_can_be_run_alone_and_sets_no_mark(hunt, capsys):
    loop.start(hunt)
    capsys.readouterr()
    assert loop.check(hunt, only="*.GoesOn")
    said = capsys.readouterr().out
    assert "✓ Check.GoesOn" in said and "Check.Stops" not in said
    assert "Only tests like *.GoesOn were run" in said
    assert progress.load()["exercises"][hunt.id]["tries"] == 0
    assert not loop.check(hunt, only="No.Such")
    assert "no test's name is like No.Such" in capsys.readouterr().out
    assert not loop.check(hunt, only="Check.St*")


@compiled
def test_what_a_program_prints_is_heard(hunt, capsys):
    loop.start(hunt)
    workspace.write(hunt.workspace, solutions.solution(hunt))
    code = hunt.workspace / "code/base/check.hpp"
    code.write_text(
        code.read_text()
        + '#include <cstdio>\ninline const int heard = std::printf("look here\\n");\n'
    )
    capsys.readouterr()
    loop.check(hunt)
    said = capsys.readouterr().out
    assert "Your program printed:" in said and "look here" in said
    assert "[ RUN" not in said


@compiled
def test_a_prediction_is_compared_without_giving_it_away(places):
    toml = (
        TOML.split("[[bug]]")[0]
        .replace('"hunt"', '"predict"')
        .replace('"should stop"', '"the first 1 of 3 lines are right"')
    )
    e = make(
        places,
        toml=toml,
        answer_txt="# what does it say?\none\n____\n",
        program_cpp='#include <cstdio>\nint main() { std::puts("one\\ntwo  2\\nthree"); }\n',
    )
    assert (
        "solution.txt is missing: what the program prints — ./book test"
        in acceptance.accept(e).message
    )
    assert acceptance.accept(e, rewrite=True).passed
    verdict = judge.judge(e, workspace.starter(e))
    assert "line 3: `____`: a blank is left" in verdict.text() and "two" not in verdict.text()
    assert (
        "the program goes on; one more line is"
        in judge.judge(e, {"answer.txt": "one\ntwo 2\n"}).text()
    )
    assert (
        "the program ended before that"
        in judge.judge(e, {"answer.txt": "one\ntwo 2\nthree\nfour\n"}).text()
    )
    assert acceptance.accept(e).passed
    (e.path / "solution.txt").write_text("one\ntwo  2\n")
    assert (
        "solution.txt:3: committed ``, the program prints `three`; if it is right: ./book test"
        in acceptance.accept(e).message
    )


@compiled
def test_a_composition_is_judged_by_its_program(places):
    toml = (
        TOML.split("[[bug]]")[0]
        .replace('"hunt"', '"compose"')
        .replace('"should stop"', '"that is not it"')
    )
    source = (
        "#include <fstream>\n#include <iostream>\n#include <string>\n"
        "int main(int, char** argv) {\n  std::ifstream in(argv[1]);\n  std::string word;\n"
        '  in >> word;\n  if (word == "right") return 0;\n'
        '  std::cout << "that is not it\\n";\n  return 1;\n}\n'
    )
    e = make(places, toml=toml, answer_txt="wrong\n", solution_txt="right\n", judge_cpp=source)
    accepted = acceptance.accept(e)
    assert accepted.passed, accepted.message


@compiled
def test_a_test_that_hangs_is_told_and_the_others_still_count(places):
    hang = TEST + "#include <thread>\nTEST(Check, Waits) { for (;;) std::this_thread::yield(); }\n"
    e = make(places, test_cpp=hang)
    text = judge.judge(e, solutions.solution(e)).text()
    assert "✗ Check.Waits   did not finish in 20 s: probably waiting for ever" in text
    assert "✓ 2 of 3 pass" in text


@compiled
def test_grades(hunt, tmp_path):
    data = json.loads(grading.gradescope(grading.grade([hunt])))
    assert (data["score"], data["max_score"]) == (0, 10)
    assert data["tests"][0]["output"] == "not started"
    loop.start(hunt)
    workspace.write(hunt.workspace, solutions.solution(hunt))
    hidden = tmp_path / "hidden"
    (hidden / hunt.id).mkdir(parents=True)
    (hidden / hunt.id / "test.cpp").write_text(
        '#include <gtest/gtest.h>\nTEST(Hidden, Fails) { FAIL() << "hidden reason"; }\n'
    )
    grades = grading.grade([hunt], hidden)
    data = json.loads(grading.gradescope(grades))
    assert (data["score"], data["max_score"]) == (10, 20)
    assert [t["status"] for t in data["tests"]] == ["passed", "failed"]
    assert data["tests"][1]["visibility"] == "after_published"
    xml = ElementTree.fromstring(grading.junit(grades))
    assert xml.attrib["tests"] == "2" and xml.attrib["failures"] == "1"
    lines = grading.github(grades)
    assert lines.startswith("::error file=") and '"score": 10' in lines.splitlines()[-1]


def test_hidden_tests_must_be_a_directory(hunt, tmp_path):
    with pytest.raises(Refusal, match="is not a directory"):
        grading.grade([hunt], tmp_path / "none")


# Scenarios: a program stands in for the one that plays them.

PLAYER = """#!/usr/bin/env python3
import pathlib, sys
rewrite, file = sys.argv[1] == "--rewrite", sys.argv[-1]
text = pathlib.Path(file).read_text()
if "nonsense" in text:
    sys.exit("%s:1: nonsense: there is no such thing" % file)
if rewrite:
    told = "ask\\n----\\n"
    pathlib.Path(file).write_text(text.replace(told, told + "1: StateCandidate\\n"))
"""
SCENARIO = TOML.split("[[bug]]")[0].replace('"TOUR"', '"SCENARIO"')
COMPOSE = (
    SCENARIO.replace('"hunt"', '"compose"')
    + """
[[expect]]
name = "node 1 stands"
ask = "ask"
finds = "^1: StateCandidate$"
[[expect]]
name = "nobody proposes"
lacks = "^propose"
"""
)


@pytest.fixture
def player(tmp_path, monkeypatch):
    program = tmp_path / "player"
    program.write_text(PLAYER)
    program.chmod(0o755)
    monkeypatch.setattr(judge.scenario_files, "build_player", lambda stage: program)


def test_a_composed_scenario_is_played_and_asked(places, player):
    e = make(
        places, toml=COMPOSE, answer_txt="campaign 1\n----\n", solution_txt="campaign 1\n----\n"
    )
    assert e.plays and judge.judge(e, solutions.solution(e)).passed
    verdict = judge.judge(e, {"answer.txt": "propose 1 x\n----\n"})
    assert (
        "✗ nobody proposes" in verdict.text() and "✓ 1 of 2 pass: node 1 stands" in verdict.text()
    )
    verdict = judge.judge(e, {"answer.txt": "nonsense\n----\n"})
    assert "answer.txt:1: nonsense: there is no such thing" in verdict.text()


def test_a_predicted_scenario_is_compared_line_by_line(places, player):
    toml = SCENARIO.replace('"hunt"', '"predict"').replace("should stop", "a blank is left")
    e = make(
        places,
        toml=toml,
        scenario_txt="# Title\ncampaign 1\n----\nINFO 1 stands\n",
        answer_txt="# Write.\ncampaign 1\n----\nINFO __\n",
    )
    assert judge.judge(e, solutions.solution(e)).passed
    assert "line 4: `INFO __`: a blank is left" in judge.judge(e, workspace.starter(e)).text()
    assert "scenario.txt" not in workspace.companions(e)


def test_scenarios_need_a_stage_that_plays_them(places):
    with pytest.raises(Refusal, match="is TOUR, where nothing plays scenarios yet"):
        make(places, toml=COMPOSE.replace('"SCENARIO"', '"TOUR"'), answer_txt="", solution_txt="")
    with pytest.raises(Refusal, match="a `finds` that is not a regular expression"):
        make(
            places,
            name="b",
            toml=COMPOSE.replace("^1: State", "^(1: State"),
            answer_txt="",
            solution_txt="",
        )


def test_without_node_there_is_one_line(places, monkeypatch):
    e = make(places, toml=COMPOSE, answer_txt="", solution_txt="")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refusal, match="node is not installed.* — apt-get install nodejs"):
        judge.judge(e, {"answer.txt": "campaign 1\n----\n"})


def test_a_script_that_breaks_is_one_line(places, monkeypatch, tmp_path):
    script = tmp_path / "judge.mjs"
    script.write_text("throw new TypeError('what');")
    monkeypatch.setattr(judge, "SCRIPT", script)
    e = make(places, toml=COMPOSE, answer_txt="", solution_txt="")
    with pytest.raises(Refusal, match="gave no verdict: TypeError: what"):
        judge.judge(e, {"answer.txt": "campaign 1\n----\n"})


def test_what_a_kill_begins_with_stands_once(places):
    toml = TOML.replace('"hunt"', '"kill"').replace(
        "[[bug]]", '[[mutant]]\nname = "it never stops"'
    )
    first, rest = KILLER.split("TEST(", 1)
    e = make(places, toml=toml, opening_cpp=first, answer_cpp=f"TEST({rest}", solution_cpp=TEST)
    assert workspace.starter(e) == {"answer.cpp": KILLER}
    assert solutions.solution(e) == {"answer.cpp": first + TEST}
