"""The files that the book is made from."""

from book.common import sources
from weave.files import GENERATED


def test_what_the_build_writes_is_no_source(tmp_path):
    (tmp_path / GENERATED).mkdir(parents=True)
    (tmp_path / GENERATED / "a.rst").touch()
    (tmp_path / "docs" / "b.rst").touch()
    assert sources.files(("docs",), tmp_path) == [tmp_path / "docs" / "b.rst"]
