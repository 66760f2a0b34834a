"""The tests of the command stand as its folders do. Who may import whom, the lint judges."""

from book import LAYERS
from book.common.paths import ROOT


def test_the_tests_stand_as_the_folders_do():
    folders = {path.name for path in (ROOT / "tools/book/tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} <= set(LAYERS)
