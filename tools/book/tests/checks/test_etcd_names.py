"""Names of etcd's, looked for in a module that is made here."""

from __future__ import annotations

import pytest

from book.checks import etcd_names


@pytest.fixture
def module(tmp_path):
    (tmp_path / "quorum").mkdir()
    (tmp_path / "quorum" / "joint.go").write_text("type JointConfig [2]MajorityConfig\n")
    return tmp_path


@pytest.mark.parametrize(
    "text, target, wrong",
    [
        ("JointConfig <quorum/joint.go>", "quorum/joint.go", ""),
        ("quorum/joint.go", "quorum/joint.go", ""),
        ("JointConfig, Majority <quorum/joint.go>", "quorum/joint.go", "has no Majority"),
        ("JointConfig <quorum/join.go>", "quorum/join.go", "is not in etcd's raft"),
        ("JointConfig <quorum>", "quorum", "is not in etcd's raft"),
    ],
)
def test_a_link_names_what_is_there(module, text, target, wrong):
    said = etcd_names.of_link(module, "a.rst:1", text, target)
    assert (wrong in said and said.startswith("a.rst:1: ")) if wrong else said == ""


def test_pages_name_many():
    if (place := etcd_names.module()) is None:
        pytest.skip("the Go module is not at hand")
    assert len(list(etcd_names.judge(place))) > 400
