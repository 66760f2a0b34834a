"""The command from outside: exit codes, one line for a mistake, no traceback."""

import os
import shutil
import subprocess

import pytest

from book.common.paths import ROOT


def book(*arguments, cwd=ROOT, called=ROOT / "book", letters="utf-8", **environment):
    return subprocess.run(
        [str(called), *arguments],
        capture_output=True,
        encoding=letters,
        cwd=cwd,
        timeout=120,
        env=dict(os.environ, NO_COLOR="1") | environment,
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


@pytest.fixture(scope="session")
def latin(tmp_path_factory):
    """A locale that is not UTF-8, made here."""
    place = tmp_path_factory.mktemp("locales")
    made = "de_DE.ISO-8859-1"
    command = ["localedef", "-i", "de_DE", "-f", "ISO-8859-1", str(place / made)]
    if not shutil.which("localedef") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no locale can be made here")
    return {"LOCPATH": str(place), "LC_ALL": made}


@pytest.mark.parametrize(
    "letters, environment",
    [
        ("utf-8", {"LC_ALL": "C"}),
        ("utf-8", {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}),
        ("utf-8", {"LC_ALL": "xx_YY.no-such-thing"}),
        ("ascii", {"PYTHONIOENCODING": "ascii"}),
        ("ascii", {"PYTHONIOENCODING": "ascii:strict"}),
        ("latin-1", {"PYTHONIOENCODING": "latin-1"}),
        ("utf-16", {"PYTHONIOENCODING": "utf-16"}),
        ("utf-8", {"COLUMNS": "1"}),
        ("utf-8", {"COLUMNS": "100000", "TERM": "no-such-terminal"}),
    ],
)
def test_any_letters_and_any_width_will_do(letters, environment):
    done = book("list", letters=letters, **environment)
    assert done.returncode == 0 and "./book start EXERCISE" in done.stdout and not done.stderr
    refused = book("xyzzy", letters=letters, **environment)
    assert refused.returncode == 2 and "./book --help says" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_letters_that_the_locale_lacks_are_replaced(latin):
    done = book("xyzzy", letters="latin-1", **latin)
    assert done.returncode == 2 and "No such command 'xyzzy' ? " in done.stderr
    assert "\u00b7" not in done.stderr


@pytest.mark.parametrize("descriptor", ["1", "2", "0"])
def test_a_closed_stream_is_no_accident(descriptor):
    command = f'exec {descriptor}>&-; exec "$0" list'
    done = subprocess.run(["sh", "-c", command, ROOT / "book"], capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_what_is_to_be_typed_next_works_from_where_the_reader_stands(tmp_path):
    odd = tmp_path / "ü & x"
    odd.mkdir()
    for place, start in ((odd, str(ROOT / "book")), (ROOT / "docs", "../book"), (ROOT, "./book")):
        said = book("hint", "no/such", cwd=place).stderr
        mend = said.strip().rpartition(" — ")[2].removesuffix(" shows them")
        assert mend == f"{start} list"
        assert subprocess.run(["sh", "-c", mend], cwd=place, capture_output=True).returncode == 0


def test_the_command_may_be_reached_by_a_link(tmp_path):
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin" / "raft"
    link.symlink_to(ROOT / "book")
    assert book("list", called=link, cwd=tmp_path).returncode == 0
