// RawNode: Raft as an application meets it, without a thread.
//
// Raft has two outboxes, a log and a few numbers. RawNode makes them one value, the
// Ready, and keeps the contract about it: one is out at a time, and what it asks for
// counts when it is advanced. Then Raft is told what it waited for, in this order:
//
//   its promises to itself      the vote it gave itself, the entries it appended
//   the entries are written     they leave the unstable log
//   the entries are applied     they count against no limit any more
//
// A node's own vote and its own copy are promises like everybody's. That they reach it
// only here is why a single node, too, commits nothing that is not on its disk
// (etcd#14370).
//
// Between readyWithoutAccept and acceptReady nothing else may be called.
//
// etcd: rawnode.go. Tested by raft/rawnode_test.cpp.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "raft/bootstrap.hpp"
#include "raft/config.hpp"
#include "raft/raft.hpp"
#include "raft/ready.hpp"
#include "raft/status.hpp"

namespace raft {

/// One node. For one thread at a time; node::Node makes it a thing for many.
class RawNode {
 public:
  /// A node as its storage remembers it. Stops the process if validate(config) has
  /// anything to say.
  explicit RawNode(Config config);

  /// Begins a cluster: the log holds one committed entry for each peer, in term 1. To be
  /// called at once and on an empty storage, with the same peers on all of them.
  void bootstrap(const std::vector<Peer>& peers);

  NodeId id() const { return raft_.id(); }      ///< our own
  NodeId lead() const { return raft_.lead(); }  ///< kNone while there is no leader
  Term term() const { return raft_.term(); }    ///< the present one
  bool hasProgress(NodeId id) const;            ///< does it receive our log?

  void tick() { raft_.tick(); }  ///< one unit of time has passed
  Error campaign();              ///< stand for election now

  /// Proposes one entry. Nil: it was appended, or forwarded. It may still be lost.
  Error propose(base::Bytes data);

  /// Takes a message that came from outside. Errors: mayEnter's, and StepPeerNotFound: an
  /// answer from somebody whom nothing was sent to.
  Error step(raftpb::Message&& m);
  Error step(const raftpb::Message& m) { return step(raftpb::Message(m)); }  ///< a copy

  /// Takes a message that somebody else has let in, as node::Node does: a local one may
  /// be among them.
  Error stepInside(raftpb::Message&& m) { return raft_.step(std::move(m)); }

  bool hasReady() const;              ///< is there anything that a Ready would say?
  Ready readyWithoutAccept() const;   ///< what acceptReady would accept; changes nothing
  void acceptReady(const Ready& rd);  ///< the application has it; one at a time
  Ready ready();                      ///< both in one, without copying the messages
  void advance(const Ready& rd);      ///< the application has done what `rd` asked for

  /// The transport could not reach that node.
  void reportUnreachable(NodeId id);

  Status status() const;                  ///< a copy of how things stand
  tracker::ProgressMap progress() const;  ///< of the followers; empty unless we lead
  const tracker::Config& members() const { return raft_.tracker().config; }  ///< all

  /// For tests that play a given race: the next campaign comes after so many ticks.
  void setRandomizedElectionTimeout(std::int64_t ticks);

 private:
  Ready changes() const;
  std::vector<raftpb::Message> takeMessages();
  void keepPromisesToOurselves();
  std::optional<raftpb::Message> storageAppendResp() const;

  Raft raft_;
  SoftState prevSoftState_;  // as the last accepted Ready told it
  HardState prevHardState_;

  bool readyOut_ = false;
  std::vector<raftpb::Message> stepsOnAdvance_;  // what the Ready that is out has earned
  Applying applying_;                            // what it asked to apply
};

}  // namespace raft
