"""The folders of the command stand one upon the other."""
import ast

from book import LAYERS
from book.common.paths import ROOT

HOME = ROOT / "tools" / "book"
ORDER = list(LAYERS)


def imported(text):
    """The layers that a module imports from, also inside functions."""
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("book."))


def upward(layer, text):
    return [other for other in imported(text)
            if other in ORDER and ORDER.index(other) > ORDER.index(layer)]


def test_every_folder_has_its_place():
    folders = {path.name for path in HOME.iterdir() if path.is_dir() and path.name != "__pycache__"}
    modules = {path.stem for path in HOME.glob("*.py")}
    assert folders - {"tests"} | modules - {"__init__", "__main__"} == set(ORDER)


def test_nothing_is_imported_from_above():
    for layer in ORDER:
        for path in sorted((HOME / layer).rglob("*.py")):
            assert upward(layer, path.read_text(encoding="utf-8")) == [], path


def test_an_import_from_above_is_found_even_inside_a_function():
    assert upward("cpp", "def f():\n    from book.checks import engine\n") == ["checks"]
    assert upward("cpp", "import book.site.build\n") == ["site"]
    assert upward("cpp", "from book import wasm\nfrom book.common import paths\n") == ["wasm"]


def test_the_tests_stand_as_the_folders_do():
    folders = {path.name for path in (HOME / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} <= set(ORDER)
