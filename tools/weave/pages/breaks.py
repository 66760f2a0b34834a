"""break-it: one wrong line in a file of a stage, and the test that dies of it."""

from __future__ import annotations

from dataclasses import dataclass

from weave.errors import WeaveError, did_you_mean
from weave.story import Stage
from weave.trees.history import History


@dataclass(frozen=True)
class Break:
    file: str
    stage: Stage
    line: int  # of the first replaced line, in the clean file
    before: tuple[str, ...]  # whole lines
    after: tuple[str, ...]
    dies: str  # Suite.Test
    program: str  # room_test

    def apply(self, text: str) -> str:
        lines = text.splitlines()
        lines[self.line - 1 : self.line - 1 + len(self.before)] = self.after
        return "\n".join(lines) + "\n"


def build(history: History, file: str, find: str, replace: str, dies: str, stage: Stage) -> Break:
    """Judges the directive: one place to break, one test that exists."""
    if not find.strip():
        raise WeaveError("", None, "break-it lacks :find:", "write the line as it stands")
    if not history.alive(stage, file):
        raise WeaveError(
            "",
            None,
            f"there is no file {file} at {stage}",
            did_you_mean(file, history.story.files_alive(stage)),
        )
    tests = {test.name: test for test in history.tests(stage)}
    if dies not in tests:
        raise WeaveError(
            "",
            None,
            f"there is no test {dies or '(:dies: is empty)'} at {stage}",
            did_you_mean(dies, tests),
        )
    lines = history.text(stage, file).splitlines()
    wanted = [line.strip() for line in find.splitlines()]
    size = len(wanted)
    places = [
        n
        for n in range(len(lines) - size + 1)
        if [line.strip() for line in lines[n : n + size]] == wanted
    ]
    inside = False
    if not places and size == 1:
        places = [n for n, line in enumerate(lines) if wanted[0] in line]
        inside = True
    if len(places) != 1 or inside and lines[places[0]].count(wanted[0]) != 1:
        times = "not there" if not places else "there more than once"
        raise WeaveError(
            "",
            None,
            f"`{wanted[0]}` is {times} in {file} at {stage}",
            "copy one line that stands there once",
        )
    at = places[0]
    before = tuple(lines[at : at + size])
    if inside:
        after: tuple[str, ...] = (before[0].replace(wanted[0], replace.strip()),)
    else:
        indent = before[0][: len(before[0]) - len(before[0].lstrip())]
        after = tuple(indent + line if line.strip() else "" for line in replace.splitlines())
    if before == after:
        raise WeaveError("", None, "the replacement changes nothing", "write a wrong :replace:")
    room = tests[dies].file.split("/")[1]
    return Break(file, stage, at + 1, before, after, dies, f"{room}_test")
