"""Who plays the conversations: etcd's own raft, and ours."""

from __future__ import annotations

import re
import shutil

from book.common import process
from book.common.paths import BUILD, ROOT
from book.common.refusal import Refusal
from book.conformance.players import Program
from book.cpp import cmake
from book.cpp.stage_trees import stage_tree

GO = ROOT / "code" / "conformance"
PROGRAM = BUILD / "conformance" / "etcd"
ENV = {
    "GOFLAGS": "-mod=readonly",
    "GOTOOLCHAIN": "local",
    "GO111MODULE": "on",
    "GOCACHE": str(BUILD / "gocache"),
}


class Absent(Exception):
    """Why there is no etcd to compare with."""


def etcd() -> Program:
    """Etcd's raft, built from its Go module; the module comes from where Go gets its modules."""
    if not shutil.which("go"):
        raise Absent("Go is not installed")
    done = process.run(["go", "build", "-o", PROGRAM, "."], cwd=GO, env=ENV, timeout=600)
    if done.ok:
        return Program((PROGRAM,))
    if found := re.search(r"go\.mod requires go >= (\S+)", done.output):
        raise Absent(f"go.etcd.io/raft/v3 needs Go {found[1]}")
    if re.search(
        r"dial tcp|no such host|i/o timeout|connection refused|Bad Gateway|"
        r"module lookup disabled|TLS handshake|certificate",
        done.output,
    ):
        raise Absent("the module go.etcd.io/raft/v3 can't be had")
    raise Refusal(f"code/conformance does not build:\n{done.tail(12)}")


def ours(tell: cmake.Tell | None = None) -> Program:
    """The program `scenario` of the last stage."""
    tree = stage_tree()
    where = tree / "t"
    done = cmake.configure(tree, where, werror=True)
    if done.ok:
        done = cmake.build(where, ["scenario"], tell)
    if not done.ok:
        raise Refusal(
            "the program `scenario` does not build:\n" + cmake.complaints(done.output)[-3000:],
            "mend the code",
        )
    return Program((where / "scenario", "--rewrite"))
