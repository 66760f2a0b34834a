"""The linters and formatters of C++, Python, JavaScript, CSS and RST, each a check.

    ./book test --only ruff --only prettier             what is wrong
    ./book test --only ruff --only prettier --rewrite   mends what a machine can mend

A linter is given files and says lines, `path:line: what`. Their rules are in .clang-format,
.clang-tidy, pyproject.toml, eslint.config.mjs and package.json; those of prose are in prose.py.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.checks import prose, tidy
from book.checks.outcome import Check, Context, Outcome, of_errors
from book.common import process, sources
from book.common.paths import ROOT
from book.common.refusal import Refusal

NPM = ROOT / "node_modules"
RUFF = Path(__file__).with_name("ruff.mjs")


def clang_format(paths: Sequence[Path], rewrite: bool = False) -> list[str]:
    """Of one version, because each lays out a few lines differently."""
    how = "-i" if rewrite else "--dry-run"
    rules = f"--style=file:{ROOT / '.clang-format'}"
    done = process.run(["clang-format-16", rules, how, *paths], cwd=ROOT)
    return _said(done, r"^.+: warning: .+$")


def ruff(paths: Sequence[Path], rewrite: bool = False) -> list[str]:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    asked = {"files": [str(path) for path in paths], "options": options, "rewrite": rewrite}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(asked, file)
        file.flush()
        return _said(process.run(["node", RUFF, file.name], cwd=ROOT), r"^.+: .+$", code=0)


def mypy(paths: Sequence[Path], _: bool = False) -> list[str]:
    rules = ["--config-file", "pyproject.toml", "--no-error-summary"]
    return _said(process.run(["mypy", *rules, *paths], cwd=ROOT), r"^.+: error: .+$")


def eslint(paths: Sequence[Path], rewrite: bool = False, cwd: Path = ROOT) -> list[str]:
    """Files have to lie below `cwd`: it lints no others."""
    how = ["--fix"] if rewrite else []
    rules = ["--config", str(ROOT / "eslint.config.mjs"), "--format", "json", *how]
    program = NPM / "eslint" / "bin" / "eslint.js"
    done = process.run(["node", program, *rules, *paths], cwd=cwd, errors_too=False)
    try:
        judged = json.loads(done.output)
    except ValueError:
        raise Refusal("eslint could not run:\n" + done.tail()) from None
    return [
        f"{Path(file['filePath']).relative_to(cwd)}:{it['line']}: {it['message']} {it['ruleId']}"
        for file in judged
        for it in file["messages"]
    ]


def prettier(paths: Sequence[Path], rewrite: bool = False) -> list[str]:
    program = NPM / "prettier" / "bin" / "prettier.cjs"
    how = ["--write", "--log-level", "warn"] if rewrite else ["--list-different"]
    rules = ["--config", str(ROOT / "package.json")]
    named = _said(process.run(["node", program, *rules, *how, *paths], cwd=ROOT), "^.+$")
    return [f"{line}: is not formatted as prettier does it" for line in named]


def _said(done: process.Done, pattern: str, code: int = 1) -> list[str]:
    """What a linter found; one that found nothing and yet failed could not run."""
    found: list[str] = re.findall(pattern, done.output, re.MULTILINE)
    if done.timed_out or done.code not in (0, code) or (not done.ok and not found):
        raise Refusal("the linter could not run:\n" + done.tail())
    return found


@dataclass(frozen=True)
class Linter:
    name: str
    what: str
    lint: Callable[[Sequence[Path], bool], list[str]]
    suffixes: tuple[str, ...]
    places: tuple[str, ...]
    program: str = ""  # on the PATH
    package: str = ""  # of npm
    rules: tuple[str, ...] = ()  # files that its verdict depends on, besides those it reads
    slow: bool = False
    after: tuple[str, ...] = ()  # who rewrites the same files first

    def files(self) -> list[Path]:
        found = [p for p in sources.files(self.places) if p.suffix in self.suffixes]
        return [p.relative_to(ROOT) for p in found]

    def absent(self) -> str:
        for program in filter(None, (self.program, self.package and "node")):
            if not shutil.which(program):
                return f"{program} is not installed"
        if self.package and not (NPM / self.package / "package.json").exists():
            return f"npm's {self.package} is missing; see build/setup/npm.log"
        return ""

    def run(self, context: Context) -> Outcome:
        if why := self.absent():
            return Outcome(skipped=why)
        files = self.files()
        if context.rewrite:
            self.lint(files, True)
        lines = self.lint(files, False)
        return of_errors(len(files), lines, "\n".join(lines))

    def check(self) -> Check:
        inputs = self.places + self.rules
        return Check(
            self.name, self.what, self.run, inputs, slow=self.slow, after=self.after, weight=0.2
        )


CPP = ("code", "diagrams", "exercises", "tools")
PYTHON = ("conf.py", "tools")
SCRIPTS = ("eslint.config.mjs", "tools")
RUFF_PACKAGE = "@astral-sh/ruff-wasm-nodejs"
LINTERS = (
    Linter("clang-format", "C++ is laid out as .clang-format says", clang_format,
           (".cpp", ".hpp"), CPP, "clang-format-16", rules=(".clang-format",)),
    Linter("clang-tidy", "likely bugs in the node's C++", tidy.lint,
           (".cpp",), ("code",), "clang-tidy-16", rules=(".clang-tidy", "chapters/story.toml"),
           slow=True),
    Linter("ruff", "Python: layout, imports, likely bugs", ruff,
           (".py",), PYTHON, package=RUFF_PACKAGE, rules=("pyproject.toml",)),
    Linter("mypy", "Python: types", mypy, (".py",), PYTHON, "mypy", rules=("pyproject.toml",)),
    Linter("eslint", "JavaScript: likely bugs, lines of 100", eslint,
           (".js", ".mjs"), SCRIPTS, package="eslint", rules=("package-lock.json",),
           after=("prettier",)),
    Linter("prettier", "JavaScript and CSS: layout", prettier,
           (".js", ".mjs", ".css"), SCRIPTS, package="prettier", rules=("package.json",)),
    Linter("prose", "RST: sentences on lines of their own, lines of 100, chapters of 3,800 words",
           prose.lint, (".rst",), ("chapters", "docs", "exercises", "index.rst")),
)  # fmt: skip
REWRITING = {"clang-format", "ruff", "eslint", "prettier"}


def checks() -> list[Check]:
    return [linter.check() for linter in LINTERS]
