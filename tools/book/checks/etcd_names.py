"""What pages say that etcd's raft has is in its Go module: files, functions, tests.

The module is a release; the links show the commit that the book describes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from book.checks.outcome import Context, Outcome, of_errors
from book.common import process
from book.common.paths import ROOT
from book.conformance import peers

PATH = re.compile(r"[\w./-]+\.(?:go|md|proto|txt)")
NAME = re.compile(r"[A-Za-z]\w+")
TEST = re.compile(r"Test[A-Z]\w*")


def check(_: Context) -> Outcome:
    place = module()
    if place is None:
        return Outcome(skipped="the Go module go.etcd.io/raft/v3 is not at hand")
    total, wrong = 0, []
    for complaint in judge(place):
        total += 1
        wrong += [complaint] if complaint else []
    return of_errors(total, wrong, "\n".join(wrong))


def module() -> Path | None:
    """Where Go keeps the module's source, if it has it."""
    if not shutil.which("go"):
        return None
    done = process.run(
        ["go", "list", "-m", "-f", "{{.Dir}}", "go.etcd.io/raft/v3"],
        cwd=peers.GO,
        env=peers.ENV,
        timeout=120,
    )
    place = Path(done.output.strip())
    return place if done.ok and place.is_dir() else None


def judge(place: Path) -> Iterator[str]:
    """For each name that pages give etcd's raft what is wrong with it, or nothing."""
    from weave.pages import rst  # needs docutils, which is installed by now
    from weave.sphinx_ext.roles import ETCD_ROOMS

    tests = "\n".join(path.read_text(encoding="utf-8") for path in place.rglob("*_test.go"))
    for page in sorted([*ROOT.glob("chapters/*.rst"), *ROOT.glob("docs/reference/*.rst")]):
        read, file = rst.read(page, ROOT), page.relative_to(ROOT)
        for role in read.roles:
            if role.name == "etcd" and not role.target.startswith(ETCD_ROOMS):
                yield of_link(place, f"{file}:{role.line}", role.text, role.target)
        for literal in read.literals:
            for name in TEST.findall(literal.text):
                known = re.search(rf"\bfunc {name}", tests)
                yield "" if known else f"{file}:{literal.line}: etcd has no test {name}"


def of_link(place: Path, where: str, text: str, target: str) -> str:
    path = target.partition("#")[0].removeprefix("raft/")
    if not PATH.fullmatch(path) or not (place / path).is_file():
        return f"{where}: {path} is not in etcd's raft"
    source = (place / path).read_text(encoding="utf-8")
    title = text.partition("<")[0] if "<" in text else ""
    names = NAME.findall(title)
    lost = [name for name in names if not re.search(rf"\b{name}\b", source + path)]
    return f"{where}: {path} has no {', '.join(lost)}" if lost else ""
