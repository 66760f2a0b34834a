"""The check `wasm`: what the core may ask for, and what counts as a difference."""

from book.checks import wasm
from book.checks.wasm import Played
from book.wasm import core

SAME = Played("campaign 1\n----\nok\n", "[]", "", 0)


def test_texts_and_memory_are_allowed():
    outcome = wasm.judge_symbols(
        [
            "memcpy",
            "operator new(unsigned long)",
            "std::__2::error_code::message() const",
            "std::__2::basic_string<char>::push_back(char)",
            "std::__2::to_string(int)",
            "void std::__2::__sort<std::__2::__less<int, int>&, int*>(int*, int*)",
        ]
    )
    assert (outcome.passed, outcome.failed) == (6, 0)


def test_clocks_threads_and_files_are_not():
    names = [
        "std::__2::chrono::steady_clock::now()",
        "std::__2::thread::detach()",
        "fopen",
        "std::__2::mutex::lock()",
        "std::__2::random_device::operator()()",
        "clock_gettime",
        "std::__2::basic_filebuf<char>::open(char const*)",
        "__cxa_throw",
    ]
    outcome = wasm.judge_symbols(names)
    assert (outcome.passed, outcome.failed) == (0, len(names))
    assert "the pure core asks for fopen\n" in outcome.log


def test_no_symbols_at_all_is_a_failure():
    assert wasm.judge_symbols([]).failed == 1


def test_the_same_is_the_same():
    assert wasm.differs(SAME, SAME) == ""


def test_a_difference_is_told_with_both_lines():
    other = Played("campaign 1\n----\nno\n", "[]", "", 0)
    told = wasm.differs(SAME, other)
    assert told == "the transcript is natively `ok`, in WebAssembly `no`"
    assert "trace" in wasm.differs(SAME, Played(SAME.said, "[1]", "", 0))
    assert "complaint" in wasm.differs(SAME, Played(SAME.said, "[]", "a.txt:1: what?", 0))
    assert "ends with 0" in wasm.differs(SAME, Played(SAME.said, "[]", "", 1))
    assert "not played" in wasm.differs(SAME, None)


def test_a_longer_text_differs_from_its_beginning():
    longer = Played(SAME.said + "and more\n", "[]", "", 0)
    assert "`and more`" in wasm.differs(SAME, longer)


def test_where_both_stop_the_reason_is_the_same():
    native = Played("", "", "1 != 2: why\na.txt:3: this is where the node stopped\n", -6)
    assert wasm.differs(native, Played("", "", "1 != 2: why\n", 134)) == ""
    assert "complaint" in wasm.differs(native, Played("", "", "2 != 3: why\n", 134))
    assert "ends with" in wasm.differs(native, SAME)


def test_what_is_missing_is_one_line(monkeypatch):
    monkeypatch.setattr(core.shutil, "which", lambda command: None)
    monkeypatch.setattr(core, "FILES", {})
    assert core.absent() == "clang-16, lld-16, llvm-16 are not installed"
    monkeypatch.setattr(core, "COMMANDS", {})
    assert core.absent() == ""
