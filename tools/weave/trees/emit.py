"""The clean tree of a stage: what the reader checks out, what Doxygen reads, what pages show.

unifdef decides which lines stay. It is shown each ordinary line as its number only, so that no
raw string or digit separator can confuse it, and so that the line's origin is known.
"""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

from weave.digests import digest
from weave.errors import WeaveError, WeaveErrors
from weave.files import write_if_changed
from weave.story import STORY, Stage, Story, load
from weave.trees import guards

MARKER = ".book-stage"
COPIED = ("CMakeLists.txt", "CMakePresets.json", "code/CMakeLists.txt")
SOURCES = (".cpp", ".hpp")


def clean(text: str, stage: str | Stage, story: Story, file: str) -> str:
    """The text of one file at a stage, its guards resolved."""
    if not guards.has_guards(text):
        return text
    lines = text.splitlines()
    return "".join(lines[n - 1] + "\n" if n else "\n" for n in origins(text, stage, story, file))


def origins(text: str, stage: str | Stage, story: Story, file: str) -> tuple[int, ...]:
    """For each line of the clean text, its number in the guarded one; 0 for an empty line."""
    lines = tuple(text.splitlines())
    if not guards.has_guards(text):
        return tuple(range(1, len(lines) + 1))
    _, errors = guards.read(text, file, story)
    if errors:
        raise WeaveErrors(errors)
    return _unifdef(lines, story.stage(stage).number, tuple(story.names), file)


@lru_cache(maxsize=4096)
def _unifdef(
    lines: tuple[str, ...], number: int, names: tuple[str, ...], file: str
) -> tuple[int, ...]:
    """Numbers of the lines that stay; 0 stands for an empty line."""
    shown = [
        line.strip() if guards.CONDITIONAL.match(line) else str(n) if line.strip() else ""
        for n, line in enumerate(lines, 1)
    ]
    command = ["unifdef", "-B", "-x", "2", f"-DSTAGE={number}"]
    command += [f"-D{name}={n}" for n, name in enumerate(names, 1)]
    try:
        done = subprocess.run(
            command, input="\n".join(shown) + "\n", text=True, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise WeaveError(
            "unifdef", None, "the program is not installed", "apt-get install unifdef"
        ) from None
    if done.returncode != 0:
        raise WeaveError(file, None, f"unifdef says: {done.stderr.strip()}", "mend the guards")
    kept = done.stdout.splitlines()
    if any(line and not line.isdigit() for line in kept):
        raise WeaveError(file, None, "unifdef left a guard standing", "mend the guards")
    return tuple(int(line or 0) for line in kept)


def source(path: str, story: Story) -> str:
    """The guarded text of a file of the story."""
    try:
        return (story.root / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WeaveError(
            STORY,
            story.line_of(f'"{path}"'),
            f"{path} does not exist",
            "write the file, or take it out of the list",
        ) from None


def file_at(path: str, stage: str | Stage, story: Story) -> str:
    return clean(source(path, story), stage, story, path)


def tree(stage: str | Stage | None, story: Story) -> dict[str, str]:
    """Every file of the clean tree, by path, in memory."""
    stage = story.stage(stage)
    alive = story.files_alive(stage)
    files = {path: file_at(path, stage, story) for path in alive}
    copied = COPIED + (
        ("diagrams/CMakeLists.txt",)
        if any(path.startswith("diagrams/scenes/") for path in alive)
        else ()
    )
    for path in copied:
        if (story.root / path).exists():
            files[path] = (story.root / path).read_text(encoding="utf-8")
    files["README.md"] = _readme(stage, story)
    return files


def emit(
    stage: str | Stage | None,
    dest: Path | str,
    root: Path | str | None = None,
    *,
    overwrite: bool = True,
) -> list[str]:
    """Writes the clean tree of a stage to dest; returns the paths that changed.

    Files whose text is unchanged are not touched, so builds in dest stay incremental; files that
    an earlier emission wrote and this one does not are removed; all others are left alone.
    Without `overwrite`, a file edited since it was written is refused.
    """
    story = load(root)
    stage = story.stage(stage)
    dest = Path(dest)
    written = _written_before(dest)
    files = tree(stage, story)
    if not overwrite:
        _refuse_edited(dest, written, files)
    dest.mkdir(parents=True, exist_ok=True)
    # The marker first: a tree left half written is still known to be ours.
    write_if_changed(dest / MARKER, _marker(stage, files, written))
    changed = []
    for path, text in files.items():
        if write_if_changed(dest / path, text):
            changed.append(path)
    for path in sorted(set(written) - set(files)):
        stale = dest / path
        if stale.exists():
            stale.unlink()
            changed.append(path)
        _remove_empty(stale.parent, dest)
    write_if_changed(dest / MARKER, _marker(stage, files, {}))
    return changed


def _marker(stage: Stage, files: dict[str, str], before: dict[str, str]) -> str:
    digests = before | {path: digest(text)[:16] for path, text in files.items()}
    return f"{stage.name}\n" + "".join(f"{d} {path}\n" for path, d in sorted(digests.items()))


def _written_before(dest: Path) -> dict[str, str]:
    """Digests of what an earlier emission wrote into dest; refuses a directory that is not ours."""
    if dest.exists() and not dest.is_dir():
        raise WeaveError(str(dest), None, "is a file", "name a directory")
    if not dest.exists() or not any(dest.iterdir()):
        return {}
    marker = dest / MARKER
    if not marker.exists():
        raise WeaveError(
            str(dest),
            None,
            "is not empty, and no stage was written there before",
            "name an empty or a new directory",
        )
    pairs = [line.split(" ", 1) for line in marker.read_text(encoding="utf-8").splitlines()[1:]]
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _refuse_edited(dest: Path, written: dict[str, str], files: dict[str, str]) -> None:
    for path, before in written.items():
        if (dest / path).is_file():
            now = (dest / path).read_text(encoding="utf-8", errors="replace")
            if digest(now)[:16] != before and now != files.get(path):
                raise WeaveError(
                    str(dest / path),
                    None,
                    "was edited since it was written",
                    "name another directory, or pass --force to lose the edits",
                )


def _remove_empty(directory: Path, stop: Path) -> None:
    while directory != stop and directory.is_dir() and not any(directory.iterdir()):
        directory.rmdir()
        directory = directory.parent


def _readme(stage: Stage, story: Story) -> str:
    chapter = story.chapter(stage.chapter)
    return f"""# Raft, Step by Step: the stage {stage.name}

This is the code as it stands at the stage {stage.name} of chapter {chapter.number},
"{chapter.title}".
It was written by `./book stage {stage.name}` and builds on its own:

    cmake -S . -B b && cmake --build b && ctest --test-dir b
"""
