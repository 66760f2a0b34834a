"""What each command needs, and how it comes here: Debian's packages through apt, a few from npm.

Only what is missing is installed. A package that can't be had is named, with what stops working
without it; the command goes on if it can.
"""
from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from book import proc, say
from book.paths import BUILD, ROOT

STATE = BUILD / "setup"


@dataclass(frozen=True)
class Need:
    packages: tuple[str, ...]   # the first that can be had is enough
    use: str                    # what it is for
    without: str                # what stops working without it
    command: str = ""           # found on the PATH, it is there
    module: str = ""            # found by Python, it is there
    header: str = ""            # found below an include directory, it is there
    needed: bool = False        # without it the command at hand can't go on

    @property
    def name(self) -> str:
        return self.packages[0]


def _need(package: str, use: str, without: str, **more: object) -> Need:
    return Need(tuple(package.split("|")), use, without, **more)  # type: ignore[arg-type]


COMPILE = (
    _need("g++", "compiles the node", "nothing can be compiled", command="g++", needed=True),
    _need("cmake", "configures the build", "nothing can be built", command="cmake", needed=True),
    _need("ninja-build", "runs the build", "nothing can be built", command="ninja", needed=True),
    _need("make", "CMake's own default, for trees you build by hand",
          "`cmake -S … -B …` needs -G Ninja", command="make"),
    _need("unifdef", "cuts the clean tree of a stage", "no stage can be written",
          command="unifdef", needed=True),
)
SYMBOLS = (
    _need("doxygen", "finds where a symbol begins and ends", "no excerpt and no exercise",
          command="doxygen", needed=True),
)
GTEST = (
    _need("libgtest-dev", "the tests' framework", "no test can be compiled",
          header="gtest/gtest.h", needed=True),
    _need("libgmock-dev", "the tests' framework", "no test can be compiled",
          header="gmock/gmock.h", needed=True),
)
PAGES = (
    _need("graphviz", "draws the state pictures", "the state pictures are missing from the pages",
          command="dot"),
    _need("python3-sphinx", "builds the pages", "no page can be built", module="sphinx",
          needed=True),
    _need("python3-breathe", "carries Doxygen's text into the reference",
          "no page can be built", module="breathe", needed=True),
    _need("furo", "the look's base", "no page can be built", module="furo", needed=True),
    _need("python3-sphinx-copybutton", "copies code without its marks", "no page can be built",
          module="sphinx_copybutton", needed=True),
)
BENCH = (
    _need("libbenchmark-dev", "runs the benchmarks' loops", "the benchmarks are not built",
          header="benchmark/benchmark.h"),
)
PEER = (
    _need("libraft-dev", "canonical/raft, a peer in C", "its columns stay empty", header="raft.h"),
)
STILL = ("scenes and exercises can't be played on the pages; the checks `wasm`, `player` and "
         "`verdicts` are skipped")
WASM = tuple(_need(package, use, STILL, **how) for package, use, how in (
    ("clang-16", "compiles WebAssembly", {"command": "clang++-16"}),
    ("lld-16", "links WebAssembly", {"command": "wasm-ld-16"}),
    ("llvm-16", "makes WebAssembly's archives", {"command": "llvm-ar-16"}),
    ("wasi-libc", "C's library for WebAssembly", {}),
    ("libc++-16-dev-wasm32", "C++'s library for WebAssembly", {}),
    ("libc++abi-16-dev-wasm32", "C++'s library for WebAssembly", {}),
    ("libclang-rt-16-dev-wasm32", "the compiler's own library for WebAssembly", {}),
))
IN_PAGE = "exercises in C++ can't be solved on the pages, only in the terminal"
NODE = (
    _need("nodejs", "makes the pages' editor and compiler", IN_PAGE, command="node"),
    _need("npm", "fetches the pages' editor and compiler", IN_PAGE, command="npm"),
    _need("googletest", "the exercises' tests, for the pages' compiler", IN_PAGE),
)
TEST = (
    _need("ccache", "shares objects between the stages", "the tests take minutes longer",
          command="ccache"),
    _need("clang-16|clang-17|clang-18|clang-19|clang-20", "the second compiler",
          "the sanitizers are g++'s; nothing compiles with clang", command="clang++-16"),
    _need("libclang-rt-16-dev|libclang-rt-17-dev|libclang-rt-18-dev|libclang-rt-19-dev",
          "clang's sanitizers and fuzzer", "the sanitizers are g++'s; the check `fuzz` is skipped"),
    _need("clang-format-16", "lays out C++", "the check `clang-format` is skipped",
          command="clang-format-16"),
    _need("clang-tidy-16", "finds likely bugs", "the check `clang-tidy` is skipped",
          command="clang-tidy-16"),
    _need("mypy", "judges the types of the Python here", "the check `mypy` is skipped",
          command="mypy"),
    _need("libprotobuf-dev", "judges our codec", "the codec is not compared with protobuf",
          header="google/protobuf/message.h"),
    _need("protobuf-compiler", "judges our codec", "the codec is not compared with protobuf",
          command="protoc"),
    _need("python3-pytest", "tests the machinery", "weave-tests and command-tests fail",
          module="pytest"),
    _need("python3-venv", "a Python of its own for PyPI's packages",
          "the check `book-pypi` is skipped", module="ensurepip"),
    _need("chromium", "opens the pages", "the check `pages` is skipped", command="chromium"),
    _need("firefox-esr", "opens the pages, too", "the check `firefox` is skipped",
          command="firefox-esr"),
)

GROUPS: dict[str, tuple[Need, ...]] = {
    "stage": COMPILE + GTEST,
    "exercise": COMPILE + SYMBOLS + GTEST,
    "read": COMPILE + SYMBOLS + PAGES + WASM + NODE,
    "bench": COMPILE + BENCH + PEER,
    "test": COMPILE + SYMBOLS + GTEST + PAGES + WASM + NODE + BENCH + TEST,
}


# Of package.json, the packages that a group takes.
NPM = {"read": ["--omit=dev"], "test": []}


def has_apt() -> bool:
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def _installed(packages: Sequence[str]) -> set[str]:
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *packages],
                          capture_output=True, text=True, check=False)
    return {text.split()[0] for text in done.stdout.splitlines() if text.split()[1:2] == ["ii"]}


def _there(need: Need) -> bool:
    """Whether a need is met by something that no package manager has to tell of."""
    if need.command and shutil.which(need.command):
        return True
    if need.module and sys.prefix != sys.base_prefix:
        return importlib.util.find_spec(need.module) is not None
    places = (Path("/usr/include"), Path("/usr/local/include"), Path("/opt/homebrew/include"))
    return bool(need.header) and any((place / need.header).exists() for place in places)


def missing(group: str) -> list[Need]:
    needs = GROUPS[group]
    absent = [need for need in needs if not _there(need)]
    if absent and has_apt():
        installed = _installed([p for need in absent for p in need.packages])
        absent = [need for need in absent if not installed & set(need.packages)]
    elif not has_apt():
        absent = [need for need in absent if not (need.module and importlib.util.find_spec(
            need.module))]
    return absent


def ensure(group: str) -> None:
    """Installs what the group lacks; raises Refusal if the command can't go on without it."""
    absent = missing(group)
    if absent:
        if has_apt():
            _install(absent)
        else:
            say.line("This system has no apt; these are missing and have to come from its own "
                     "package manager:")
            for need in absent:
                say.line(f"  {need.command or need.name}: {need.use}")
        _judge(missing(group))
    if group in NPM:
        _npm(NPM[group])


def _judge(still: list[Need]) -> None:
    for without in dict.fromkeys(need.without for need in still):
        names = ", ".join(f"{need.name} ({need.use})" for need in still if need.without == without)
        say.warn(f"{names} can't be had: {without}")
    if any(need.needed for need in still):
        names = " ".join(need.name for need in still if need.needed)
        raise say.Refusal(f"can't go on without {names}",
                          "install it by hand, then run the command again")


def _install(absent: list[Need]) -> None:
    names = [need.name for need in absent]
    root = _as_root(names)
    STATE.mkdir(parents=True, exist_ok=True)
    log = STATE / "apt.log"
    log.write_text("")
    say.line(f"Setting up: {' '.join(names)}")
    with say.Step("Reading package lists") as step:
        done = _apt(root, ["update"], log, step)
        if not done:
            step.note = "some could not be refreshed; going on with those there are"
    choice = {need: _available(need) for need in absent}
    packages = [name for name in choice.values() if name]
    if not packages:
        return
    with say.Step(f"Installing {len(packages)} packages and what they depend on") as step:
        options = ["install", "-y", "--no-install-recommends"]
        if not _apt(root, options + packages, log, step):
            # One that fails must not keep the others away.
            _apt(root, ["-f", "install", "-y"], log, step)
            failed = [name for name in packages if not _apt(root, options + [name], log, step)]
            if failed:
                step.ok = False
                step.note = f"not {' '.join(failed)}; see {log.relative_to(ROOT)}"


def _as_root(names: list[str]) -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    say.line(f"Missing: {' '.join(names)}. Only root can install them, and there is no sudo.")
    say.line("As root, run:")
    say.line(f"  apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}")
    raise say.Refusal("packages are missing", "run the command above as root, then this one again")


def _available(need: Need) -> str:
    """The first of the need's packages that the package lists know, or nothing."""
    done = proc.run(["apt-cache", "policy", *need.packages])
    name, known = "", {}
    for text in done.output.splitlines():
        if text and not text.startswith(" ") and text.endswith(":"):
            name = text[:-1]
        elif "Candidate:" in text:
            known[name] = text.split()[-1] != "(none)"
    return next((package for package in need.packages if known.get(package)), "")


def _apt(root: list[str], arguments: list[str], log: Path, step: say.Step) -> bool:
    """Runs apt-get; its own status lines move the progress."""
    status = Path(tempfile.mkdtemp(prefix="book-")) / "status"
    os.mkfifo(status)
    listener = _Listener(status, step)
    listener.start()
    shell = 'exec 3>"$0"; exec apt-get "$@" -o APT::Status-Fd=3'
    done = proc.run([*root, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", "sh", "-c",
                     shell, str(status), "-q", "-o", "DPkg::Lock::Timeout=300",
                     "-o", "Dpkg::Use-Pty=0", *arguments])
    listener.stop()
    shutil.rmtree(status.parent)
    with log.open("a") as out:
        out.write(f"$ apt-get {' '.join(arguments)}\n{done.output}\n")
    return done.ok


class _Listener:
    """Reads `pmstatus:package:percent:what` lines from apt and moves a step."""

    def __init__(self, path: Path, step: say.Step) -> None:
        self._descriptor = os.open(path, os.O_RDWR)  # both ends, so that no open can block
        self._step, self._over = step, False
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        os.write(self._descriptor, b"\nover\n")
        self._thread.join(5)
        os.close(self._descriptor)

    def _listen(self) -> None:
        rest = ""
        while True:
            *lines, rest = (rest + os.read(self._descriptor, 4096).decode("utf-8", "replace")
                            ).split("\n")
            for text in lines:
                if text == "over":
                    return
                self._hear(text.split(":", 3))

    def _hear(self, parts: list[str]) -> None:
        if len(parts) < 4 or parts[0] not in ("dlstatus", "pmstatus"):
            return
        try:
            percent = float(parts[2])
        except ValueError:
            return
        half = percent / 2 + (50 if parts[0] == "pmstatus" else 0)
        self._step.at(half, 100, parts[3])


def _npm(which: list[str]) -> None:
    """The npm packages of package-lock.json, in node_modules, as the lock says; all of them, or those
    that pages need."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = ROOT / "node_modules" / ".book"
    wanted = " ".join([lock, *which])
    if stamp.exists() and stamp.read_text() in (lock, wanted):
        return
    if not shutil.which("npm") or not shutil.which("node"):
        return
    STATE.mkdir(parents=True, exist_ok=True)
    with say.Step("Fetching the npm packages") as step:
        done = proc.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                         "--omit=optional", *which], cwd=ROOT, timeout=600)
        (STATE / "npm.log").write_text(done.output)
        if done.ok:
            stamp.write_text(wanted)
        else:
            step.ok = False
            step.note = f"failed: {IN_PAGE}, and pages are not tested; see build/setup/npm.log"
