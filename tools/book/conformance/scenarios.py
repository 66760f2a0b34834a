"""Conversations from a seed: the same seed and number give the same directives on every machine.

The writer knows little about Raft, on purpose; it keeps to what both sides can play. Election
timeouts are random, so a node is told its own before it is ticked. What etcd can't survive, and
what needs a snapshot, is cut off after etcd has played it: see `compare`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Lines = list[str]
LEVELS = ("debug", "info", "warn", "error")
TYPES = (
    "MsgApp",
    "MsgAppResp",
    "MsgVote",
    "MsgVoteResp",
    "MsgHeartbeat",
    "MsgHeartbeatResp",
    "MsgProp",
)
ODD_DATA = ('say"so"', "back\\slash", "naïve", "日本", "x" * 200, "0")

# How often each directive comes, in three kinds of conversation.
CALM = {
    "propose": 6,
    "stabilize": 9,
    "campaign": 2,
    "tick_heartbeat": 2,
    "status": 2,
    "raft_log": 1,
    "raft_state": 1,
    "tick_election": 1,
    "report_unreachable": 1,
    "compact": 1,
    "log_level": 1,
}
WILD = {
    "propose": 5,
    "process_ready": 10,
    "deliver": 10,
    "campaign": 2,
    "tick_heartbeat": 2,
    "tick_election": 1,
    "report_unreachable": 1,
    "stabilize": 1,
    "raft_log": 1,
    "status": 1,
    "raft_state": 1,
    "compact": 1,
    "odd": 1,
}
SPLIT = {
    "propose": 5,
    "stabilize_some": 6,
    "lose": 5,
    "usurp": 2,
    "campaign": 2,
    "tick_heartbeat": 2,
    "tick_election": 2,
    "deliver": 2,
    "stabilize": 1,
    "report_unreachable": 1,
    "status": 1,
    "raft_log": 1,
    "raft_state": 1,
}


def scenario(seed: int, number: int, pinned: bool = True) -> Lines:
    """The directives of one conversation; unless pinned, nodes draw their own timeouts."""
    lines = _Writer(random.Random(f"{seed} {number}")).write()
    return lines if pinned else [t for t in lines if not t.startswith("set-randomized")]


def fair(lines: Lines) -> bool:
    """Is every node told its timeout right before it is ticked? Otherwise two nodes may differ by
    what they drew, and neither is wrong."""
    return all(
        before.startswith(f"set-randomized-election-timeout {line.split()[1]} timeout=")
        for before, line in zip([""] + lines, lines)
        if re.match(r"tick-\w+ \d", line)
    )


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.lines: Lines = []
        self.nodes: list[int] = []
        self.favourite = 1  # who campaigned last, and so may well be leader

    def write(self) -> Lines:
        if self.often(0.25):
            self.log_level()
        self.add_nodes()
        if self.often(0.85):
            self.campaign()
            if self.often(0.8):
                self.say("stabilize")
        kinds = self.chance.choice((CALM, CALM, WILD, WILD, SPLIT, SPLIT))
        verbs: list[Callable[[], None]] = [getattr(self, name) for name in kinds]
        for verb in self.chance.choices(verbs, list(kinds.values()), k=self.chance.randint(4, 28)):
            verb()
        if self.often(0.3):
            self.say("stabilize")
        return self.lines

    def say(self, line: str) -> None:
        self.lines.append(line)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def node(self) -> int:
        return self.chance.choice(self.nodes)

    def likely_leader(self) -> int:
        return self.favourite if self.often(0.6) else self.node()

    def some(self, least: int = 1) -> str:
        count = self.chance.randint(least, len(self.nodes))
        return " ".join(map(str, self.chance.sample(self.nodes, count)))

    def add_nodes(self) -> None:
        """One cluster from one snapshot; now and then a voter without a node, or a node without a
        cluster."""
        count = self.chance.choices((1, 2, 3, 4, 5), (1, 2, 8, 2, 4))[0]
        ids = list(range(1, count + 1))
        learners = [i for i in ids[1:] if self.often(0.12)]
        voters = [i for i in ids if i not in learners]
        if self.often(0.04):
            voters.append(count + 1)
        config = f"voters=({','.join(map(str, voters))})"
        if learners:
            config += f" learners=({','.join(map(str, learners))})"
        config += f" index={self.chance.randint(2, 12)}"
        together = self.often(0.75)
        for size in [count] if together else [1] * count:
            limits = ""
            if self.often(0.3):
                limits += f" inflight={self.chance.randint(1, 4)}"
            if self.often(0.25):
                limits += f" max-committed-size-per-ready={self.chance.choice((1, 1, 20, 64))}"
            self.say(f"add-nodes {size} {config}{limits}")
        if self.often(0.05) and count + 1 not in voters:
            self.say("add-nodes 1")
            ids.append(count + 1)
        self.nodes = ids

    def propose(self) -> None:
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            data = (
                self.chance.choice(ODD_DATA)
                if self.often(0.05)
                else self.chance.choice("abcdefgh") * self.chance.randint(1, 4)
                + str(len(self.lines))
            )
            self.say(f"propose {self.likely_leader()} {data}")

    def stabilize(self) -> None:
        level = f" log-level={self.chance.choice(LEVELS)}" if self.often(0.1) else ""
        self.say("stabilize" + level)

    def stabilize_some(self) -> None:
        self.say(f"stabilize {self.some()}")

    def campaign(self) -> None:
        self.favourite = self.node()
        if self.often(0.1):  # level none hides all but errors, and a campaign needs no snapshot
            self.lines += ["log-level none", f"campaign {self.favourite}", "log-level debug"]
        else:
            self.say(f"campaign {self.favourite}")

    def process_ready(self) -> None:
        self.say(f"process-ready {self.node() if self.often(0.7) else self.some()}")

    def deliver(self) -> None:
        kind = f" type={self.chance.choice(TYPES)}" if self.often(0.25) else ""
        self.say(f"deliver-msgs {self.node() if self.often(0.5) else self.some()}{kind}")

    def drop(self) -> None:
        kind = f" type={self.chance.choice(TYPES)}" if self.often(0.2) else ""
        self.say(f"deliver-msgs drop=({self.some().replace(' ', ',')}){kind}")

    def lose(self) -> None:
        """What a node has to say reaches only some."""
        self.propose()
        self.say(f"process-ready {self.likely_leader()}")
        self.drop()
        if self.often(0.5):
            self.deliver()

    def usurp(self) -> None:
        """A leader writes for itself while the others choose another one."""
        old = self.favourite
        others = [node for node in self.nodes if node != old] or self.nodes
        for number in range(self.chance.randint(0, 3)):
            self.say(f"propose {old} lost{number}")
        self.say(f"process-ready {old}")
        self.say(f"deliver-msgs drop=({','.join(map(str, others))})")
        self.favourite = self.chance.choice(others)
        self.say(f"campaign {self.favourite}")
        self.say(f"stabilize {' '.join(map(str, others))}")
        if self.often(0.3):
            self.say(f"deliver-msgs drop=({old})")

    def tick_heartbeat(self) -> None:
        self._tick("tick-heartbeat")

    def tick_election(self) -> None:
        self._tick("tick-election")

    def _tick(self, what: str) -> None:
        node = self.likely_leader()
        self.say(f"set-randomized-election-timeout {node} timeout={self.chance.randint(1, 9)}")
        self.say(f"{what} {node}")

    def report_unreachable(self) -> None:
        self.say(f"report-unreachable {self.likely_leader()} {self.node()}")

    def compact(self) -> None:
        self.say(f"compact {self.node()} {self.chance.randint(2, 14)}")

    def log_level(self) -> None:
        self.say(f"log-level {self.chance.choice(LEVELS)}")

    def status(self) -> None:
        self.say(f"status {self.likely_leader()}")

    def raft_log(self) -> None:
        self.say(f"raft-log {self.node()}")

    def raft_state(self) -> None:
        self.say("raft-state")

    def odd(self) -> None:
        """What is refused is refused in the same words."""
        self.say(
            self.chance.choice(
                (
                    "speak up",
                    "report-unreachable 1",
                    "log-level loud",
                    "add-nodes 1 voters=(1) index=1",
                    f"process-ready {self.node()} {self.node()}",
                )
            )
        )
