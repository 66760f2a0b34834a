"""A small book in a temporary tree: three stages, two chapters, one room."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from weave.trees.history import History

STORY = """
[[part]]
title = "One"

[[part.chapter]]
slug = "first"
title = "First"

[[part.chapter.stage]]
name = "ALPHA"
born = ["code/base/old.hpp", "code/base/counter.hpp", "code/base/counter.cpp",
  "code/base/counter_test.cpp"]

[[part.chapter]]
slug = "second"
title = "Second"

[[part.chapter.stage]]
name = "BETA_NAIVE"
born = ["code/base/slow.hpp"]

[[part.chapter.stage]]
name = "BETA"
born = ["code/base/fast.hpp"]
retired = ["code/base/slow.hpp", "code/base/old.hpp"]
"""

COUNTER_HPP = """// A counter. Tested by base/counter_test.cpp.
#pragma once

#include <string>

/// Says it.
#define SAY(x) \\
  do { (void)(x); } while (0)

namespace base {

/// Numbers.
using Number = int;

/// Kinds of counting.
enum class Kind {
  Up,    ///< more
  Down,  ///< less
};

/// Counts things.
template <class T>
class Counter {
 public:
  /// Nothing counted yet.
  Counter() = default;

  /// Is anything counted?
  explicit operator bool() const { return n_ != 0; }

  /// Adds one.
  void add(T value);

  /// The count.
  int count() const { return n_; }

 private:
  int n_ = 0;
  T last_{};
};

template <class T>
void Counter<T>::add(T value) {
  const auto keep = [this](T v) { last_ = v; };
  keep(value);
#if STAGE >= BETA
  n_ += 1;
#else
  n_ = n_ + 1;
#endif
}

/// One of it.
Counter<int> make(int value);

/// Two of it.
Counter<int> make(int value, int other);

/// Big.
const int kBig = 1'000;

/// Raw.
const char* const kRaw = R"(it's
" odd)";

/// Filling, so that the guards stay light.
inline int fill(int a) {
  int b = a;
  b += 1;
  b += 2;
  b += 3;
  b += 4;
  b += 5;
  b += 6;
  return b;
}

}  // namespace base
"""

COUNTER_CPP = """// Making counters.
#include "base/counter.hpp"

namespace base {
namespace {

int hidden(int a) { return a; }

}  // namespace

Counter<int> make(int value) {
  Counter<int> c;
  c.add(hidden(value));
  return c;
}

Counter<int> make(int value, int other) {
  Counter<int> c = make(value);
  c.add(other);
  return c;
}

}  // namespace base
"""

COUNTER_TEST = """#include "base/counter.hpp"

// INV-ALPHA-1
TEST(Counter, Counts) {
  EXPECT_EQ(1, base::make(1).count());
}
"""

SLOW = """// The slow way.
#pragma once
namespace base {

/// Slow.
inline int slow() { return 1; }

}  // namespace base
"""

PAGE_1 = """First
=====

.. invariant:: INV-ALPHA-1

   It counts.

.. newborn:: code/base/counter.hpp
   :fold: All of it

.. newborn:: code/base/counter.cpp#frame

.. newborn:: base::hidden base::make(*)

.. newborn:: code/base/old.hpp

See :sym:`base::Counter::add`.
"""

PAGE_2 = """Second
======

.. newborn:: code/base/slow.hpp
   :stage: BETA_NAIVE

.. retire:: code/base/slow.hpp

.. retire:: code/base/old.hpp

.. newborn:: code/base/fast.hpp

.. grow:: base::Counter::add
"""

FILES = {
    "chapters/story.toml": STORY,
    "chapters/first.rst": PAGE_1,
    "chapters/second.rst": PAGE_2,
    "CMakeLists.txt": "cmake_minimum_required(VERSION 3.18)\n",
    "code/CMakeLists.txt": "# rooms\n",
    "code/base/old.hpp": "// Old.\n#pragma once\n",
    "code/base/counter.hpp": COUNTER_HPP,
    "code/base/counter.cpp": COUNTER_CPP,
    "code/base/counter_test.cpp": COUNTER_TEST,
    "code/base/slow.hpp": SLOW,
    "code/base/fast.hpp": SLOW.replace("slow", "fast").replace("Slow", "Fast"),
}


class Tree:
    """The small book on disk; edit it, then read it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, find: str, replace: str) -> None:
        text = self.read(path)
        assert find in text
        self.write(path, text.replace(find, replace))

    def history(self) -> History:
        return History(self.root)


@pytest.fixture
def tree(tmp_path: Path, kept: Path) -> Tree:
    made = Tree(tmp_path)
    for path, text in FILES.items():
        made.write(path, text)
    # Every test reads the same Doxygen results, kept by content.
    (tmp_path / "build").mkdir()
    (tmp_path / "build/weave").symlink_to(kept)
    return made


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")
