"""The files that the book is made from."""

from book.common import sources


def test_what_the_build_writes_is_no_source(monkeypatch, tmp_path):
    generated = tmp_path / "docs" / "api"
    generated.mkdir(parents=True)
    (generated / "a.rst").touch()
    (tmp_path / "docs" / "b.rst").touch()
    monkeypatch.setattr(sources, "GENERATED", generated)
    assert sources.files(("docs",), tmp_path) == [tmp_path / "docs" / "b.rst"]
