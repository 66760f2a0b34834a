"""The link that reports a mistake."""

import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from bookext import report  # noqa: E402


def context(repository):
    app = SimpleNamespace(
        config=SimpleNamespace(book_repository=repository), env=SimpleNamespace(book_commit="abc")
    )
    told = {"pathto": lambda name: f"../{name}.html"}
    report._into_page(app, "chapters/log", "page.html", told, None)
    return told["report_mistake"]


def test_an_issue_names_the_page_and_the_commit():
    address = urlsplit(context("https://github.com/somebody/book/"))
    assert address.path == "/somebody/book/issues/new"
    asked = parse_qs(address.query)
    assert asked["title"] == ["chapters/log: "]
    assert "Page: chapters/log\nCommit: abc\n" in asked["body"][0]


def test_without_a_repository_the_errata_page_helps():
    assert context("") == "../docs/errata.html"


def test_outside_a_repository_no_commit_is_known(tmp_path):
    assert report.commit(tmp_path) == ""
