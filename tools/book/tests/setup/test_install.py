"""Set-up: what is missing, what is said, what is run."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from book.common import process
from book.common.refusal import Refusal
from book.setup import apt, install, needs, npm


@pytest.fixture
def bare(monkeypatch):
    """A Debian with apt and nothing else."""
    monkeypatch.setattr(apt, "has_apt", lambda: True)
    monkeypatch.setattr(install, "_met_without_apt", lambda need: False)
    monkeypatch.setattr(apt, "installed", lambda packages: set())


def test_every_group_says_what_each_package_is_for():
    for group in needs.GROUPS.values():
        assert all(need.use and need.without for need in group)


def test_reading_needs_no_test_framework_and_an_exercise_no_sphinx():
    def names(group):
        return {need.name for need in needs.GROUPS[group]}

    assert "libgtest-dev" not in names("read") and "chromium" not in names("read")
    assert {"nodejs", "npm"} <= names("read") and not any(need.needed for need in needs.EDITOR)
    assert "nodejs" in names("exercise") and "nodejs" in names("picture") - names("stage")
    assert "python3-sphinx" not in names("exercise") and "ccache" not in names("exercise")
    peers = {"libraft-dev"}  # nothing is tested with it
    assert names("read") | names("exercise") | names("bench") - peers <= names("test")


def test_installed_packages_are_not_missing(monkeypatch, bare):
    monkeypatch.setattr(apt, "installed", lambda packages: {"g++", "libclang-rt-19-dev"})
    names = {need.name for need in install.missing("test")}
    assert "g++" not in names and "libclang-rt-16-dev" not in names and "cmake" in names


def test_without_root_and_sudo_the_command_is_printed(monkeypatch, bare, capsys):
    monkeypatch.setattr(apt.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(apt.shutil, "which", lambda name: None)
    with pytest.raises(Refusal) as refused:
        install.ensure("stage")
    assert refused.value.code == 1
    said = capsys.readouterr().out
    assert "apt-get install -y --no-install-recommends g++ cmake ninja-build" in said


def test_with_sudo_it_is_used(monkeypatch, bare, tmp_path):
    monkeypatch.setattr(apt.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(apt.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(apt.subprocess, "run", lambda *a, **k: SimpleNamespace(returncode=0))
    monkeypatch.setattr(apt, "LOGS", tmp_path)
    ran = []
    monkeypatch.setattr(
        apt, "_apt", lambda root, arguments, log, step: ran.append((root, arguments)) or True
    )
    monkeypatch.setattr(apt, "_available", lambda need: need.name)
    with pytest.raises(Refusal):  # nothing was really installed
        install.ensure("stage")
    assert [root for root, _ in ran] == [["sudo"], ["sudo"]]
    assert ran[0][1] == ["update"] and "g++" in ran[1][1]


def test_what_can_not_be_had_is_named_with_what_stops_working(capsys):
    optional = [need for need in needs.TEST if need.name == "chromium"]
    install._report(optional)
    assert (
        "chromium (opens the pages) can't be had: the check `pages` is skipped"
        in capsys.readouterr().err
    )


def test_without_npm_one_line_says_what_the_pages_lack(capsys):
    install._report(list(needs.EDITOR))
    said = capsys.readouterr().err
    assert said.count("can't be had") == 1 and "only in the terminal" in said


def test_a_reader_fetches_what_pages_need_and_no_more(monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(npm, "ROOT", tmp_path)
    monkeypatch.setattr(npm, "LOGS", tmp_path / "state")
    monkeypatch.setattr(install, "missing", lambda group: [])
    monkeypatch.setattr(npm.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(
        process, "run", lambda command, **_: ran.append(command) or process.Done(0, "", 0.1)
    )
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    for group in ("read", "read", "test", "read", "stage"):
        install.ensure(group)
    assert ["--omit=dev" in command for command in ran] == [True, False]


def test_what_is_indispensable_ends_the_command():
    with pytest.raises(Refusal, match="can't go on without g\\+\\+"):
        install._report([need for need in needs.COMPILE if need.name == "g++"])


def test_one_package_that_fails_does_not_keep_the_others_away(monkeypatch, bare, tmp_path):
    monkeypatch.setattr(apt.os, "geteuid", lambda: 0)
    monkeypatch.setattr(apt, "LOGS", tmp_path)
    monkeypatch.setattr(apt, "_available", lambda need: need.name)
    tried = []

    def fake(root, arguments, log, step):
        tried.append(arguments[-1])
        return not (arguments[0] == "install" and "cmake" in arguments)

    monkeypatch.setattr(apt, "_apt", fake)
    apt.install(list(needs.COMPILE))
    assert {"g++", "ninja-build", "unifdef"} <= set(tried)


def test_a_package_the_lists_do_not_know_is_not_asked_for(monkeypatch):
    answer = process.Done(
        0,
        "clang-16:\n  Installed: (none)\n  Candidate: (none)\n"
        "clang-19:\n  Installed: (none)\n  Candidate: 1:19.1\n",
        0.1,
    )
    monkeypatch.setattr(process, "run", lambda *a, **k: answer)
    clang = next(need for need in needs.TEST if need.name == "clang-16")
    assert apt._available(clang) == "clang-19"


def test_a_sudo_that_refuses_is_one_line_with_what_to_type(monkeypatch):
    monkeypatch.setattr(apt.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(apt.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(apt.subprocess, "run", lambda *a, **k: SimpleNamespace(returncode=1))
    with pytest.raises(Refusal, match="sudo refuses — as root: apt-get update && apt-get install"):
        apt._as_root(["g++"])


@pytest.mark.parametrize(
    "log, reason",
    [
        ("Get:1 x\nE: no space\nE: no space\n", ["E: no space"]),
        ("dpkg: error processing x\nbye\n", ["dpkg: error processing x"]),
        ("E: a\nE: b\nE: c\nE: d\n", ["E: b", "E: c", "E: d"]),
        ("sudo: no tty\n\n", ["sudo: no tty"]),
        ("", []),
    ],
)
def test_why_apt_failed_is_said_not_only_logged(tmp_path, log, reason):
    (tmp_path / "log").write_text(log)
    assert apt.reason(tmp_path / "log") == reason


SLOW_APT = """#!/bin/sh
trap 'sleep 0.3; echo whole >"$LEFT"; exit 100' INT
echo begun >"$LEFT"
while :; do sleep 0.05; done
"""


def test_ctrl_c_asks_apt_to_stop_and_waits_for_it(tmp_path):
    program, left = tmp_path / "apt-get", tmp_path / "left"
    program.write_text(SLOW_APT)
    program.chmod(0o755)
    source = (
        "from pathlib import Path\nfrom book.common import terminal\nfrom book.setup import apt\n"
        "with terminal.Step('Installing') as step:\n"
        f"    apt._apt([], [], Path({str(left)!r} + '.log'), step)"
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    command = subprocess.Popen(
        [sys.executable, "-c", source],
        env=dict(os.environ, PATH=path, LEFT=str(left), PYTHONPATH=os.pathsep.join(sys.path)),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    while not left.exists():
        time.sleep(0.02)
    for _ in range(2):  # a reader who is not patient
        command.send_signal(signal.SIGINT)
        time.sleep(0.1)
    _, said = command.communicate(timeout=10)
    assert left.read_text() == "whole\n"
    assert said.count("apt-get is at work; it stops where it may") == 1
