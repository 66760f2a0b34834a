"""What CMake needs of the story: the files alive at a stage, and the constants of the guards."""

from __future__ import annotations

from pathlib import Path

from weave.files import write_if_changed
from weave.story import Stage, Story


def files_cmake(stage: Stage, story: Story) -> str:
    alive = story.files_alive(stage)
    listed = "".join(f"\n  {path}" for path in alive)
    return (
        f"# Generated from chapters/story.toml: the files alive at {stage}.\n"
        f"set(BOOK_STAGE_NAME {stage})\nset(BOOK_FILES{listed})\n"
    )


def stages_hpp(stage: Stage, story: Story) -> str:
    constants = "".join(f"#define {s.name} {s.number}\n" for s in story.stages)
    return (
        "// Generated from chapters/story.toml: the stages, and the one being built.\n"
        f"{constants}#define STAGE {stage.number}\n"
    )


def write(stage: str | None, out: Path, story: Story) -> None:
    at = story.stage(stage)
    write_if_changed(out / "files.cmake", files_cmake(at, story))
    write_if_changed(out / "stages.hpp", stages_hpp(at, story))
