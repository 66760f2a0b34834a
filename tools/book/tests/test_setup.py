"""Set-up: what is missing, what is said, what is run."""
import pytest

from book import setup
from book.say import Refusal


@pytest.fixture
def bare(monkeypatch):
    """A Debian with apt and nothing else."""
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    monkeypatch.setattr(setup, "_there", lambda need: False)
    monkeypatch.setattr(setup, "_installed", lambda packages: set())


def test_every_group_says_what_each_package_is_for():
    for needs in setup.GROUPS.values():
        assert all(need.use and need.without for need in needs)


def test_reading_needs_no_test_framework_and_an_exercise_no_sphinx():
    def names(group):
        return {need.name for need in setup.GROUPS[group]}
    assert "libgtest-dev" not in names("read") and "chromium" not in names("read")
    assert {"nodejs", "npm"} <= names("read") and not any(need.needed for need in setup.EDITOR)
    assert "nodejs" in names("exercise") and "nodejs" in names("picture") - names("stage")
    assert "python3-sphinx" not in names("exercise") and "ccache" not in names("exercise")
    peers = {"libraft-dev"}  # nothing is tested with it
    assert names("read") | names("exercise") | names("bench") - peers <= names("test")


def test_installed_packages_are_not_missing(monkeypatch, bare):
    monkeypatch.setattr(setup, "_installed", lambda packages: {"g++", "libclang-rt-19-dev"})
    names = {need.name for need in setup.missing("test")}
    assert "g++" not in names and "libclang-rt-16-dev" not in names and "cmake" in names


def test_without_root_and_sudo_the_command_is_printed(monkeypatch, bare, capsys):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    with pytest.raises(Refusal) as refused:
        setup.ensure("stage")
    assert refused.value.code == 1
    said = capsys.readouterr().out
    assert "apt-get install -y --no-install-recommends g++ cmake ninja-build" in said


def test_with_sudo_it_is_used(monkeypatch, bare, tmp_path):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(setup, "STATE", tmp_path)
    ran = []
    monkeypatch.setattr(setup, "_apt", lambda root, arguments, log, step:
                        ran.append((root, arguments)) or True)
    monkeypatch.setattr(setup, "_available", lambda need: need.name)
    with pytest.raises(Refusal):   # nothing was really installed
        setup.ensure("stage")
    assert [root for root, _ in ran] == [["sudo"], ["sudo"]]
    assert ran[0][1] == ["update"] and "g++" in ran[1][1]


def test_what_can_not_be_had_is_named_with_what_stops_working(capsys):
    optional = [need for need in setup.TEST if need.name == "chromium"]
    setup._judge(optional)
    assert "chromium (opens the pages) can't be had: the check `pages` is skipped" in \
        capsys.readouterr().err


def test_without_npm_one_line_says_what_the_pages_lack(capsys):
    setup._judge(list(setup.EDITOR))
    said = capsys.readouterr().err
    assert said.count("can't be had") == 1 and "only in the terminal" in said


def test_a_reader_fetches_what_pages_need_and_no_more(monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STATE", tmp_path / "state")
    monkeypatch.setattr(setup, "missing", lambda group: [])
    monkeypatch.setattr(setup.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(setup.proc, "run", lambda command, **_: ran.append(command) or
                        setup.proc.Done(0, "", 0.1))
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    for group in ("read", "read", "test", "read", "stage"):
        setup.ensure(group)
    assert ["--omit=dev" in command for command in ran] == [True, False]


def test_what_is_indispensable_ends_the_command():
    with pytest.raises(Refusal, match="can't go on without g\\+\\+"):
        setup._judge([need for need in setup.COMPILE if need.name == "g++"])


def test_one_package_that_fails_does_not_keep_the_others_away(monkeypatch, bare, tmp_path):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup, "STATE", tmp_path)
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "_available", lambda need: need.name)
    tried = []

    def apt(root, arguments, log, step):
        tried.append(arguments[-1])
        return not (arguments[0] == "install" and "cmake" in arguments)
    monkeypatch.setattr(setup, "_apt", apt)
    setup._install(list(setup.COMPILE))
    assert {"g++", "ninja-build", "unifdef"} <= set(tried)


def test_a_package_the_lists_do_not_know_is_not_asked_for(monkeypatch):
    answer = setup.proc.Done(0, "clang-16:\n  Installed: (none)\n  Candidate: (none)\n"
                                "clang-19:\n  Installed: (none)\n  Candidate: 1:19.1\n", 0.1)
    monkeypatch.setattr(setup.proc, "run", lambda *a, **k: answer)
    clang = next(need for need in setup.TEST if need.name == "clang-16")
    assert setup._available(clang) == "clang-19"
