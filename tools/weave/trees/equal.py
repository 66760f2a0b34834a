"""Both trees say the same: the guarded file at -DSTAGE=k and the clean file of stage k
preprocess to the same text. Includes are set aside, so each file is judged alone, and fast."""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from weave.errors import WeaveError
from weave.story import Stage, Story
from weave.trees import guards
from weave.trees.cmake import stages_hpp
from weave.trees.emit import clean, source

INCLUDE = re.compile(r"^\s*#\s*(include|pragma)\b", re.MULTILINE)


def _preprocess(text: str, prefix: str) -> list[str]:
    """The lines that the compiler's preprocessor leaves of a text, blank ones dropped."""
    text = prefix + INCLUDE.sub(r"@\1", text)
    try:
        done = subprocess.run(
            ["g++", "-x", "c++", "-std=c++20", "-E", "-P", "-w", "-"],
            input=text,
            text=True,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise WeaveError(
            "g++", None, "the program is not installed", "apt-get install g++"
        ) from None
    if done.returncode:
        return [f"preprocessor: {done.stderr.strip().splitlines()[0]}"]
    return [line.rstrip() for line in done.stdout.splitlines() if line.strip()]


def check_file(path: str, stage: Stage, story: Story) -> list[WeaveError]:
    text = source(path, story)
    if not guards.has_guards(text):
        return []  # the clean file is the very same text
    guarded = _preprocess(text, stages_hpp(stage, story))
    emitted = _preprocess(clean(text, stage, story, path), "")
    if guarded == emitted:
        return []
    pairs = list(zip(guarded + [""] * len(emitted), emitted + [""] * len(guarded)))
    was, now = next(pair for pair in pairs if pair[0] != pair[1])
    return [
        WeaveError(
            path,
            None,
            f"at {stage} the guarded file preprocesses to `{was.strip()}` "
            f"where the clean one has `{now.strip()}`",
            "keep guards and stage names out of macros, strings and comments",
        )
    ]


def check(story: Story, stages: list[Stage] | None = None) -> list[WeaveError]:
    jobs = [
        (path, stage)
        for stage in stages or story.stages
        for path in story.files_alive(stage)
        if path.endswith((".cpp", ".hpp"))
    ]
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda job: check_file(job[0], job[1], story), jobs)
        return [error for errors in found for error in errors]
