"""Compilers and GoogleTest, translated."""
from book.exercises.explain import compiler, failure

GCC = """/t/tree/code/node/node.cpp: In member function 'int f()':
/t/tree/code/node/node.cpp:12:10: error: 'foo' was not declared in this scope
   12 |   return foo;
      |          ^~~
/t/tree/code/csp/a.hpp:3:1: warning: unused
/t/tree/exercise/exercise.cpp:4:2: error: expected ';'
    4 |   x
"""
NAMES = {"/t/tree/exercise/exercise.cpp": "practice/p/test.cpp",
         "/t/tree/code/node/node.cpp": "practice/p/code/node/node.cpp", "/t/tree/": ""}


def test_errors_stand_at_the_readers_own_files():
    told = compiler(GCC, NAMES)
    assert told[0] == "practice/p/code/node/node.cpp:12: 'foo' was not declared in this scope"
    assert told[1].strip() == "12 |   return foo;"
    assert "practice/p/test.cpp:4: expected ';'" in told
    assert not any("warning" in text or "/t/tree" in text for text in told)


def test_of_many_errors_the_first_are_told():
    told = compiler("".join(f"a.cpp:{n}:1: error: e{n}\n" for n in range(1, 9)), {})
    assert told == ["a.cpp:1: e1", "a.cpp:2: e2", "a.cpp:3: e3", "a.cpp:4: e4",
                    "… and 4 more; mend the first, the others often go with it"]


def test_a_missing_body_is_said_in_words():
    told = compiler("x.o: in function `main':\nx.cpp:1: undefined reference to `a::f(int)'\n", {})
    assert told == ["nothing defines a::f(int): it is declared and used, but its body is missing"]


def test_an_equality():
    told = failure("/t/tree/exercise/exercise.cpp:9\nExpected equality of these values:\n"
                   "  ch.size()\n    Which is: 0\n  2\nboth values wait", NAMES)
    assert told == ["practice/p/test.cpp:9", "`ch.size()` is 0, but should equal 2",
                    "both values wait"]


def test_a_truth():
    told = failure("a.cpp:3\nValue of: ok\n  Actual: false\nExpected: true\nwhy", {})
    assert told == ["a.cpp:3", "`ok` is false; it should be true", "why"]


def test_an_order():
    assert failure("a.cpp:3\nExpected: (a) < (b), actual: 3 vs 2", {}) == \
        ["a.cpp:3", "a < b should hold; seen: 3 vs 2"]


def test_the_tests_own_words_stay():
    assert failure("a.cpp:3\nFailed\nnobody answered", {}) == ["a.cpp:3", "nobody answered"]


def test_bytes_of_an_object_and_the_empty_error_code_are_put_in_words():
    told = failure("a.cpp:3\nExpected equality of these values:\n  f()\n    Which is: system:0\n"
                   "  timeout\n    Which is: 4-byte object <01-00 00-00>", {})
    assert told == ["a.cpp:3", "`f()` is no error, but should equal `timeout`"]


def test_bytes_in_a_list_tell_no_more():
    told = failure("a.cpp:3\nExpected equality of these values:\n  f()\n    Which is: { 4-byte object <01-00 00-00> }\n"
                   "  wanted\n    Which is: { 4-byte object <02-00 00-00> }\nanother entry", {})
    assert told == ["a.cpp:3", "`f()` is something else, but should equal `wanted`", "another entry"]


def test_every_failure_of_a_test_is_put_in_words():
    once = "/t/tree/exercise/exercise.cpp:9\nExpected equality of these values:\n  ch.size()\n    Which is: 0\n  2\nwhy"
    told = failure(once + "\n" + once.replace(":9", ":12"), NAMES)
    said = ["`ch.size()` is 0, but should equal 2", "why"]
    assert told == ["practice/p/test.cpp:9", *said, "practice/p/test.cpp:12", *said]
