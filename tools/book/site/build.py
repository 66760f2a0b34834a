"""From the sources to build/site: the pictures' programs, their runs, the pages.

A content hash of everything the site is made from is kept beside it; when nothing changed, nothing
is built.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from book.common import process, sources
from book.common.paths import BUILD, PAGE_COMPILER, ROOT, SITE
from book.common.refusal import Refusal
from book.common.terminal import Step, warn
from book.cpp import cmake
from book.cpp.stage_trees import stage_tree
from book.exercises import page
from book.scenes import pictures
from book.site import compressed
from book.wasm import bundle, compiler, core
from weave.errors import WeaveError, WeaveErrors

STAMP = BUILD / "setup" / "site"


def make_scenes(tell: cmake.Tell | None = None) -> int:
    """The pictures' traces, and the node that plays scenes on pages; how many pictures."""
    tree = stage_tree()
    drawn = pictures.write_traces(tree, tell)
    core.place(tree, tell)
    return drawn


def make_compiler(tell: cmake.Tell | None = None) -> str:
    """What exercises in C++ need in a page, in build/play/compiler; how much it is, or why it is
    not.
    """
    bundle.place()
    if why := compiler.absent():
        compiler.remove()
        return f"none: {why}"
    compiler.place(tell)
    return f"{len(page.every_size()['exercises'])} exercises"


def sphinx(
    out: Path,
    doctrees: Path,
    *,
    python: str = sys.executable,
    strict: bool = False,
    fresh: bool = False,
    on_line: Callable[[str], None] | None = None,
    root: Path = ROOT,
    options: Sequence[str] = (),
) -> process.Done:
    command = [python, "-m", "sphinx", "-b", "html", "-d", str(doctrees), "-j", "auto"]
    command += ["-W", "--keep-going"] if strict else []
    command += ["-E"] if fresh else []
    command += options
    env = {"PYTHONPATH": str(root / "tools"), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    return process.run(
        [*command, str(root), str(out)], cwd=root, env=env, on_line=on_line, timeout=1200
    )


def extensions_digest() -> str:
    """Sphinx sees which pages changed, but not that its own extensions did, nor the story. The
    player of scenes is in no page; it is placed beside them.
    """
    return sources.digest(
        [
            str(p.relative_to(ROOT))
            for p in sources.files(("tools", "conf.py"))
            if p.suffix in (".py", ".html", ".js", ".css") and "play" not in p.parts
        ]
        + ["chapters/story.toml"]
    )


def _stamped() -> list[str]:
    """Digests of what the site was last made from: everything, the extensions alone."""
    return STAMP.read_text().split() if STAMP.exists() and SITE.exists() else ["", ""]


def up_to_date() -> bool:
    # Tools may have come since.
    player = core.MODULE.exists() or bool(core.absent())
    editor = compiler_is_there() or bool(compiler.absent())
    return (
        (SITE / "index.html").exists() and _stamped()[0] == sources.digest() and player and editor
    )


def compiler_is_there() -> bool:
    return (PAGE_COMPILER / "sizes.json").exists()


def remember(everything: str, extensions: str) -> None:
    STAMP.parent.mkdir(parents=True, exist_ok=True)
    STAMP.write_text(f"{everything} {extensions}")


def build_site(step_kind: type[Step] = Step, first: bool = False) -> None:
    """The site, if anything it is made from changed. `first` does not wait for the pages' compiler
    where there is none yet: pages can be read, and another build adds it."""
    if up_to_date():
        return
    everything, extensions = sources.digest(), extensions_digest()
    try:
        with step_kind("Running the scenes that the pictures are drawn from") as step:
            step.note = f"{make_scenes(step.at)} scenes"
    except (WeaveError, WeaveErrors) as error:
        raise Refusal(str(error)) from None
    if compiler_is_there() or not first:
        with step_kind("Making the pages' compiler and the parts of exercises") as step:
            step.note = make_compiler(step.at)
    with step_kind("Building the pages") as step:
        done = sphinx(
            SITE,
            BUILD / "doctrees",
            fresh=_stamped()[1] != extensions,
            on_line=lambda text: _hear(text, step),
        )
        warnings = [t for t in done.output.splitlines() if "WARNING" in t or "ERROR" in t]
        if not done.ok:
            said = "\n".join(warnings[:20]) or done.tail(20)
            raise Refusal(f"the pages were not built:\n{said}", "mend what it says")
        step.note = f"{len(list(SITE.rglob('*.html')))} pages" + (
            f", {len(warnings)} warnings" if warnings else ""
        )
    compressed.compress_large_files(SITE)
    for text in warnings[:10]:
        warn(text)
    remember(everything, extensions)


def _hear(text: str, step: Step) -> None:
    """`reading sources... [ 42%] chapters/…` moves the first half, `writing output` the second."""
    if found := re.match(r"(reading sources|writing output)\.\.\. \[ *(\d+)%\] (.*)", text):
        half = int(found[2]) / 2 + (50 if found[1].startswith("writing") else 0)
        step.at(half, 100, found[3])
