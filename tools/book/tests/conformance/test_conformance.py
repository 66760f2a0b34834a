"""The comparison with etcd, on players made here: one that is right and one with a planted bug."""

import sys

from book.conformance import compare, comparison, faults, players, scenarios, scripts
from weave import story


def teller(wrong=lambda heard: None):
    """Counts what was proposed; `wrong` may say something else once it has heard enough."""

    def play(conversations):
        told = []
        for lines in conversations:
            heard, said = [], []
            for line in lines:
                heard.append(line)
                if line.startswith("compact 9"):
                    said.append((line, "fatal: nothing goes on"))
                    break
                said.append((line, wrong(heard) or f"heard {line.split()[0]}"))
            told.append(said)
        return told

    return play


def bug(heard):
    """Node 3 answers wrongly when it is asked after a compaction and a campaign of its own."""
    asked = heard[-1] == "status 3"
    if asked and "campaign 3" in heard and any(h.startswith("compact") for h in heard):
        return "heard nothing"
    return None


NOISE = ["add-nodes 3 voters=(1,2,3) index=2 inflight=4"] + [f"propose 1 x{n}" for n in range(30)]


def test_the_same_seed_gives_the_same_conversation():
    assert scenarios.scenario(7, 3) == scenarios.scenario(7, 3)
    assert scenarios.scenario(7, 3) != scenarios.scenario(7, 4)
    assert scenarios.scenario(8, 3) != scenarios.scenario(7, 3)


def test_every_conversation_makes_its_nodes_first_and_pins_what_it_ticks():
    for number in range(200):
        lines = scenarios.scenario(1, number)
        first = [line for line in lines if not line.startswith("log-level")][0]
        assert first.startswith("add-nodes")
        assert scenarios.fair(lines)


def test_things_go_wrong_from_a_seed_and_who_is_down_restarts_before_it_is_asked():
    went = set()
    for number in range(200):
        lines = faults.with_faults(scenarios.scenario(1, number), 1, number)
        assert lines == faults.with_faults(scenarios.scenario(1, number), 1, number)
        down = set()
        for line in lines:
            word, *rest = line.split()
            went.add(word)
            if word in ("campaign", "propose", "tick-election", "crash"):
                assert rest[0] not in down
            if word == "crash":
                down.add(rest[0])
            elif word == "restart":
                assert rest[0] in down
                down.discard(rest[0])
    assert {"crash", "restart", "partition", "heal", "duplicate-msgs"} <= went


def test_who_is_ticked_without_being_told_its_timeout_may_draw_another():
    pin, tick = "set-randomized-election-timeout 2 timeout=3", "tick-election 2"
    assert scenarios.fair(["campaign 1", pin, tick])
    assert not scenarios.fair([tick])
    assert not scenarios.fair([pin.replace(" 2 ", " 3 "), tick])
    assert not scenarios.fair([pin, "campaign 1", tick])


def test_players_that_agree_agree():
    result = comparison.compare_conversations(1, 40, teller(), teller())
    assert (result.same, result.different, result.report) == (40, 0, "")


def test_a_difference_is_found_and_made_short():
    lines = (
        NOISE[:9]
        + ["campaign 3"]
        + NOISE[9:20]
        + ["compact 2 5"]
        + NOISE[20:]
        + ["stabilize", "status 3", "raft-state"]
    )

    def differ(some):
        return compare.differences(some, teller(), teller(bug))

    found = differ([lines])[0]
    assert found and found.lines[-1] == "status 3"
    short = compare.shrink(found, differ)
    assert short.lines == ["campaign 3", "compact", "status 3"]
    assert "-heard status\n+heard nothing" in short.report()


def test_a_shorter_conversation_is_still_a_fair_one():
    pin, tick = "set-randomized-election-timeout 3 timeout=3", "tick-election 3"
    lines = ["campaign 3", "compact 1", *NOISE[1:6], pin, tick]

    def unlucky(heard):
        return "campaigns" if heard[-1] == tick and "compact 1" in heard else None

    def differ(some):
        return compare.differences(some, teller(), teller(unlucky))

    found = differ([lines])[0]
    assert found
    assert compare.shrink(found, differ).lines == ["compact 1", tick]
    assert compare.shrink(found, differ, scenarios.fair).lines == ["compact 1", pin, tick]


def test_what_etcd_can_not_survive_is_cut_off():
    lines = ["campaign 3", "compact 1 2", "compact 9 9", "status 3"]
    assert compare.differences([lines], teller(), teller(bug)) == [None]


def test_a_snapshot_ends_a_conversation():
    said = [("propose 1 x", "ok"), ("stabilize", "  1->2 MsgSnap Term:1 Log:0/0"), ("status 1", "")]
    assert compare.playable([d for d, _ in said], said) == ["propose 1 x"]


PROGRAM = """
import sys
for path in sys.argv[1:]:
    text = open(path).read()
    if "die" in text:
        sys.exit("it broke an invariant")
    while "hang" in text:
        pass
    open(path, "w").write(text.replace("----\\n", "----\\nok\\n"))
"""


def test_a_program_that_dies_or_hangs_costs_one_conversation(tmp_path):
    script = tmp_path / "player.py"
    script.write_text(PROGRAM)
    play = players.Program((sys.executable, script), limit=2.0)
    told = play([["a"], ["die"], ["b", "c"], ["hang"], ["d"]])
    assert told[0] == [("a", "ok")]
    assert told[1] == [("", "fatal: it broke an invariant")]
    assert told[2] == [("b", "ok"), ("c", "ok")]
    assert told[3] == [("", "fatal: it did not end")]
    assert told[4] == [("d", "ok")]


def test_a_crash_of_ours_is_a_difference_and_is_made_short():
    def crashing(conversations):
        return [
            [("", "fatal: it stopped")] if "campaign 3" in lines and "status 3" in lines else told
            for lines, told in zip(conversations, teller()(conversations))
        ]

    def differ(some):
        return compare.differences(some, teller(), crashing)

    found = differ([NOISE + ["campaign 3"] + NOISE + ["status 3", "raft-state"]])[0]
    assert found and "it stopped" in found.ours
    assert compare.shrink(found, differ).lines == ["campaign 3", "status 3"]


def test_of_a_file_of_etcds_it_is_said_what_it_waits_for(tmp_path):
    program, script = tmp_path / "scenario", tmp_path / "a.txt"
    program.write_text(
        "#!/bin/sh\ngrep -q strange $2 && echo lost && exit 1\n"
        'echo "$2:4: comes with the stage LATER; here is SCENARIO"\nexit 1\n'
    )
    program.chmod(0o755)
    script.write_text("prevote")
    assert scripts.outcome(program, script) == "LATER"
    script.write_text("strange")
    assert scripts.outcome(program, script) == "lost"


def test_the_report_on_etcds_files_names_the_chapters_to_come():
    told = story.load()
    first = told.coming[0]
    outcomes = {"a.txt": "", "b.txt": first.planned[0], "c.txt": ""}
    assert scripts.report(outcomes, told) == (
        "2 of etcd's 3 files are played byte for byte:\n  a  c\n\n"
        f'1 wait for "{first.title}":\n  b\n'
    )
    assert scripts.strangers(outcomes, told) == []


def test_a_file_that_neither_plays_nor_waits_is_told():
    assert scripts.strangers({"a.txt": "", "b.txt": "an answer differs"}, story.load()) == [
        "b.txt: an answer differs"
    ]
