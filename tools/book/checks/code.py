"""Checks of the C++: every stage built warning-free and tested, and the last one again with another
compiler and under the sanitizers."""

from __future__ import annotations

import os
import platform
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from book.checks.outcome import Context, Outcome, broken, of_junit
from book.common import process
from book.common.paths import BUILD, ROOT
from book.cpp import cmake
from book.cpp.stage_trees import stage_tree
from weave import story
from weave.lint.rooms import LIBRARIES

REPORTS = BUILD / "test"
LAYOUT = "unexpected memory mapping"  # what TSan says where addresses are spread too widely
NO_PTRACE = "LeakSanitizer has encountered a fatal error"
STRESS_RUNS = 20
FUZZ_RUNS = 200_000
TRACED = "-g1 -DNDEBUG"  # enough for a sanitizer to name the line
THREADS = re.compile(
    r"^\s*#\s*include\s*<(?:thread|mutex|condition_variable|future)>", re.MULTILINE
)
WITH_TESTS = "code/all"  # Ninja's name for the rooms and their tests, without the pictures' scenes
# Instrumented code makes GCC 12 warn of overlaps that are not there (-Wrestrict, GCC bug 105651),
# so its sanitizers' builds are not strict. g++ compiles every line strictly in the stages' own
# checks.


def _built(
    tree: Path, where: Path, strict: bool = True, targets: tuple[str, ...] = (), **how: object
) -> str:
    """Configures and builds everything, or the targets, if strict without a warning; what went
    wrong, or nothing."""
    done = cmake.configure(tree, where, werror=strict, **how)  # type: ignore[arg-type]
    if not done.ok:
        return "CMake could not configure the tree:\n" + done.output
    done = cmake.build(where, targets, keep_going=True)
    if not done.ok:
        return "the build failed:\n" + cmake.complaints(done.output)
    warnings = cmake.warned(done.output) if strict else ""
    return "the build warns:\n" + warnings if warnings else ""


def _ctest(where: Path, name: str, suites: list[str] | None = None) -> Outcome:
    """Every test in a process of its own, or those of the suites."""
    report = _report(name)
    command = [
        "ctest",
        "--test-dir",
        str(where),
        "-j",
        str(cmake.JOBS),
        "--output-on-failure",
        "--output-junit",
        str(report),
    ]
    if suites is not None:
        command += ["-R", f"(^|/)({'|'.join(map(re.escape, suites))})[./]"]
    return of_junit(report, process.run(command, env=_peers(), timeout=1500))


def _report(name: str) -> Path:
    report = REPORTS / f"{name}.junit.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    return report


def _whole(
    where: Path, name: str, programs: list[str], env: dict[str, str], prefix: tuple[str, ...] = ()
) -> Outcome:
    """Whole test programs, a process each: an instrumented one takes longer to start than most of
    its tests take. What a sanitizer reports ends the program, and is one failure."""

    def one(program: str) -> Outcome:
        report = _report(f"{name}-{program}")
        done = process.run(
            [
                *prefix,
                where / program,
                "--gtest_color=no",
                "--gtest_brief=1",
                f"--gtest_output=xml:{report}",
            ],
            env=_peers() | env,
            timeout=1500,
        )
        outcome = of_junit(report, done)
        outcome.log = f"$ {program}\n{outcome.log}"
        return outcome

    with ThreadPoolExecutor(cmake.JOBS) as pool:
        outcomes = list(pool.map(one, programs))
    return Outcome(
        sum(o.passed for o in outcomes),
        sum(o.failed for o in outcomes),
        "\n".join(o.log for o in outcomes),
    )


def threaded(tree: Path) -> list[str]:
    """The test programs of rooms that know threads, be it in their tests alone."""
    rooms = {
        path.relative_to(tree / "code").parts[0]
        for path in tree.glob("code/*/**/*.[ch]pp")
        if THREADS.search(path.read_text(encoding="utf-8"))
    }
    return [
        f"{room}_test" for room in sorted(rooms) if list(tree.glob(f"code/{room}/**/*_test.cpp"))
    ]


def _peers() -> dict[str, str]:
    """Where etcd's own conversation tests are: named by the reader, or beside the repository."""
    named = os.environ.get("RAFT_PEER_SCENARIOS")
    beside = ROOT.parent / "shared" / "peers" / "etcd-raft"
    return {"RAFT_PEER_SCENARIOS": named or str(beside)} if named or beside.is_dir() else {}


def changed_suites(name: str) -> list[str] | None:
    """The test suites of the files that a stage adds or changes; None for the first stage."""
    before = story.load().previous(name)
    if before is None:
        return None
    older, newer = stage_tree(before.name), stage_tree(name)
    suites: list[str] = []
    for path in sorted(newer.glob("code/**/*_test.cpp")):
        same = older / path.relative_to(newer)
        text = path.read_text(encoding="utf-8")
        if not same.exists() or same.read_text(encoding="utf-8") != text:
            suites += re.findall(r"^(?:TYPED_)?TEST(?:_F|_P)?\((\w+),", text, re.MULTILINE)
    return list(dict.fromkeys(suites))


def whole_stage(name: str, _: Context) -> Outcome:
    """All of a stage compiles without a warning; the tests that it adds or changes pass. At the
    last stage, all tests."""
    tree = stage_tree(name)
    if complaint := _built(tree, tree / "t"):
        return broken(complaint)
    last = story.load().last.name == name
    suites = None if last else changed_suites(name)
    if suites == []:
        return Outcome(1, 0, f"{name} changes no test; everything compiles")
    outcome = _ctest(tree / "t", f"stage-{name}", suites=suites)
    if outcome.ok and outcome.passed == 0:
        return broken("no test ran:\n" + outcome.log)
    return outcome


def optimised(_: Context) -> Outcome:
    """The rooms of the last stage, without a warning by an optimiser that follows values: of
    variables that may not be set, of indexes out of bounds."""
    tree = stage_tree()
    rooms = [room for room in LIBRARIES if list(tree.glob(f"code/{room}/*.cpp"))]
    if complaint := _built(
        tree, tree / "t-optimised", targets=tuple(rooms), kind="RelWithDebInfo", tests=False
    ):
        return broken(complaint)
    return Outcome(len(rooms), 0)


def _clangs() -> list[str]:
    return [
        name
        for name in ("clang++-16", "clang++-17", "clang++-18", "clang++-19", "clang++-20")
        if shutil.which(name)
    ]


def asan(_: Context) -> Outcome:
    """The last stage under AddressSanitizer and UndefinedBehaviourSanitizer, built by clang: the
    second compiler's warnings and the sanitizers' reports for the price of one build. Without
    clang, g++ does it, and there is no second opinion on warnings.
    """
    found = [name for name in _clangs() if _has_runtime(name, "asan")]
    tree = stage_tree()
    where = tree / "t-asan"
    if complaint := _built(
        tree,
        where,
        strict=bool(found),
        compiler=found[0] if found else "",
        targets=(WITH_TESTS,),
        sanitize="address,undefined",
        flags=f"-O0 {TRACED}",
    ):
        return broken(complaint)
    env = {"ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
    programs = sorted(path.name for path in where.glob("*_test"))
    outcome = _whole(where, "asan", programs, env)
    if not outcome.ok and NO_PTRACE in outcome.log:
        outcome = _whole(where, "asan", programs, env | {"ASAN_OPTIONS": "detect_leaks=0"})
        outcome.log = "leaks are not looked for: this system forbids ptrace\n" + outcome.log
    if not found:
        outcome.log = (
            "built by g++: no clang++-16 or newer with its runtime is here\n" + outcome.log
        )
    return outcome


def fuzz(_: Context) -> Outcome:
    """The fuzzers of the last stage, each with the same seed and as many inputs in every run."""
    found = [name for name in _clangs() if _has_runtime(name, "fuzzer")]
    if not found:
        return Outcome(skipped="no clang++-16 or newer with its fuzzer runtime is installed")
    tree = stage_tree()
    where = tree / "t-fuzz"
    fuzzers = [path.stem for path in sorted(tree.glob("code/**/*_fuzz.cpp"))]
    done = cmake.configure(
        tree,
        where,
        werror=True,
        sanitize="address,undefined",
        compiler=found[0],
        flags=f"-O1 {TRACED}",
        tests=False,
        fuzz=True,
    )
    if not done.ok:
        return broken("CMake could not configure the tree:\n" + done.output)
    done = cmake.build(where, fuzzers)
    if not done.ok:
        return broken("the build failed:\n" + cmake.complaints(done.output))
    outcome = Outcome()
    for name in fuzzers:
        done = process.run(
            [
                where / name,
                f"-runs={FUZZ_RUNS}",
                "-seed=1",
                "-print_final_stats=1",
                f"-artifact_prefix={where}/",
                "-detect_leaks=0",
            ],
            timeout=600,
        )
        outcome.log += f"$ {name} -runs={FUZZ_RUNS}\n" + done.output[-4000:]
        outcome.passed += done.ok
        outcome.failed += not done.ok
    return outcome


def _has_runtime(clang: str, which: str) -> bool:
    """Debian has the runtime in a package of its own, and clang names a path in any case."""
    runtime = f"libclang_rt.{which}-{platform.machine()}.a"
    done = process.run([clang, f"-print-file-name={runtime}"], timeout=60)
    if Path(done.output.strip()).is_absolute() and Path(done.output.strip()).exists():
        return True
    done = process.run([clang, "-print-resource-dir"], timeout=60)
    return any(Path(done.output.strip()).glob(f"lib/*/{runtime}"))


def tsan(_: Context) -> Outcome:
    """The last stage's threads under ThreadSanitizer, then the stress tests again and again. Rooms
    that know no threads are compiled as far as the others use them; their tests can't race."""
    tree = stage_tree()
    where = tree / "t-tsan"
    programs = threaded(tree)
    if complaint := _built(
        tree, where, strict=False, targets=tuple(programs), sanitize="thread", flags=f"-O1 {TRACED}"
    ):
        return broken(complaint)
    prefix = _fixed_addresses(where / programs[0])
    env = {"TSAN_OPTIONS": "halt_on_error=1"}
    outcome = _whole(where, "tsan", programs, env, prefix)
    if not outcome.ok:
        return outcome
    program = where / "csp_test"
    done = process.run(
        [
            *prefix,
            program,
            "--gtest_filter=*Stress*",
            "--gtest_color=no",
            f"--gtest_repeat={STRESS_RUNS}",
        ],
        timeout=1200,
        env=env,
    )
    rounds = len(re.findall(r"^\[  PASSED  \] [1-9]", done.output, re.MULTILINE))
    outcome.log += f"\n$ csp_test, the stress tests, {STRESS_RUNS} rounds\n" + done.output
    outcome.passed += rounds
    outcome.failed += STRESS_RUNS - rounds
    return outcome


def _fixed_addresses(program: Path) -> tuple[str, ...]:
    """Some kernels spread addresses more widely than TSan's map allows; setarch -R stops that."""
    done = process.run([program, "--gtest_list_tests"], timeout=60)
    if LAYOUT in done.output and shutil.which("setarch"):
        return ("setarch", platform.machine(), "-R")
    return ()
