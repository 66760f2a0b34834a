"""However a session ends, nothing of it is left: signals, a closed terminal, a command killed."""

import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

COMMAND = """
import sys
from pathlib import Path
from book.common import process
from weave.locks import exclusive
process.heed_signals()
mark = Path(sys.argv[1])
try:
    with exclusive(mark.with_suffix(".lock")):
        process.run(["sh", "-c", f"sleep {sys.argv[2]} & echo $$ >'{mark}.new'; "
                     f"mv '{mark}.new' '{mark}'; wait"])
except KeyboardInterrupt as stop:
    sys.exit(getattr(stop, "code", 130))
finally:
    process.end_all()
"""


def start(mark, seconds=60, **how):
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    command = [sys.executable, "-c", COMMAND, str(mark), str(seconds)]
    return subprocess.Popen(command, env=environment, **how)


def group(mark):
    """Of what the command has started."""
    while not mark.exists():
        time.sleep(0.02)
    return int(mark.read_text())


def gone(group):
    for _ in range(100):
        if not any(alive(stat, group) for stat in Path("/proc").glob("[0-9]*/stat")):
            return True
        time.sleep(0.02)
    return False


def alive(stat, group):
    """Is it a process of the group, and more than one that nobody has taken note of yet?"""
    try:
        state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return int(its_group) == group and state != "Z"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_what_runs_ends_with_the_command(tmp_path, sign):
    command = start(tmp_path / "pid")
    runs = group(tmp_path / "pid")
    command.send_signal(sign)
    assert command.wait(5) == 128 + sign and gone(runs)


def test_the_same_signal_twice_changes_nothing(tmp_path):
    command = start(tmp_path / "pid")
    runs = group(tmp_path / "pid")
    command.send_signal(signal.SIGTERM)
    with suppress(ProcessLookupError):
        command.send_signal(signal.SIGTERM)
    assert command.wait(5) == 128 + signal.SIGTERM and gone(runs)


def test_what_runs_ends_with_the_terminal(tmp_path):
    child, terminal = pty.fork()
    if child == 0:
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
        os.execv(sys.executable, [sys.executable, "-c", COMMAND, str(tmp_path / "pid"), "60"])
    runs = group(tmp_path / "pid")
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP and gone(runs)


def test_after_nohup_a_closed_terminal_ends_nothing(tmp_path):
    command = start(
        tmp_path / "pid", 1, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    group(tmp_path / "pid")
    command.send_signal(signal.SIGHUP)
    assert command.wait(5) == 0


def test_a_lock_outlives_a_command_that_is_killed_while_its_work_goes_on(tmp_path):
    first, second = tmp_path / "a.pid", tmp_path / "a2.pid"
    command = start(first, 1)
    runs = group(first)
    command.kill()
    command.wait()
    second.with_suffix(".lock").symlink_to(first.with_suffix(".lock"))
    other = start(second, 0)
    group(second)  # it has the lock now
    assert gone(runs) and other.wait(5) == 0
