// Changes of the membership, as an entry's data carries them.
//
// ConfChange changes one member and is what etcd itself still proposes; ConfChangeV2 can
// change several at once. Part III builds what they do. They are here because an entry
// that holds one must be read and described like any other.
// Tested by raftpb/codec_test.cpp and raftpb/describe_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "raftpb/message.hpp"

namespace raftpb {

/// What happens to one member.
enum class ConfChangeType : std::int32_t {
  ConfChangeAddNode = 0,
  ConfChangeRemoveNode = 1,
  ConfChangeUpdateNode = 2,  ///< nothing, for Raft: its address changed
  ConfChangeAddLearnerNode = 3,
};

/// How several changes are made at once.
enum class ConfChangeTransition : std::int32_t {
  ConfChangeTransitionAuto = 0,           ///< joint only if more than one changes
  ConfChangeTransitionJointImplicit = 1,  ///< joint, and left without being asked
  ConfChangeTransitionJointExplicit = 2,  ///< joint, until told to leave
};

/// The type's name as etcd writes it, or its number.
std::string name(ConfChangeType type);

/// The transition's name as etcd writes it, or its number.
std::string name(ConfChangeTransition transition);

/// One change of one member.
struct ConfChange {
  std::uint64_t id = 0;  ///< the application's, to find who waits for it
  ConfChangeType type = ConfChangeType::ConfChangeAddNode;
  NodeId nodeId = 0;
  base::Bytes context = {};  ///< the application's, such as the member's address

  bool operator==(const ConfChange&) const = default;
};

/// One of the changes in a ConfChangeV2.
struct ConfChangeSingle {
  ConfChangeType type = ConfChangeType::ConfChangeAddNode;
  NodeId nodeId = 0;

  bool operator==(const ConfChangeSingle&) const = default;
};

/// Any number of changes. None at all means: leave the joint configuration.
struct ConfChangeV2 {
  ConfChangeTransition transition = ConfChangeTransition::ConfChangeTransitionAuto;
  std::vector<ConfChangeSingle> changes = {};
  base::Bytes context = {};

  bool operator==(const ConfChangeV2&) const = default;
};

}  // namespace raftpb
