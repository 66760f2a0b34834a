"""Etcd's own conversations: which of its files ours plays byte for byte, and what the others wait
for. The page shows the report; the check `conformance` holds it to what is true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from book.common import process
from book.common.paths import ROOT
from weave.story import Story

REPORT = ROOT / "chapters" / "measured" / "etcd_scripts.txt"
WIDTH = 96
COMES = re.compile(r" comes with the stage (\w+); here is \w+$", re.MULTILINE)


def of_etcd(module: Path) -> list[Path]:
    """The files of the language `interaction`, in the folder of etcd's Go module."""
    done = process.run(["go", "list", "-m", "-f", "{{.Dir}}", "go.etcd.io/raft/v3"], cwd=module)
    return sorted(Path(done.output.strip(), "testdata").glob("*.txt"))


def outcome(program: Path, script: Path) -> str:
    """Empty if the file is played to the byte; else the stage that it waits for, or, if it waits
    for none, what went wrong."""
    done = process.run([program, "--quiet", script])
    if done.ok:
        return ""
    waits = COMES.search(done.output)
    return waits[1] if waits else done.tail(1)


def report(outcomes: Mapping[str, str], story: Story) -> str:
    """What the page says of these files."""
    played = [name for name, stage in outcomes.items() if not stage]
    said = [f"{len(played)} of etcd's {len(outcomes)} files are played byte for byte:"]
    said += _wrapped(played)
    for chapter in story.coming:
        waiting = [name for name, stage in outcomes.items() if stage in chapter.planned]
        if waiting:
            said += ["", f'{len(waiting)} wait for "{chapter.title}":', *_wrapped(waiting)]
    return "\n".join(said) + "\n"


def strangers(outcomes: Mapping[str, str], story: Story) -> list[str]:
    """The files that neither are played nor wait for a chapter to come: something is wrong."""
    coming = {stage for chapter in story.coming for stage in chapter.planned}
    return [f"{name}: {said}" for name, said in outcomes.items() if said and said not in coming]


def _wrapped(names: list[str]) -> list[str]:
    lines = [""]
    for name in (name.removesuffix(".txt") for name in names):
        if len(lines[-1]) + len(name) + 2 > WIDTH:
            lines.append("")
        lines[-1] += "  " + name
    return lines
