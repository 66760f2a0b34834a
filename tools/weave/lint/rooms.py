"""The rooms of code/: who may include whom, and what the pure core does without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from weave.cpp import lexer
from weave.errors import WeaveError
from weave.story import PROOFS

ROOMS = ("base", "csp", "raftpb", "raft", "rafttest", "node", "bench")  # lowest first
LIBRARIES = ROOMS[:-1]  # benchmarks are programs
BESIDE = ("conformance",)  # Go alone: etcd's raft, which ours is compared with; nobody includes it
PURE = ("base", "raftpb", "raft", "rafttest")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
HEADERS = {
    "thread",
    "mutex",
    "shared_mutex",
    "condition_variable",
    "atomic",
    "future",
    "semaphore",
    "latch",
    "barrier",
    "stop_token",
    "chrono",
    "ctime",
    "time.h",
    "fstream",
    "iostream",
    "filesystem",
    "unordered_map",
    "unordered_set",
    "random",
    "typeinfo",
    "typeindex",
    "pthread.h",
    "unistd.h",
}
WORDS = re.compile(
    r"\b(std::(?:jthread|thread|mutex|atomic\w*|condition_variable|chrono::\w*_clock|[io]?fstream|"
    r"cout|cerr|unordered_\w+|\w+_distribution|random_device|shuffle)|throw|dynamic_cast|typeid|"
    r"try|catch|thread_local)\b"
)
# Bytes count their owners, who may be on several threads, as a shared_ptr would. Counting waits for
# nobody and decides nothing, so the core is as pure as with a shared_ptr.
MAY = {"code/base/bytes.hpp": {"atomic", "std::atomic"}}


def room_of(file: str) -> str:
    parts = file.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "code" else ""


def folders(root: Path) -> Iterator[WeaveError]:
    """Every folder of code/ has its place in the list."""
    for path in sorted((root / "code").iterdir()):
        if path.is_dir() and path.name not in ROOMS + BESIDE:
            yield WeaveError(
                f"code/{path.name}",
                None,
                "is not a room",
                "the rooms are " + ", ".join(ROOMS) + "; beside them " + ", ".join(BESIDE),
            )


def check(file: str, text: str) -> Iterator[WeaveError]:
    room = room_of(file)
    if not room:
        return
    if room not in ROOMS:
        yield WeaveError(file, None, f"{room} is not a room", "the rooms are " + ", ".join(ROOMS))
        return
    test = file.endswith(PROOFS)
    pure = room in PURE and not test and not file.endswith("_main.cpp")
    for number, line in enumerate(lexer.blank(text, literals=False), 1):
        found = INCLUDE.match(line)
        if found:
            yield from _include(file, number, room, found[1], found[2], pure, test)
    if pure:
        for number, line in enumerate(lexer.blank(text), 1):
            word = WORDS.search(line)
            if word and word[1] not in MAY.get(file, ()):
                yield WeaveError(
                    file,
                    number,
                    f"the pure room {room} uses {word[1]}",
                    "bring it in through Config, step or tick, or do it in node/",
                )


def _include(
    file: str, number: int, room: str, quote: str, name: str, pure: bool, test: bool
) -> Iterator[WeaveError]:
    if quote == "<":
        if pure and name in HEADERS and name not in MAY.get(file, ()):
            yield WeaveError(
                file,
                number,
                f"the pure room {room} includes <{name}>",
                "bring it in through Config, step or tick, or do it in node/",
            )
        return
    other = name.split("/")[0]
    if "/" not in name:
        yield WeaveError(file, number, f'"{name}" names no room', f'write "{room}/{name}"')
    elif other not in ROOMS:
        yield WeaveError(file, number, f"{other} is not a room", "use <> for other libraries")
    elif ROOMS.index(other) > ROOMS.index(room):
        yield WeaveError(
            file,
            number,
            f"{room} includes {name} from a room above it",
            "the order is " + " ".join(ROOMS) + "; move what is needed down",
        )
    elif pure and other == "csp":
        yield WeaveError(
            file,
            number,
            f"the pure room {room} includes {name}",
            "threads and channels live in csp/ and node/ only",
        )
