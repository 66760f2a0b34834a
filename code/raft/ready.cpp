// When a write must be forced to the disk. Tested by raft/raft_of_one_test.cpp.
#include "raft/ready.hpp"

namespace raft {

bool mustSync(const HardState& now, const HardState& before, std::size_t entries) {
  return entries != 0 || now.vote != before.vote || now.term != before.term;
}

}  // namespace raft
