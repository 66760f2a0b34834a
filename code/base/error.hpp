// Refusals as values: every "no" that a caller must expect has a name here.
//
// An Error is a std::error_code: a number and a pointer to the table of its texts. It
// costs nothing to return, cannot be thrown, and also carries errno and the standard
// library's own codes unchanged. The default one means "no refusal"; it is what etcd
// calls a nil error. The texts are etcd's and Go's, so that logs and tests of both can be
// compared.
//
// Tested by base/error_test.cpp.
#pragma once

#include <system_error>

namespace base {

/// A refusal, or nothing: `if (error)` asks whether there was one.
using Error = std::error_code;

/// The refusals. A number is never reused for another meaning.
enum class Errc {
  Canceled = 1,      ///< the caller gave up (Go's context.Canceled)
  DeadlineExceeded,  ///< the caller's time ran out (Go's context.DeadlineExceeded)
#if STAGE >= FRONT_DOOR
  ProposalDropped,  ///< the node refused this proposal; it may be tried again (raft.go)
  Stopped,          ///< the node has stopped (node.go)
#endif
#if STAGE >= MESSAGES
  UnexpectedEof,    ///< bytes that end in the middle of a field (raftpb)
  IntegerOverflow,  ///< a number of more than 64 bits (raftpb)
  IllegalTag,       ///< no field can have this number or this way of being written
  WrongWireType,    ///< a field we know, written in another way
  NestedTooDeep,    ///< messages in messages in messages

  Compacted,      ///< the entries were given up for a snapshot (storage.go)
  Unavailable,    ///< the log has not grown that far
  SnapOutOfDate,  ///< we have a newer snapshot
  SnapshotTemporarilyUnavailable,  ///< it is being made; ask again

  StepLocalMsg,      ///< a note to oneself came from outside (rawnode.go)
  StepPeerNotFound,  ///< an answer from a node that we never asked

  AlreadyJoint,             ///< one joint change at a time (confchange.go)
  ZeroVoterJoint,           ///< nobody would be left to vote
  NotJoint,                 ///< there is no joint change to leave
  SimpleInJoint,            ///< leave the joint change first
  MoreThanOneVoterChanged,  ///< needs a joint change
  RemovedAllVoters,         ///< nobody would be left to vote
  UnexpectedConfType,       ///< a change of a type that we do not know
#endif
#if STAGE >= READY
  StepMisdelivered,  ///< a message for another node
  StepMalformed,     ///< a message that no node that keeps the rules would send
#endif
};

/// The table of texts behind Errc.
const std::error_category& raftCategory() noexcept;

/// Makes `Errc` usable wherever an Error is expected.
Error make_error_code(Errc code) noexcept;

}  // namespace base

template <>
struct std::is_error_code_enum<base::Errc> : std::true_type {};
