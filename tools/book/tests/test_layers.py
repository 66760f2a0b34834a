"""The folders of the command stand one upon the other."""
from weave.lint_imports import read

from book import LAYERS
from book.common.paths import ROOT

HOME = ROOT / "tools" / "book"
ORDER = ["", *LAYERS, "__main__"]   # `book` itself is below all


def layer(module):
    return module.split(".")[1] if "." in module else ""


def imports_from_above(root):
    """Of the command's modules, its tests apart; also inside functions."""
    return [f"{module.name} imports {name}" for module in read(root).values()
            if module.name.split(".")[0] == "book" and layer(module.name) != "tests"
            for name in module.imports
            if name.split(".")[0] == "book"
            and ORDER.index(layer(name)) > ORDER.index(layer(module.name))]


def test_every_folder_has_its_place():
    folders = {path.parent.name for path in HOME.glob("*/__init__.py")}
    modules = {path.stem for path in HOME.glob("*.py")} - {"__init__", "__main__"}
    assert folders | modules == set(LAYERS)


def test_nothing_is_imported_from_above():
    assert imports_from_above(ROOT) == []


def test_an_import_from_above_is_found_even_inside_a_function(tmp_path):
    for name, text in (("cpp/cmake", "def f():\n    from book.checks import engine\n"),
                       ("checks/engine", "import book.cpp.cmake\n"), ("cli", "from book import cpp\n")):
        path = tmp_path / "tools" / "book" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert imports_from_above(tmp_path) == ["book.cpp.cmake imports book.checks.engine"]


def test_the_tests_stand_as_the_folders_do():
    folders = {path.name for path in (HOME / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} <= set(LAYERS)
