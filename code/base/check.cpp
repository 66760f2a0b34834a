// Where a broken invariant ends. Tested by base/check_test.cpp.
#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace base {

void checkFailed(const char* condition, const char* why, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s (%s)\n", file, line, why, condition);
  std::abort();
}

}  // namespace base
