"""The pages' build: what it waits for."""

import pytest

from book.common import sources
from book.common.process import Done
from book.common.terminal import Quiet
from book.site import build


@pytest.mark.parametrize(
    "there, first, made",
    [(False, True, []), (False, False, ["compiler"]), (True, True, ["compiler"])],
)
def test_pages_do_not_wait_for_their_first_compiler(monkeypatch, tmp_path, there, first, made):
    found = []
    monkeypatch.setattr(sources, "digest", lambda: "")
    for name, value in (
        ("up_to_date", False),
        ("extensions_digest", ""),
        ("make_scenes", 0),
        ("compiler_is_there", there),
        ("sphinx", Done(0, "", 0.0)),
        ("remember", None),
    ):
        monkeypatch.setattr(build, name, lambda *_, value=value, **__: value)
    monkeypatch.setattr(build, "make_compiler", lambda _: found.append("compiler") or "")
    monkeypatch.setattr(build, "SITE", tmp_path)
    build.build_site(Quiet, first=first)
    assert found == made
