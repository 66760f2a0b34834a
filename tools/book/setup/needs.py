"""What each command needs: of each thing the package that brings it, its use, and what stops
working without it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    packages: tuple[str, ...]  # the first that can be had is enough
    use: str  # what it is for
    without: str  # what stops working without it
    command: str = ""  # found on the PATH, it is there
    module: str = ""  # found by Python, it is there
    header: str = ""  # found below an include directory, it is there
    needed: bool = False  # without it the command at hand can't go on

    @property
    def name(self) -> str:
        return self.packages[0]


def _need(package: str, use: str, without: str, **more: object) -> Need:
    return Need(tuple(package.split("|")), use, without, **more)  # type: ignore[arg-type]


COMPILE = (
    _need("g++", "compiles the node", "nothing can be compiled", command="g++", needed=True),
    _need("cmake", "configures the build", "nothing can be built", command="cmake", needed=True),
    _need("ninja-build", "runs the build", "nothing can be built", command="ninja", needed=True),
    _need(
        "make",
        "CMake's own default, for trees you build by hand",
        "`cmake -S … -B …` needs -G Ninja",
        command="make",
    ),
    _need(
        "unifdef",
        "cuts the clean tree of a stage",
        "no stage can be written",
        command="unifdef",
        needed=True,
    ),
)
SYMBOLS = (
    _need(
        "doxygen",
        "finds where a symbol begins and ends",
        "no excerpt and no exercise",
        command="doxygen",
        needed=True,
    ),
)
RST = (
    _need(
        "python3-docutils",
        "reads pages and briefs",
        "no exercise can be started",
        module="docutils",
        needed=True,
    ),
)
GTEST = (
    _need(
        "libgtest-dev",
        "the tests' framework",
        "no test can be compiled",
        header="gtest/gtest.h",
        needed=True,
    ),
    _need(
        "libgmock-dev",
        "the tests' framework",
        "no test can be compiled",
        header="gmock/gmock.h",
        needed=True,
    ),
)
PAGES = (
    _need(
        "graphviz",
        "draws the state pictures",
        "the state pictures are missing from the pages",
        command="dot",
    ),
    _need(
        "python3-sphinx", "builds the pages", "no page can be built", module="sphinx", needed=True
    ),
    _need(
        "python3-breathe",
        "carries Doxygen's text into the reference",
        "no page can be built",
        module="breathe",
        needed=True,
    ),
    _need("furo", "the look's base", "no page can be built", module="furo", needed=True),
    _need(
        "python3-sphinx-copybutton",
        "copies code without its marks",
        "no page can be built",
        module="sphinx_copybutton",
        needed=True,
    ),
)
BENCH = (
    _need(
        "libbenchmark-dev",
        "runs the benchmarks' loops",
        "the benchmarks are not built",
        header="benchmark/benchmark.h",
    ),
)
PEER = (
    _need("libraft-dev", "canonical/raft, a peer in C", "its columns stay empty", header="raft.h"),
)
STILL = (
    "scenes and exercises can't be played on the pages; the checks `wasm`, `player` and "
    "`verdicts` are skipped"
)
WASM = tuple(
    _need(package, use, STILL, command=command)
    for package, use, command in (
        ("clang-16", "compiles WebAssembly", "clang++-16"),
        ("lld-16", "links WebAssembly", "wasm-ld-16"),
        ("llvm-16", "makes WebAssembly's archives", "llvm-ar-16"),
        ("wasi-libc", "C's library for WebAssembly", ""),
        ("libc++-16-dev-wasm32", "C++'s library for WebAssembly", ""),
        ("libc++abi-16-dev-wasm32", "C++'s library for WebAssembly", ""),
        ("libclang-rt-16-dev-wasm32", "the compiler's own library for WebAssembly", ""),
    )
)
IN_PAGE = "exercises in C++ can't be solved on the pages, only in the terminal"
NODE = (
    _need(
        "nodejs",
        "draws the pictures, judges the exercises",
        "no picture can be drawn and no exercise be judged",
        command="node",
        needed=True,
    ),
)
EDITOR = (
    _need("npm", "fetches the pages' editor and compiler", IN_PAGE, command="npm"),
    _need("googletest", "the exercises' tests, for the pages' compiler", IN_PAGE),
)
TEST = (
    _need(
        "ccache",
        "shares objects between the stages",
        "the tests take minutes longer",
        command="ccache",
    ),
    _need(
        "clang-16|clang-17|clang-18|clang-19|clang-20",
        "the second compiler",
        "the sanitizers are g++'s; nothing compiles with clang",
        command="clang++-16",
    ),
    _need(
        "libclang-rt-16-dev|libclang-rt-17-dev|libclang-rt-18-dev|libclang-rt-19-dev",
        "clang's sanitizers and fuzzer",
        "the sanitizers are g++'s; the check `fuzz` is skipped",
    ),
    _need(
        "clang-format-16",
        "lays out C++",
        "the check `clang-format` is skipped",
        command="clang-format-16",
    ),
    _need(
        "clang-tidy-16",
        "finds likely bugs",
        "the check `clang-tidy` is skipped",
        command="clang-tidy-16",
    ),
    _need(
        "mypy", "judges the types of the Python here", "the check `mypy` is skipped", command="mypy"
    ),
    _need(
        "libprotobuf-dev",
        "judges our codec",
        "the codec is not compared with protobuf",
        header="google/protobuf/message.h",
    ),
    _need(
        "protobuf-compiler",
        "judges our codec",
        "the codec is not compared with protobuf",
        command="protoc",
    ),
    _need(
        "python3-pytest",
        "tests the machinery",
        "weave-tests and command-tests fail",
        module="pytest",
    ),
    _need(
        "python3-venv",
        "a Python of its own for PyPI's packages",
        "the check `book-pypi` is skipped",
        module="ensurepip",
    ),
    _need("chromium", "opens the pages", "the check `pages` is skipped", command="chromium"),
    _need(
        "firefox-esr",
        "opens the pages, too",
        "the check `firefox` is skipped",
        command="firefox-esr",
    ),
)

GROUPS: dict[str, tuple[Need, ...]] = {
    "stage": COMPILE + GTEST,
    "picture": COMPILE + GTEST + NODE,
    "exercise": COMPILE + SYMBOLS + RST + GTEST + NODE,
    "read": COMPILE + SYMBOLS + PAGES + WASM + NODE + EDITOR,
    "bench": COMPILE + BENCH + PEER,
    "test": COMPILE + SYMBOLS + RST + GTEST + PAGES + WASM + NODE + EDITOR + BENCH + TEST,
}
