"""The link checker."""

from book.checks.links import check


def site(tmp_path, **pages):
    for name, text in pages.items():
        path = tmp_path / (name.replace("__", "/") + ".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_good_links_count(tmp_path):
    root = site(
        tmp_path,
        index='<a href="a/b.html#x">b</a><a href="#top">t</a>'
        '<a href="https://example.org/no">out</a><a href="mailto:x@y">m</a>',
        a__b='<h1 id="x"></h1><a href="../index.html">up</a><a href="../">up</a>',
    )
    assert check(root) == (4, [])


def test_a_missing_file_is_told_with_page_and_line(tmp_path):
    root = site(tmp_path, index='<p>\n<a href="no.html">x</a>')
    assert check(root)[1] == ["index.html:2: no.html: there is no such file"]


def test_a_missing_anchor(tmp_path):
    root = site(tmp_path, index='<a href="b.html#nope">x</a>', b="<p id='yes'>")
    assert check(root)[1] == ["index.html:1: b.html#nope: there is no #nope there"]


def test_pictures_and_scripts_are_links_too(tmp_path):
    root = site(tmp_path, index='<img src="a.svg"><script src="b.js?v=1"></script>')
    assert len(check(root)[1]) == 2


def test_a_link_from_the_roof_breaks_below_a_path(tmp_path):
    root = site(tmp_path, index='<a href="/b.html">x</a>', b="")
    assert "starts with /" in check(root)[1][0]


def test_nothing_outside_the_site_is_reached(tmp_path):
    root = site(tmp_path / "s", index='<a href="../../../../../../etc/nothing.html">x</a>')
    assert len(check(root)[1]) == 1
