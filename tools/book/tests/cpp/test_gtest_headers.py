"""The header that is compiled once for the tests of all builds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from book.cpp import gtest_headers


@pytest.fixture
def place(tmp_path: Path) -> Path:
    if not shutil.which("g++") or not gtest_headers.GTEST.exists():
        pytest.skip("g++ or GoogleTest is not installed")
    place = tmp_path / "headers" / "tests.hpp"
    place.parent.mkdir()
    place.write_text("#include <cstddef>\n")
    return place


def configured(build: Path, place: Path, flags: str) -> Path:
    """A build directory with one test in it."""
    build.mkdir(parents=True)
    command = f"/usr/bin/g++ -I{build}/../code {flags} -include {place} -o a_test.o -c a_test.cpp"
    entry = {"directory": str(build), "file": "a_test.cpp", "command": command}
    (build / "compile_commands.json").write_text(json.dumps([entry]))
    return build


def test_a_strict_build_has_the_same_header_as_another(tmp_path, place):
    compiled = place.with_suffix(".hpp.gch")
    gtest_headers.precompile(configured(tmp_path / "a/t", place, "-O0 -Werror"), place, {})
    first = compiled.stat().st_mtime_ns
    gtest_headers.precompile(configured(tmp_path / "b/b", place, "-O0"), place, {})
    assert compiled.stat().st_mtime_ns == first


def test_with_other_flags_it_is_compiled_anew(tmp_path, place):
    compiled = place.with_suffix(".hpp.gch")
    gtest_headers.precompile(configured(tmp_path / "a/t", place, "-O0"), place, {})
    first, told = compiled.stat().st_mtime_ns, place.with_suffix(".hpp.gch.sum").read_text()
    gtest_headers.precompile(configured(tmp_path / "b/t", place, "-O1"), place, {})
    assert compiled.stat().st_mtime_ns != first
    assert place.with_suffix(".hpp.gch.sum").read_text() != told
