"""The command from outside: exit codes, one line for a mistake, no traceback."""

import os
import subprocess

import pytest

from book.common.paths import ROOT


def book(*arguments, cwd=ROOT):
    return subprocess.run(
        [str(ROOT / "book"), *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        env=dict(os.environ, NO_COLOR="1"),
    )


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (["xyzzy"], 2, "No such command 'xyzzy' — ./book --help says what there is"),
        (["read", "--port"], 2, "ption '--port' requires an argument — ./book"),
        (["stage"], 2, "Missing argument 'NAME' — ./book stage --help says what there is"),
        (["stage", "nowhere"], 1, "there is no stage nowhere — the stages are TOUR, CHANNEL"),
        (["test", "--only", "coverge"], 1, "there is no check coverge — did you mean coverage?"),
        (["check", "no/such"], 1, "there is no exercise no/such — "),
        (["scenario", "no/such.txt"], 1, "there is no file no/such.txt — "),
        (["scene", "rendevous"], 1, "there is no scene rendevous — did you mean rendezvous?"),
        (["grade", "--format", "xls"], 1, "there is no format xls — one of table, gradescope"),
        (["bench", "nod"], 1, "there is no benchmark nod — did you mean node?"),
        (["read", "--port", "99999"], 1, "99999 is not a port — name one from 1 to 65535"),
    ],
)
def test_a_mistake_is_one_clear_line(arguments, code, words):
    done = book(*arguments)
    assert done.returncode == code
    assert words in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr + done.stdout


def test_a_stage_from_anywhere_under_any_spelling(tmp_path):
    done = book("stage", "channel", "mine", cwd=tmp_path)
    assert done.returncode == 0 and "cmake -S mine -B mine/b" in done.stdout
    assert (tmp_path / "mine" / "CMakeLists.txt").exists()
    text = "".join(p.read_text() for p in (tmp_path / "mine" / "code").rglob("*.[ch]pp"))
    assert "#if STAGE" not in text
    again = book("stage", "CHANNEL", "mine", cwd=tmp_path)
    assert again.returncode == 1 and "mine is not empty — name a new directory" in again.stderr


def test_every_command_has_help():
    for name in (
        "read",
        "test",
        "stage",
        "list",
        "start",
        "check",
        "watch",
        "hint",
        "reset",
        "solution",
        "grade",
        "bench",
        "scenario",
        "scene",
    ):
        assert book(name, "--help").returncode == 0


def test_the_shell_part_is_posix():
    assert subprocess.run(["sh", "-n", str(ROOT / "book")], check=False).returncode == 0
