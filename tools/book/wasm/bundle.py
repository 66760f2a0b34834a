"""The pages' scripts that hold npm packages: bundle.mjs makes each one file when it changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from book.common import process
from book.common.paths import BUILD, PAGE_COMPILER, ROOT
from book.common.refusal import Refusal
from weave.digests import digest

PROGRAM = Path(__file__).with_suffix(".mjs")
EDITOR = ROOT / "tools" / "site" / "play" / "js" / "exercises" / "editor.js"


def absent() -> str:
    """What is missing to bundle, in a few words; or nothing."""
    missing = [] if shutil.which("node") else ["node"]
    missing += [] if (ROOT / "node_modules" / "esbuild-wasm").exists() else ["esbuild-wasm"]
    return (
        f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"
        if missing
        else ""
    )


def bundle(entry: Path, out: Path) -> None:
    """Nothing is done if the bundle is there and neither its folder nor the packages changed."""
    known = digest(
        *(
            path.read_bytes()
            for path in [ROOT / "package-lock.json", PROGRAM, *sorted(entry.parent.glob("*.js"))]
        )
    )
    stamp = BUILD / "setup" / f"{out.name}.bundled"
    if out.exists() and stamp.exists() and stamp.read_text() == known:
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    done = process.run(["node", PROGRAM, entry, out], cwd=ROOT, timeout=120)
    if not done.ok:
        raise Refusal(
            f"{entry.relative_to(ROOT)} could not be bundled: {done.tail(5)}", "mend the script"
        )
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(known)


def place() -> None:
    """The editor of exercises in C++, where the site finds it; none there, if it can't be made."""
    if absent():
        (PAGE_COMPILER / "editor.js").unlink(missing_ok=True)
    else:
        bundle(EDITOR, PAGE_COMPILER / "editor.js")
