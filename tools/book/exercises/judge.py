"""The verdict on a reader's files: lays them over the stage's clean tree, builds, runs, tells.

The tests are always the repository's own, never the copy that lies in the reader's workspace.
"""
from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from weave.lint_rooms import ROOMS as LINTED

from book.common import process
from book.common.locks import exclusive
from book.common.paths import BUILD, ROOT, in_repository
from book.common.refusal import Refusal
from book.cpp import cmake
from book.exercises import explain, tests, workspace
from book.exercises.model import SCENARIO, Edit, Exercise
from book.scenes import scenario_files

PLACE = BUILD / "exercises"
EXERCISE = "exercise/exercise.cpp"
REWRITE = "./book test --only exercises --rewrite writes it down"
ROOMS = [room for room in LINTED if room != "bench"]


@dataclass
class Part:
    """One thing that was judged: a test, a mutant, the lines of a prediction."""
    name: str
    passed: bool
    message: list[str] = field(default_factory=list)


@dataclass
class Verdict:
    parts: list[Part]
    headline: str = ""
    broken_build: bool = False

    @property
    def passed(self) -> bool:
        return bool(self.parts) and all(part.passed for part in self.parts)

    def lines(self) -> list[str]:
        """The verdict as plain text, failures first."""
        told = [self.headline] if self.headline else []
        for part in self.parts:
            if not part.passed:
                first, *rest = part.message or [""]
                told.append(f"✗ {part.name}" + (f"   {first}" if first else ""))
                told += [f"    {text}" for text in rest]
        passed = [part for part in self.parts if part.passed]
        if passed and len(passed) < len(self.parts):
            told.append(f"✓ {len(passed)} of {len(self.parts)} pass: " +
                        ", ".join(part.name for part in passed))
        elif passed:
            told += [f"✓ {part.name}" for part in passed]
        return told

    def text(self) -> str:
        return "\n".join(self.lines())


class Bench:
    """A clean tree of an exercise's stage in build/exercises, with files laid over it. All exercises
    of a stage share it, one at a time. Files whose text did not change are left alone, so the second
    build compiles what changed only."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.tree = PLACE / exercise.stage / "tree"
        self.build = self.tree / "b"
        self.room = ROOMS[0]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """From laying the files to the last run of the program."""
        self.tree.mkdir(parents=True, exist_ok=True)
        with exclusive(self.tree.with_suffix(".lock")):
            yield

    def lay(self, over: dict[str, str], test: str | None) -> None:
        files = workspace.tree(self.exercise.stage)
        files.update({path: text for path, text in over.items() if path.startswith("code/")})
        files[EXERCISE] = test or ""
        for path, text in files.items():
            place = self.tree / path
            if not place.exists() or place.read_text(encoding="utf-8") != text:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
        for room in ("code", "diagrams", "exercise"):
            for place in (self.tree / room).rglob("*"):
                if place.is_file() and str(place.relative_to(self.tree)) not in files:
                    place.unlink()
        included = re.findall(r'^\s*#\s*include\s*"(\w+)/', test or "", re.MULTILINE)
        self.room = max((room for room in included if room in ROOMS), key=ROOMS.index,
                        default=ROOMS[0])

    def compile(self, target: str = "") -> process.Done:
        done = cmake.configure(self.tree, self.build, kind="Debug",
                               exercise=str(self.tree / EXERCISE))
        if not done.ok:
            raise Refusal(f"CMake could not configure the tree of {self.exercise.id}:\n"
                          f"{done.tail(12)}", "run ./book start again, or delete build/exercises")
        return cmake.build(self.build, [target or self.program.name], keep_going=True)

    @property
    def program(self) -> Path:
        return self.build / f"exercise_{self.room}"

    def names(self, test_name: str, where: Path | None) -> dict[str, str]:
        """The beginnings of paths in messages, and what the reader calls them."""
        base = f"{in_repository(where)}/" if where else ""
        named = {EXERCISE: base + test_name}
        named.update({path: base + path for path in workspace.starter(self.exercise)})
        # ccache has the compiler see paths relative to the build directory.
        return {root + path: name for path, name in named.items()
                for root in (f"{self.tree}/", "../")} | {f"{self.tree}/": "", "../code/": "code/"}


def judge(exercise: Exercise, files: dict[str, str], where: Path | None = None,
          test: str | None = None, mutants: tuple[Edit, ...] | None = None) -> Verdict:
    """The verdict on the reader's files. `where` is the directory they are told about; `test` and
    `mutants` stand in for the exercise's own, when a teacher brings hidden ones."""
    if exercise.kind == "predict":
        return _predict(exercise, files)
    if exercise.kind == "compose":
        return _compose(exercise, files, test)
    if exercise.kind == "kill":
        return _kill(exercise, files, where, exercise.mutants if mutants is None else mutants)
    if test is None and exercise.plays:
        verdict = _played(exercise, files, where)
    else:
        verdict = _tested(exercise, files, exercise.text("test.cpp") if test is None else test,
                          "test.cpp", where)
    if exercise.kind == "hunt" and verdict.passed:
        verdict.parts.append(_named(exercise, files.get("answer.txt", "")))
    return verdict


def _tested(exercise: Exercise, over: dict[str, str], test: str, test_name: str,
            where: Path | None) -> Verdict:
    bench = Bench(exercise)
    rename = bench.names(test_name, where)
    with bench.alone():
        bench.lay(over, test)
        done = bench.compile()
        if not done.ok:
            return _does_not_compile(done, rename)
        try:
            cases = tests.run_all(bench.program)
        except tests.ListingFailed as failed:
            return Verdict([Part("start of the program", False,
                                 [f"the test program did not start: {failed}"])])
    if not cases:
        return Verdict([Part("tests", False, ["there is no test: write TEST(Suite, Name) { … }"])])
    return Verdict([Part(case.name, case.passed, _told(case, rename)) for case in cases])


def _does_not_compile(done: process.Done, rename: dict[str, str]) -> Verdict:
    if done.timed_out:
        return Verdict([Part("build", False, ["did not finish compiling in 30 minutes"])],
                       broken_build=True)
    said = explain.compiler(done.output, rename)
    return Verdict([Part("it does not compile", False, ["", *said])], broken_build=True)


def _told(case: tests.Case, rename: dict[str, str]) -> list[str]:
    if case.how == "failed":
        return explain.failure(case.message, rename)
    return explain.renamed(case.message, rename).splitlines()


def _named(exercise: Exercise, answer: str) -> Part:
    found = re.search(r"^\s*broken invariant:[ \t]*(.*)$", answer, re.MULTILINE | re.IGNORECASE)
    given = (found[1] if found else "").strip().upper()
    if given == exercise.invariant.upper():
        return Part("the invariant is named", True)
    message = (f"{given} is not the one this bug broke" if given else
               "the code is right; now write in answer.txt, after the colon, which invariant the bug broke")
    return Part("the invariant is named", False, [message])


# With a scenario instead of a test: the reader's node has to say what the right one says.

def _played(exercise: Exercise, over: dict[str, str], where: Path | None) -> Verdict:
    bench = Bench(exercise)
    with bench.alone():
        bench.lay(over, None)
        done = bench.compile(scenario_files.PLAYER)
        if not done.ok:
            return _does_not_compile(done, bench.names("", where))
        ran = process.run([bench.build / scenario_files.PLAYER, "--quiet", SCENARIO], cwd=exercise.path,
                          timeout=tests.LIMIT)
    said = [] if ran.ok else [text for text in scenario_files.complaint(ran).splitlines() if text.strip()]
    return Verdict([Part(f"the conversation of {SCENARIO}", ran.ok, said[:40])])


# Kill: the reader's test is right about the right node and about every wrong one.

def _kill(exercise: Exercise, files: dict[str, str], where: Path | None,
          mutants: tuple[Edit, ...]) -> Verdict:
    answer = files["answer.cpp"]
    right = _tested(exercise, {}, answer, "answer.cpp", where)
    if right.broken_build:
        return right
    if not right.passed:
        right.headline = "Your test must pass on the right node, and does not:"
        return right
    parts = [Part("passes on the right node", True)]
    bench = Bench(exercise)
    for mutant in mutants:
        parts.append(_killed(exercise, bench, mutant, answer))
    verdict = Verdict(parts)
    alive = sum(not part.passed for part in parts)
    if alive:
        verdict.headline = (f"{alive} of {len(mutants)} wrong nodes survive your test: "
                            "it passes on them too.")
    return verdict


def _killed(exercise: Exercise, bench: Bench, mutant: Edit, test: str) -> Part:
    changed = mutant.apply(workspace.tree(exercise.stage), f"{exercise.toml}: [[mutant]] {mutant.name}")
    name = f"kills: {mutant.name}"
    with bench.alone():
        bench.lay({mutant.file: changed}, test)
        done = bench.compile()
        if not done.ok:
            return Part(name, False, [f"the wrong node does not compile: mend {exercise.toml}",
                                      *explain.compiler(done.output, {f"{bench.tree}/": ""})])
        try:
            killed = tests.one_fails(bench.program, limit=10.0)
        except tests.ListingFailed:
            return Part(name, True)
    return Part(name, True) if killed else Part(name, False, [f"survived: {mutant.name}"])


def survivors(exercise: Exercise) -> list[str]:
    """The exercise's mutants that its test, or its scenario, does not kill."""
    if exercise.plays:
        return _survive_the_scenario(exercise)
    bench, test = Bench(exercise), exercise.text("test.cpp")
    return [line for mutant in exercise.mutants
            for part in [_killed(exercise, bench, mutant, test)] if not part.passed
            for line in part.message[:3]]


def _survive_the_scenario(exercise: Exercise) -> list[str]:
    alive = []
    for mutant in exercise.mutants:
        changed = mutant.apply(workspace.tree(exercise.stage), f"{exercise.toml}: [[mutant]] {mutant.name}")
        verdict = _played(exercise, {mutant.file: changed}, None)
        if verdict.broken_build:
            alive += [f"the wrong node {mutant.name} does not compile", *verdict.lines()]
        elif verdict.passed:
            alive.append(f"survived: {mutant.name}")
    return alive


# Predict: what the reader wrote, against what the program says.

def predicted(exercise: Exercise) -> str:
    """What the program of a prediction prints, or the scenario with what the nodes say: as the file
    beside it has it. That it does say so is what its acceptance sees to."""
    name = SCENARIO if exercise.plays else workspace.PREDICTED
    try:
        return exercise.text(name)
    except FileNotFoundError:
        raise Refusal(f"{in_repository(exercise.path / name)} is missing: what the program prints",
                      REWRITE) from None


def speaker(exercise: Exercise) -> str:
    """Whose words a prediction foretells."""
    return "the cluster" if exercise.plays else "the program"


def run_program(exercise: Exercise) -> str:
    if exercise.plays:
        ran = process.run([scenario_files.build_player(exercise.stage), "--quiet", SCENARIO], cwd=exercise.path,
                          timeout=tests.LIMIT)
        if not ran.ok:
            raise Refusal(f"{in_repository(exercise.path)}/{scenario_files.complaint(ran)}", "mend the exercise")
        return exercise.text(SCENARIO)
    bench = Bench(exercise)
    with bench.alone():
        _compiled(bench, "program.cpp", exercise.text("program.cpp"))
        ran = process.run([bench.program], timeout=tests.LIMIT, errors_too=False)
    if not ran.ok:
        why = "did not finish" if ran.timed_out else f"ended with exit code {ran.code}"
        raise Refusal(f"{in_repository(exercise.path)}/program.cpp {why}", "mend the exercise")
    return ran.output


def _compiled(bench: Bench, name: str, source: str) -> None:
    """Builds a program that the exercise brings along; a reader can't break it."""
    bench.lay({}, source)
    done = bench.compile()
    if not done.ok:
        said = explain.compiler(done.output, {f"{bench.tree}/": ""})
        raise Refusal(f"{in_repository(bench.exercise.path)}/{name} does not compile: {said[0]}",
                      "mend the exercise")


def _answers(text: str) -> list[str]:
    """The lines that count: no blank ones, no remarks, spaces evened out."""
    return [" ".join(line.split()) for line in text.splitlines()
            if line.strip() and not line.lstrip().startswith("#")]


def _predict(exercise: Exercise, files: dict[str, str]) -> Verdict:
    wanted, given = _answers(predicted(exercise)), _answers(files["answer.txt"])
    right = 0
    for mine, real in zip(given, wanted):
        if mine != real:
            break
        right += 1
    if right == len(wanted) == len(given):
        return Verdict([Part(f"all {len(wanted)} lines", True)])
    part = Part("your prediction", False, [f"the first {right} of {len(wanted)} lines are right"])
    whose = speaker(exercise)
    if right < len(given) and right < len(wanted):
        blank = "a blank is left" if "__" in given[right] else f"{whose} says something else"
        part.message.append(f"line {right + 1}: `{given[right]}`: {blank}")
    elif right < len(wanted):
        left = len(wanted) - right
        part.message.append(f"after line {right} {whose} goes on; " + (
            "one more line is" if left == 1 else f"{left} more lines are") + " to be predicted")
    else:
        part.message.append(f"line {right + 1}: `{given[right]}`: {whose} ended before that")
    return Verdict([part])


# Compose: the reader's text goes to a program that plays and judges it.

def _compose(exercise: Exercise, files: dict[str, str], judge_source: str | None) -> Verdict:
    if exercise.expects and judge_source is None:
        return _composed(exercise, files["answer.txt"])
    bench = Bench(exercise)
    answer = PLACE / exercise.id / "answer.txt"
    answer.parent.mkdir(parents=True, exist_ok=True)
    with bench.alone():
        _compiled(bench, "judge.cpp", exercise.text("judge.cpp") if judge_source is None
                  else judge_source)
        answer.write_text(files["answer.txt"], encoding="utf-8")
        ran = process.run([bench.program, answer], timeout=tests.LIMIT,
                          env={"BOOK_ANSWER": str(answer)})
    if ran.timed_out:
        return Verdict([Part("your play", False, [f"did not finish in {tests.LIMIT:.0f} s: "
                                                  "probably waiting for ever"])])
    said = [text for text in ran.output.splitlines() if text.strip()]
    return Verdict([Part("your play", ran.code == 0, ["", *said[-20:]])])


# Compose with a scenario: it is played, then asked, and the answers must fit.

def _composed(exercise: Exercise, answer: str) -> Verdict:
    program = scenario_files.build_player(exercise.stage)
    conversation, complaint = _conversation(program, answer)
    if complaint:
        return Verdict([Part("your scenario", False, ["", *complaint.splitlines()[:20]])])
    parts = []
    for expect in exercise.expects:
        said = _asked(program, answer, expect.ask) if expect.ask else conversation
        fits = bool(re.search(expect.finds, said, re.MULTILINE)) and not (
            expect.lacks and re.search(expect.lacks, said, re.MULTILINE))
        heard = [f"{expect.ask} answers:", *said.splitlines()] if expect.ask else []
        parts.append(Part(expect.name, fits, [] if fits else ["", *heard[:20]]))
    return Verdict(parts)


def _conversation(program: Path, answer: str) -> tuple[str, str]:
    """The scenario with what the nodes say, or what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        file = Path(scratch) / "answer.txt"
        file.write_text(answer, encoding="utf-8")
        ran = process.run([program, "--rewrite", file.name], cwd=scratch, timeout=tests.LIMIT)
        return file.read_text(encoding="utf-8"), "" if ran.ok else scenario_files.complaint(ran)


def _asked(program: Path, answer: str, ask: str) -> str:
    """The answer to one more directive, at a level at which it is heard."""
    more = f"{answer.rstrip()}\n\nlog-level debug\n----\n\n{ask}\n----\n"
    said, complaint = _conversation(program, more)
    return complaint or said.rsplit(f"\n{ask}\n----\n", 1)[-1]


def forget(exercise: Exercise) -> None:
    shutil.rmtree(PLACE / exercise.id, ignore_errors=True)


def invariant_text(name: str) -> str:
    """The statement of an invariant, from the page that names it."""
    for page in sorted((ROOT / "chapters").glob("*.rst")):
        found = re.search(rf"^\.\. invariant:: {re.escape(name)}[ \t]*\n((?:[ \t]+.*\n|\n)*)",
                          page.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            lines = [t for t in found[1].splitlines() if not t.strip().startswith(":") or
                     ":`" in t]
            return " ".join(workspace.plain("\n".join(t.strip() for t in lines)).split())
    return ""
