"""Set-up: what is missing, what is said, what is run."""

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
    monkeypatch.setattr(apt, "ROOT", tmp_path)
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
