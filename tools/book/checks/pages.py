"""Checks of the book: its scenes, its pages built strictly, with Debian's Sphinx and with PyPI's,
its links, and its pages in a real browser.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from book.checks import links as link_check
from book.checks.outcome import Context, Outcome, broken, counted
from book.common import process, sources, terminal
from book.common.paths import BUILD, ROOT, SITE
from book.common.refusal import Refusal
from book.cpp.stage_trees import stage_tree
from book.scenes import drawing, pictures, scenario_files
from book.serving.server import serving
from book.site import build
from book.wasm import core

RUNS = 3


def scenes(context: Context) -> Outcome:
    """Every scene prints the same trace in every run, and its transcript is the committed one. Of a
    scenario file, the conversation in it is."""
    tree = stage_tree()
    programs = pictures.build_programs(tree, strict=True)
    names = pictures.names(tree)
    outcome, log = Outcome(), []
    traces: dict[str, list[str]] = {}
    complaints: dict[str, str] = {}
    for name in names:
        try:
            if context.rewrite and name in scenario_files.names():
                process.run(
                    [
                        programs / scenario_files.PLAYER,
                        "--rewrite",
                        scenario_files.FOLDER / f"{name}.txt",
                    ]
                )
            traces[name] = [pictures.run(programs, name) for _ in range(RUNS)]
            pictures.keep_trace(name, traces[name][0])
        except Refusal as error:
            complaints[name] = str(error)
    drawn = drawing.scenes({name: runs[0] for name, runs in traces.items()})
    for name, scene in drawn.items():
        complaints[name] = (
            str(scene)
            if isinstance(scene, drawing.PictureError)
            else _differs(name, traces[name], scene.transcript, context.rewrite)
        )
    for name in names:
        complaint = complaints[name]
        outcome.passed += not complaint
        outcome.failed += bool(complaint)
        log.append(
            f"{'FAILED' if complaint else 'ok'} {name}" + (f": {complaint}" if complaint else "")
        )
    pictures.drop_stale_traces(names)
    outcome.log = "\n".join(log)
    return outcome


def _differs(name: str, traces: list[str], text: str, rewrite: bool) -> str:
    if len(set(traces)) > 1:
        return (
            f"{RUNS} runs gave {len(set(traces))} different traces: the scene is not deterministic"
        )
    if name in scenario_files.names():
        return ""  # the run has compared it
    golden = ROOT / "diagrams" / "scenes" / f"{name}.txt"
    if rewrite:
        golden.write_text(text, encoding="utf-8")
    mend = "if the new one is right: ./book test --only scenes --rewrite"
    if not golden.exists():
        return f"{golden.relative_to(ROOT)} is missing; {mend}"
    wanted = golden.read_text(encoding="utf-8")
    if wanted == text:
        return ""
    pairs = enumerate(zip(wanted.splitlines() + [""], text.splitlines() + [""]), 1)
    number, (was, now) = next((n, pair) for n, pair in pairs if pair[0] != pair[1])
    return (
        f"{golden.relative_to(ROOT)}:{number}: committed `{was.strip()}`, "
        f"the run says `{now.strip()}`; {mend}"
    )


def book(_: Context) -> Outcome:
    """Sphinx with warnings as errors, from nothing."""
    tree = stage_tree()
    pictures.ensure_traces(tree)
    core.place(tree)
    build.make_compiler()
    everything, extensions = sources.digest(), build.extensions_digest()
    done = build.sphinx(SITE, BUILD / "doctrees", strict=True, fresh=True)
    outcome = _sphinx_outcome(done)
    if outcome.ok:
        build.remember(everything, extensions)
    return outcome


def _sphinx_outcome(done: process.Done, out: Path = SITE) -> Outcome:
    wrong = [t for t in done.output.splitlines() if "WARNING" in t or "ERROR" in t]
    pages = len(list(out.rglob("*.html"))) if out.exists() else 0
    if done.ok:
        return Outcome(pages, 0, done.output)
    return Outcome(
        max(0, pages - len(wrong)), max(1, len(wrong)), "\n".join(wrong) + "\n\n" + done.tail(20)
    )


def book_pypi(_: Context) -> Outcome:
    """The same with current Sphinx, Breathe and Furo from PyPI."""
    venv = BUILD / "venv-pypi"
    python = venv / "bin" / "python"
    wanted = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    stamp = venv / "requirements.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(venv, ignore_errors=True)
        done = process.run([sys.executable, "-m", "venv", venv], timeout=300)
        if not done.ok:
            return Outcome(skipped="Python's venv is not there (python3-venv)", log=done.output)
        done = process.run(
            [
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--retries",
                "1",
                "--disable-pip-version-check",
                "-r",
                ROOT / "requirements.txt",
            ],
            timeout=900,
        )
        if not done.ok:
            unreachable = re.search(
                "Temporary failure|NewConnectionError|timed out|ProxyError|"
                "SSLError|Max retries|Could not fetch URL",
                done.output,
            )
            if unreachable:
                return Outcome(skipped="PyPI can't be reached", log=done.output)
            return broken("pip could not install requirements.txt:\n" + done.output)
        stamp.write_text(wanted, encoding="utf-8")
    out = BUILD / "site-pypi"
    done = build.sphinx(out, BUILD / "doctrees-pypi", python=str(python), strict=True, fresh=True)
    outcome = _sphinx_outcome(done, out)
    # The command itself, under PyPI's typer.
    done = process.run(
        [python, "-m", "book", "xyzzy"], timeout=60, env={"PYTHONPATH": str(ROOT / "tools")}
    )
    if done.code == 2 and "No such command 'xyzzy' — ./book --help" in done.output:
        outcome.passed += 1
    else:
        outcome.failed += 1
        outcome.log += "\n$ ./book xyzzy\n" + done.output
    return outcome


def _ensure_site() -> None:
    if not (SITE / "index.html").exists():
        build.build_site(terminal.Quiet)


def links(_: Context) -> Outcome:
    """Every link and anchor inside the book leads somewhere."""
    _ensure_site()
    good, wrong = link_check.check(SITE)
    return Outcome(good, len(wrong), "\n".join(wrong))


def pages(_: Context) -> Outcome:
    """The pages in headless Chromium."""
    return _driven("run.mjs", "chromium", "playwright-core", timeout=2400)


def firefox(_: Context) -> Outcome:
    """What pages bring along, in headless Firefox."""
    return _driven("firefox.mjs", "firefox-esr", "ws", timeout=240)


def _driven(name: str, browser: str, driver: str, timeout: float) -> Outcome:
    """Runs a program that drives a browser through the served site, and counts what it says."""
    for command in ("node", browser):
        if not shutil.which(command):
            return Outcome(skipped=f"{command} is not installed")
    if not (ROOT / "node_modules" / driver).exists():
        return Outcome(skipped=f"npm could not bring {driver}: see build/setup/npm.log")
    _ensure_site()
    with serving(SITE) as address:
        done = process.run(
            ["node", ROOT / "tools" / "site" / "pages_test" / name, address],
            cwd=ROOT,
            timeout=timeout,
            env={
                "BOOK_ADDRESS": address,
                "BOOK_SITE": str(SITE),
                "BOOK_CHROMIUM": str(shutil.which("chromium")),
                "BOOK_FIREFOX": str(shutil.which("firefox-esr")),
                "BOOK_PROGRAM": str(scenario_files.build_player()),
            },
        )
    numbers = counted(done.output)
    if numbers is None:
        return broken("the page tests did not come to an end:\n" + done.output)
    passed, failed = numbers
    if not done.ok and not failed:
        failed = 1
    return Outcome(passed, failed, done.output)
