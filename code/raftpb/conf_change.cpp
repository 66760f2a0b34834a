// The names of the changes. Tested by raftpb/describe_test.cpp.
#include "raftpb/conf_change.hpp"

#include <array>
#include <string_view>

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

std::string name(ConfChangeType type) {
  const auto number = static_cast<std::size_t>(type);
  if (number >= kTypes.size()) return std::to_string(static_cast<std::int32_t>(type));
  return std::string(kTypes[number]);
}

std::string name(ConfChangeTransition transition) {
  const auto number = static_cast<std::size_t>(transition);
  if (number < kTransitions.size()) return std::string(kTransitions[number]);
  return std::to_string(static_cast<std::int32_t>(transition));
}

}  // namespace raftpb
