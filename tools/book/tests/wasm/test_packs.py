"""What exercises in C++ need in a page: archives, packs, and what is refused."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from typing import Any

import pytest

from book.common.refusal import Refusal
from book.exercises import model, page
from book.wasm import archive, compiler, objects, packs, parts

needs_compiler = pytest.mark.skipif(bool(compiler.absent()), reason=compiler.absent())


def named(name: str) -> model.Exercise:
    return model.find(name)


def test_an_archive_is_the_same_bytes_for_the_same_files():
    files = {"b/two.txt": b"2" * 600, "one.txt": b"1"}
    made = archive.pressed(archive.tar(files))
    assert made == archive.pressed(archive.tar(dict(reversed(files.items()))))
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(made))) as read:
        assert {m.name: read.extractfile(m).read() for m in read} == files
        assert {(m.mtime, m.uid, m.uname) for m in read} == {(0, 0, "")}


def test_a_file_reads_what_it_includes_and_what_that_includes():
    tree = {
        "code/a.hpp": '#include "b.hpp"\n',
        "code/b.hpp": "#include <vector>\n",
        "code/c.hpp": "",
        "code/a.cpp": '#include "a.hpp"\n',
    }
    assert sorted(packs.closure("code/a.cpp", tree)) == ["code/a.cpp", "code/a.hpp", "code/b.hpp"]


def test_a_program_is_linked_with_the_highest_room_it_includes_and_those_below():
    tree = {
        f"code/{room}/{name}.cpp": ""
        for room in ("base", "raftpb", "raft", "rafttest", "node")
        for name in ("x", "x_test", "x_main")
    }
    found = packs.library(tree, '#include "raftpb/codec.hpp"\n')
    assert found == ["code/base/x.cpp", "code/raftpb/x.cpp"]


@needs_compiler
def test_a_readers_file_is_in_no_pack():
    pack = packs.pack(named("log/three-places-to-cut"))
    assert pack.manifest["sources"] == ["code/raft/log_unstable.cpp"]
    compiled = {order.source for order in pack.first}
    assert "code/raft/log_unstable.cpp" not in compiled
    assert {"test.cpp", "code/raft/log.cpp"} <= compiled
    assert "code/raft/log_unstable.hpp" in pack.headers
    assert not any(path.endswith("_test.hpp") for path in pack.headers)


@needs_compiler
def test_a_kill_has_a_program_for_every_wrong_node_and_its_header_if_that_is_wrong():
    exercise = named("majorities/four-wrong-quorums")
    pack = packs.pack(exercise)
    programs: Any = pack.manifest["programs"]
    assert [p["name"] for p in programs] == ["", *(m.name for m in exercise.mutants)]
    for program, mutant in zip(programs[1:], exercise.mutants, strict=True):
        assert bool(program["headers"]) == mutant.file.endswith(".hpp")
        assert any(name.startswith("wrong/") for name in program["objects"])
        assert set(program["objects"]) <= pack.then.keys()


@needs_compiler
def test_what_the_compiler_refuses_is_told_with_its_words(tmp_path):
    (tmp_path / "sysroot.tar").write_bytes(parts.sysroot())
    with (
        objects.kept_in(tmp_path),
        pytest.raises(Refusal, match="no member named|unknown type|error"),
    ):
        objects.make(
            [objects.Order("precompile", "x.hpp", {"x.hpp": "nonsense here;\n"})],
            tmp_path / "sysroot.tar",
        )
    assert not list(tmp_path.glob("*.draft"))


def test_every_compiling_exercise_has_code_to_compile():
    for exercise in model.load_all():
        if page.compiles(exercise):
            assert json.dumps(page.data(exercise)["files"]).count(".cpp") >= 1
