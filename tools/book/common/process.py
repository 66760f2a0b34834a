"""Other programs: run with a time limit, their whole process group ended when it is over."""

from __future__ import annotations

import json
import os
import re
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from weave.locks import held


class Ended(KeyboardInterrupt):
    """The command is told to end, and not by Ctrl-C: it ends in the same way, with another code."""

    def __init__(self, sign: int) -> None:
        super().__init__()
        self.code = 128 + sign


ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def heed_signals() -> None:
    """However a session ends, what the command has started ends with it."""

    def end(sign: int, _: object) -> None:
        for other in ENDS:
            signal.signal(other, signal.SIG_IGN)  # once is enough
        if sign == signal.SIGHUP:  # the terminal is gone, and nobody hears what is said
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for stream in (1, 2):
                if os.isatty(stream):
                    os.dup2(nowhere, stream)
        raise Ended(sign)

    for sign in ENDS:
        if signal.getsignal(sign) is not signal.SIG_IGN:  # as after nohup
            signal.signal(sign, end)


live: set[subprocess.Popen[bytes]] = set()
LIMIT = 10_000_000  # bytes of output kept; a program that prints for ever must not fill the memory


@dataclass(frozen=True)
class Done:
    code: int
    output: str
    seconds: float
    timed_out: bool = False

    @property
    def ok(self) -> bool:
        return self.code == 0 and not self.timed_out

    def tail(self, lines: int = 15) -> str:
        return "\n".join(self.output.rstrip().splitlines()[-lines:])


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours, with messages in English: they are read by machines and quoted to readers."""
    env = dict(os.environ, LC_ALL="C.UTF-8", LANG="C.UTF-8")
    env.pop("MAKEFLAGS", None)
    return env | dict(extra or {})


def run(
    command: Sequence[str | os.PathLike[str]],
    *,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
    on_line: Callable[[str], None] | None = None,
    errors_too: bool = True,
    patient: Callable[[], None] | None = None,
) -> Done:
    """Runs a program to its end; stdout and stderr in one text. A missing program is code 127. With
    `patient` it is never killed: when the command is to end, that is called once, the program is
    asked to end, and waited for."""
    started = time.monotonic()
    try:
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if errors_too else subprocess.DEVNULL,
            start_new_session=not patient,
            process_group=0 if patient else None,  # Ctrl-C reaches us only; sudo keeps its terminal
            pass_fds=tuple(held),
        )
    except (FileNotFoundError, PermissionError) as error:
        return Done(127, f"{command[0]}: {error.strerror}", 0.0)
    if not patient:
        live.add(child)
    chunks: list[bytes] = []
    size, rest, timed_out = 0, b"", False
    assert child.stdout is not None
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while True:
                left = None if timeout is None else started + timeout - time.monotonic()
                if left is not None and left <= 0:
                    timed_out = True
                    break
                if not selector.select(left):
                    continue
                data = os.read(child.stdout.fileno(), 65536)
                if not data:
                    break
                size += len(data)
                if size <= LIMIT:
                    chunks.append(data)
                if on_line:
                    *whole, rest = (rest + data).split(b"\n")
                    for text in whole:
                        on_line(text.decode("utf-8", "replace"))
        if not timed_out:
            left = None if timeout is None else max(0.1, started + timeout - time.monotonic())
            try:
                child.wait(left)
            except subprocess.TimeoutExpired:
                timed_out = True
    finally:
        if patient:
            _await(child, patient)
        else:
            _end(child)
    output = b"".join(chunks).decode("utf-8", "replace")
    if size > LIMIT:
        output += f"\n… {size - LIMIT} more bytes of output are left out"
    return Done(child.returncode, output, time.monotonic() - started, timed_out)


class Talk:
    """A conversation in lines of JSON with a program that runs meanwhile."""

    def __init__(self, child: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        self._child, self._errors = child, errors

    def ask(self, what: Any) -> Any:
        """The program's answer, or None if it gives none."""
        assert self._child.stdin is not None and self._child.stdout is not None
        try:
            self._child.stdin.write(json.dumps(what).encode() + b"\n")
            self._child.stdin.flush()
            return json.loads(self._child.stdout.readline() or b"null")
        except (BrokenPipeError, ValueError):
            return None

    def complaint(self) -> str:
        """What the program said on its error output, in a line."""
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").splitlines()
        return next((text for text in lines if re.match(r"\w*Error\b", text)), "it said nothing")


@contextmanager
def talk(command: Sequence[str | os.PathLike[str]]) -> Iterator[Talk]:
    """Starts a program to talk with. It is to end what it has started when its input ends."""
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            [str(part) for part in command],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
        live.add(child)
        try:
            yield Talk(child, errors)
        finally:
            assert child.stdin is not None
            with suppress(BrokenPipeError):
                child.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                child.wait(5)
            _end(child)


def end_all() -> None:
    """Ends whatever runs still: after Ctrl-C, when its threads are not worth waiting for."""
    if not live:
        return
    for sign in (signal.SIGTERM, signal.SIGKILL):  # some have to end others first
        for child in list(live):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, sign)
        time.sleep(0.2)


def _await(child: subprocess.Popen[bytes], tell: Callable[[], None]) -> None:
    """Until it has come to its own end. A package manager that is killed leaves halves behind."""
    if child.poll() is None:
        tell()
    while child.poll() is None:
        with suppress(KeyboardInterrupt):
            with suppress(PermissionError):  # sudo's may not be asked
                child.send_signal(signal.SIGINT)
            child.communicate()  # it may have more to say, and must not wait for a reader
    if child.stdout:
        child.stdout.close()


def _end(child: subprocess.Popen[bytes]) -> None:
    """No process of the group outlives the call, whatever it started."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    child.wait()
    live.discard(child)
    if child.stdout:
        child.stdout.close()
