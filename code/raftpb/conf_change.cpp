// The names of the changes. Tested by raftpb/describe_test.cpp.
#include "raftpb/conf_change.hpp"

#include <array>

#include "base/check.hpp"

namespace raftpb {
namespace {

constexpr std::array<std::string_view, 4> kTypes = {
    "ConfChangeAddNode",
    "ConfChangeRemoveNode",
    "ConfChangeUpdateNode",
    "ConfChangeAddLearnerNode",
};

constexpr std::array<std::string_view, 3> kTransitions = {
    "ConfChangeTransitionAuto",
    "ConfChangeTransitionJointImplicit",
    "ConfChangeTransitionJointExplicit",
};

}  // namespace

std::string_view name(ConfChangeType type) {
  const auto number = static_cast<std::size_t>(type);
  RAFT_CHECK(number < kTypes.size(), "a change of a member is one of the four");
  return kTypes[number];
}

std::string_view name(ConfChangeTransition transition) {
  const auto number = static_cast<std::size_t>(transition);
  RAFT_CHECK(number < kTransitions.size(), "a transition is one of the three");
  return kTransitions[number];
}

}  // namespace raftpb
