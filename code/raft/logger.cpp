// How log lines spell an id. Tested by raft/raft_of_one_test.cpp.
#include "raft/logger.hpp"

#include <array>
#include <charconv>

namespace raft {

std::string hex(NodeId id) {
  std::array<char, 16> digits{};  // 64 bits, four to a digit
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), id, 16).ptr;
  return {digits.data(), end};
}

}  // namespace raft
