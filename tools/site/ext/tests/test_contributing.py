"""The contributing pages say what the machinery does: directives, options, roles, keys, files."""

import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("sphinx")

EXT = Path(__file__).resolve().parents[1]
ROOT = EXT.parents[2]
sys.path[:0] = [str(EXT), str(ROOT / "tools")]

from book.exercises import model  # noqa: E402
from bookext import build  # noqa: E402
from weave import sphinx_ext  # noqa: E402

PAGES = ROOT / "docs" / "contributing"
TEMPLATES = PAGES / "templates"


class Listener:
    """Stands in for Sphinx's app, and notes what extensions register."""

    def __init__(self):
        self.directives, self.roles, self.srcdir = {}, set(), ROOT

    def add_directive(self, name, directive, **_):
        self.directives[name] = set(directive.option_spec or {})

    def add_directive_to_domain(self, _, name, directive, **more):
        self.add_directive(name, directive)

    def add_role(self, name, *_, **more):
        self.roles.add(name)

    def add_role_to_domain(self, _, name, *more, **still_more):
        self.roles.add(name)

    def __getattr__(self, name):
        return lambda *_, **more: None


@pytest.fixture(scope="module")
def registered():
    app = Listener()
    sphinx_ext.setup(app)
    build.setup(app)
    return app


def entries(page):
    """A page's definitions: what the first line names, and the lines below it."""
    text = (PAGES / page).read_text(encoding="utf-8")
    found = re.findall(r"^(``.+)\n((?:(?: {3,}.*)?\n)*)", text, re.MULTILINE)
    return {name: body for term, body in found for name in re.findall(r"``(\S+?)``", term)}


def test_every_directive_is_described_with_its_options(registered):
    described = entries("directives.rst")
    shared = (PAGES / "directives.rst").read_text(encoding="utf-8")
    shared = shared[shared.index("All four take") : shared.index("About the stage")]
    verbs = {"newborn", "grow", "recall", "retire"}
    assert verbs <= registered.directives.keys()
    options = {
        name: set(re.findall(r"\| ``:([\w-]+):``", shared if name in verbs else body))
        for name, body in described.items()
        if not name.startswith(":")
    }
    assert options == registered.directives


def test_every_role_is_described(registered):
    described = {name.strip(":") for name in entries("directives.rst") if name.startswith(":")}
    assert registered.roles <= described


def test_every_key_of_an_exercise_is_described():
    described = entries("exercise-files.rst")
    tables = {name.strip("[]") for name in described if name.startswith("[[")}
    assert tables == {table for some in model.TABLES.values() for table in some}
    keys = {name for name in described if re.fullmatch(r"[a-z_]+", name)}
    assert keys == set(model.KEYS)


def test_the_files_and_tables_of_each_kind_are_described():
    text = (PAGES / "exercise-files.rst").read_text(encoding="utf-8")
    for kind, files in model.KINDS.items():
        row = re.search(rf"\* - ``{kind}``\n +- (.*)\n +- (.*)\n", text)
        assert row, kind
        wanted = {file for some in files for file in some.split("|")}
        assert set(re.findall(r"``(.*?)``", row[1])) == wanted
        tables = set(re.findall(r"hole|bug|mutant|expect", row[2]))
        assert tables == set(model.TABLES[kind])


@pytest.mark.parametrize("kind", model.KINDS)
def test_the_template_of_each_kind_is_an_exercise(kind):
    exercise = model.load(TEMPLATES / kind)
    assert exercise.kind == kind and len(exercise.hints) == 3


def test_the_template_of_a_page_uses_what_there_is(registered):
    text = (TEMPLATES / "chapter.rst").read_text(encoding="utf-8")
    used = re.findall(r"^\.\. ([\w-]+)::.*\n((?: {3}:[\w-]+:.*\n)*)", text, re.MULTILINE)
    for name, options in used:
        if name in {"list-table", "code-block"}:
            continue
        assert (
            set(re.findall(r"^ +:([\w-]+):", options, re.MULTILINE)) <= registered.directives[name]
        )
    assert {"chapter", "map", "proofs", "exercises", "card", "for-teachers"} <= dict(used).keys()
