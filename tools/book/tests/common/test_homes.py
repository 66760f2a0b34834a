"""Digests, locks and tables: each has one home."""
import hashlib
import subprocess
import sys

import pytest

from book.common import tables
from book.common.digests import digest, digest_of_files
from book.common.locks import exclusive
from book.common.paths import ROOT

# Nobody else imports these.
HOMES = {"hashlib": "common/digests.py", "fcntl": "common/locks.py", "rich.table": "common/tables.py"}


@pytest.mark.parametrize("module", HOMES)
def test_there_is_one_home(module):
    home = ROOT / "tools" / "book"
    users = {path.relative_to(home).as_posix() for path in home.rglob("*.py")
             if f"import {module}\n" in (text := path.read_text(encoding="utf-8"))
             or f"from {module} import" in text}
    assert users - {"tests/common/test_homes.py"} == {HOMES[module]}


def test_one_text_has_the_digest_that_everybody_knows():
    assert digest("a") == digest(b"a") == hashlib.sha256(b"a").hexdigest()


def test_where_a_text_ends_makes_a_difference():
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")


def test_a_files_name_and_content_make_a_difference_and_a_missing_one_does_not(tmp_path):
    one, two, gone = tmp_path / "one", tmp_path / "two", tmp_path / "gone"
    one.write_text("x")
    two.write_text("x")
    first = digest_of_files([one], tmp_path)
    assert first != digest_of_files([two], tmp_path)
    assert first == digest_of_files([one, gone], tmp_path)
    one.write_text("y")
    assert first != digest_of_files([one], tmp_path)


TRY = """
import fcntl, sys
with open(sys.argv[1], "w") as lock:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("held")
"""


def test_a_lock_is_held_against_other_processes_and_let_go(tmp_path):
    file = tmp_path / "below" / "a.lock"
    with exclusive(file):
        assert subprocess.run([sys.executable, "-c", TRY, file], check=False).returncode == 1
    assert subprocess.run([sys.executable, "-c", TRY, file], check=False).returncode == 0


def test_columns_are_as_wide_as_their_widest_cell():
    assert tables.aligned([("name", "n"), ("a", "10")], left=(0,)) == ["name   n", "a     10"]
