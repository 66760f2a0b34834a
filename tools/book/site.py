"""From the sources to build/site: the pictures' programs, their runs, the pages.

A content hash of everything the site is made from is kept beside it; when nothing changed, nothing
is built.
"""
from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from weave import emit, story
from weave.errors import WeaveError, WeaveErrors

from book import cmake, proc, scenario, served
from book.exercises import page
from book.paths import BUILD, ROOT, SCENES, SITE, STAGES
from book.say import Refusal, Step, warn
from book.wasm import build as wasm
from book.wasm import bundle, solve

SOURCES = ("chapters", "code", "diagrams", "docs", "exercises", "tools")
TOP = ("conf.py", "index.rst", "404.rst", "CMakeLists.txt", "CMakePresets.json", "book",
       "requirements.txt", "package-lock.json")
IGNORED = {"__pycache__", ".pytest_cache", "node_modules"}


def files(places: Iterable[str] = SOURCES + TOP, root: Path = ROOT) -> list[Path]:
    """Every source file at or below the places, sorted."""
    found = []
    for place in places:
        path = root / place
        if path.is_file():
            found.append(path)
        elif path.is_dir():
            found += [p for p in path.rglob("*") if not IGNORED & set(p.parts)
                      and p.suffix != ".pyc" and not p.name.startswith(".") and p.is_file()]
    return sorted(found)


def digest(places: Iterable[str] = SOURCES + TOP) -> str:
    total = hashlib.sha256()
    for path in files(places):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue  # saved by renaming, just now
        total.update(f"{path.relative_to(ROOT)}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def stage_tree(name: str | None = None) -> Path:
    """The clean tree of a stage (default: the last) in build/stages, up to date."""
    told = story.load()
    stage = told.stage(name)
    emit.emit(stage.name, STAGES / stage.name)
    return STAGES / stage.name


def scene_names(tree: Path) -> list[str]:
    return sorted(path.stem for path in (tree / "diagrams" / "scenes").glob("*.cpp"))


def build_scenes(tree: Path, tell: cmake.Tell | None = None, strict: bool = False,
                 only: str = "") -> Path:
    """Builds the scenes' programs of a tree, or that of one; returns where they stand."""
    where = tree / ("t" if strict else "b")
    done = cmake.configure(tree, where, werror=strict, tests=strict)
    if not done.ok:
        raise Refusal("CMake could not configure the code:\n" + done.tail(20),
                      "mend what it says")
    names = [f"scene_{name}" for name in scene_names(tree) if only in ("", name)]
    names += [scenario.PROGRAM] if scenario.names() and only not in scene_names(tree) else []
    if names:
        done = cmake.build(where, names, tell)
        if not done.ok:
            raise Refusal("the pictures' programs do not compile:\n" +
                          cmake.complaints(done.output)[:4000], "mend the code")
    return where


def picture_names(tree: Path) -> list[str]:
    """What pages can show with `.. scene::`: programs, and scenario files."""
    return sorted(scene_names(tree) + scenario.names())


def run_picture(programs: Path, name: str) -> str:
    """One run of a scene's program, or of a scenario file: its trace."""
    if name in scenario.names():
        return scenario.traced(programs / scenario.PROGRAM, scenario.FOLDER / f"{name}.txt")
    return run_scene(programs / f"scene_{name}")


def run_scene(program: Path) -> str:
    """One run of a scene: its trace, checked to be JSON."""
    done = proc.run([program], timeout=60, errors_too=False)
    if done.timed_out:
        raise Refusal(f"{program.name} did not finish in 60 s", "it waits for something that "
                      "never comes")
    try:
        json.loads(done.output)
    except ValueError:
        said = proc.run([program], timeout=60).tail(5)
        raise Refusal(f"{program.name} did not print a trace (exit code {done.code}): {said}",
                      "run it by hand") from None
    return done.output


def make_scenes(tell: cmake.Tell | None = None) -> int:
    """Builds and runs every scene of the last stage; writes build/scenes/NAME.json."""
    tree = stage_tree()
    programs = build_scenes(tree, tell)
    names = picture_names(tree)
    for number, name in enumerate(names, 1):
        if tell:
            tell(number, len(names), name)
        keep_scene(name, run_picture(programs, name))
    drop_stale_scenes(names)
    wasm.place(tree, tell)
    return len(names)


def make_compiler(tell: cmake.Tell | None = None) -> str:
    """What exercises in C++ need in a page, in build/play/compiler; how much it is, or why it is not."""
    bundle.place()
    if why := solve.absent():
        solve.remove()
        return f"none: {why}"
    solve.place(tell)
    return f"{len(page.every_size()['exercises'])} exercises"


def keep_scene(name: str, text: str) -> None:
    SCENES.mkdir(parents=True, exist_ok=True)
    path = SCENES / f"{name}.json"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def drop_stale_scenes(names: list[str]) -> None:
    for stale in SCENES.glob("*.json"):
        if stale.stem not in names:
            stale.unlink()


def sphinx(out: Path, doctrees: Path, *, python: str = sys.executable, strict: bool = False,
           fresh: bool = False, on_line: Callable[[str], None] | None = None) -> proc.Done:
    command = [python, "-m", "sphinx", "-b", "html", "-d", str(doctrees), "-j", "auto"]
    command += ["-W", "--keep-going"] if strict else []
    command += ["-E"] if fresh else []
    env = {"PYTHONPATH": str(ROOT / "tools"), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    return proc.run([*command, str(ROOT), str(out)], cwd=ROOT, env=env, on_line=on_line,
                    timeout=1200)


def machinery() -> str:
    """Sphinx sees which pages changed, but not that its own extensions did, nor the story. The player
    of scenes is in no page; it is placed beside them."""
    return digest([str(p.relative_to(ROOT)) for p in files(("tools", "conf.py"))
                   if p.suffix in (".py", ".html", ".js", ".css") and "play" not in p.parts] +
                  ["chapters/story.toml"])


STAMP = BUILD / "setup" / "site"


def _stamped() -> list[str]:
    """Digests of what the site was last made from: everything, the machinery alone."""
    return STAMP.read_text().split() if STAMP.exists() and SITE.exists() else ["", ""]


def up_to_date() -> bool:
    # Tools may have come since.
    player = wasm.MODULE.exists() or bool(wasm.absent())
    editor = compiler_is_there() or bool(solve.absent())
    return (SITE / "index.html").exists() and _stamped()[0] == digest() and player and editor


def compiler_is_there() -> bool:
    return (bundle.PLACE / "sizes.json").exists()


def mark(everything: str, tools: str) -> None:
    STAMP.parent.mkdir(parents=True, exist_ok=True)
    STAMP.write_text(f"{everything} {tools}")


def build(step_kind: type[Step] = Step, first: bool = False) -> None:
    """The site, if anything it is made from changed. `first` does not wait for the pages' compiler
    where there is none yet: pages can be read, and another build adds it."""
    if up_to_date():
        return
    everything, tools = digest(), machinery()
    try:
        with step_kind("Running the scenes that the pictures are drawn from") as step:
            step.note = f"{make_scenes(step.at)} scenes"
    except (WeaveError, WeaveErrors) as error:
        raise Refusal(str(error)) from None
    if compiler_is_there() or not first:
        with step_kind("Making the pages' compiler and the parts of exercises") as step:
            step.note = make_compiler(step.at)
    with step_kind("Building the pages") as step:
        done = sphinx(SITE, BUILD / "doctrees", fresh=_stamped()[1] != tools,
                      on_line=lambda text: _hear(text, step))
        warnings = [t for t in done.output.splitlines() if "WARNING" in t or "ERROR" in t]
        if not done.ok:
            said = "\n".join(warnings[:20]) or done.tail(20)
            raise Refusal(f"the pages were not built:\n{said}", "mend what it says")
        step.note = f"{len(list(SITE.rglob('*.html')))} pages" + (
            f", {len(warnings)} warnings" if warnings else "")
    served.press(SITE)
    for text in warnings[:10]:
        warn(text)
    mark(everything, tools)


def _hear(text: str, step: Step) -> None:
    """`reading sources... [ 42%] chapters/…` moves the first half, `writing output` the second."""
    if found := re.match(r"(reading sources|writing output)\.\.\. \[ *(\d+)%\] (.*)", text):
        half = int(found[2]) / 2 + (50 if found[1].startswith("writing") else 0)
        step.at(half, 100, found[3])
