"""Digests, locks and files that are written whole."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from weave.digests import digest, digest_of_files
from weave.files import plain_folder, write_if_changed
from weave.locks import exclusive

TOOLS = Path(__file__).resolve().parents[2]


def test_a_digest_knows_where_its_parts_end():
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest("ä") == digest("ä".encode())


def test_a_digest_of_files_knows_their_names(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("same")
    before = digest_of_files([one, tmp_path / "gone"], tmp_path)
    assert before == digest_of_files([one], tmp_path)
    one.rename(two)
    assert before != digest_of_files([two], tmp_path)


def test_a_file_of_the_same_text_is_left_alone(tmp_path):
    file = tmp_path / "new/file"
    assert write_if_changed(file, "one\n") and not write_if_changed(file, "one\n")
    written = file.stat().st_mtime_ns
    assert write_if_changed(file, "two\n") and file.read_text() == "two\n"
    assert file.stat().st_mtime_ns > written and list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("name", ["ü", "a b", "a&b", "50%", "it's", '"quoted"', "$HOME", "#"])
def test_a_plain_folder_is_plain_wherever_folders_for_a_moment_are(tmp_path, monkeypatch, name):
    odd = tmp_path / name
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    with plain_folder() as place:
        assert re.fullmatch(r"[a-zA-Z0-9_./+-]+", str(place)) and place.is_dir()
    assert not place.exists()


def test_a_lock_is_waited_for(tmp_path):
    lock, seen = tmp_path / "lock", tmp_path / "seen"
    other = (
        "import sys, pathlib; from weave.locks import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1])): pathlib.Path(sys.argv[2]).touch()"
    )
    with exclusive(lock):
        process = subprocess.Popen(
            [sys.executable, "-c", other, lock, seen], env={"PYTHONPATH": str(TOOLS)}
        )
        time.sleep(0.5)
        assert not seen.exists()
    assert process.wait(20) == 0 and seen.exists()


# Nobody else may import these: a second home begins with one.
HOMES = {
    "hashlib": "weave/digests.py",
    "fcntl": "weave/locks.py",
    "rich.table": "book/common/tables.py",
}


def users(module: str, tools: Path) -> set[str]:
    """The files below tools/ that import a module."""
    words = (f"import {module}\n", f"from {module} import")
    return {
        path.relative_to(tools).as_posix()
        for path in tools.rglob("*.py")
        if any(
            line.lstrip().startswith(words)
            for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        )
    }


@pytest.mark.parametrize("module", HOMES)
def test_there_is_one_home(module):
    assert users(module, TOOLS) == {HOMES[module]}


def test_a_second_home_is_found(tmp_path):
    (tmp_path / "a.py").write_text("def f():\n    import hashlib\n")
    assert users("hashlib", tmp_path) == {"a.py"}
