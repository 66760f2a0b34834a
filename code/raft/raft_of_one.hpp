// A raft of one: the smallest Raft that is still Raft.
//
// One node is its own majority, so elections have one voter and every entry is on a
// majority as soon as it is on one disk. What remains is the order in which things may
// happen, and that is already all of etcd's:
//
//   Ready 1  term and vote     -> written, advanced ->  leader; it appends an empty entry
//   Ready 2  the empty entry   -> written, advanced ->  committed
//   Ready 3  it, to be applied -> applied, advanced ->  applied
//
// A node counts its own vote, and its own copy of an entry, only after the application
// has written them: a crash before that must leave nothing that anyone believed in.
//
// The class has the face of etcd's RawNode (rawnode.go), so that the Node around it does
// not change when the real Raft moves in. No thread, no lock, no clock: its caller brings
// all three. Tested by raft/raft_of_one_test.cpp.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "raft/config.hpp"
#include "raft/ready.hpp"
#include "raft/status.hpp"

namespace raft {

using base::Error;

/// The Raft core of a cluster that has one node. Everything goes in through tick and step
/// and comes out through a Ready; nothing may come in between readyWithoutAccept and
/// acceptReady.
class RawNode {
 public:
  explicit RawNode(Config config);

  NodeId id() const { return config_.id; }         ///< our own
  NodeId lead() const { return softState_.lead; }  ///< kNone while there is no leader
  Term term() const { return hardState_.term; }  ///< the present one; 0 before the first
  bool hasProgress(NodeId id) const;  ///< do we replicate to this node? To us alone.

  /// One unit of time has passed. Without a leader, electionTick of them start a
  /// campaign.
  void tick();

  /// Takes a message. A proposal may be refused; messages of other nodes are not for us.
  Error step(raftpb::Message m);

  bool hasReady() const;  ///< is there anything that readyWithoutAccept would say?
  Ready readyWithoutAccept() const;   ///< what acceptReady would accept; changes nothing
  void acceptReady(const Ready& rd);  ///< the application has it; one at a time
  void advance(const Ready& rd);      ///< the application has done what `rd` asked for

  Status status() const;  ///< a copy of how things stand

 private:
  void hup();
  void becomeCandidate();
  void becomeLeader();
  Error propose(std::vector<raftpb::Entry> entries);
  Error drop(const std::string& why) const;
  void append(std::vector<raftpb::Entry> entries);
  void appliedTo(Index index);

  Index lastIndex() const { return applied_ + tail_.size(); }
  std::vector<raftpb::Entry> slice(Index after, Index upTo) const;
  void checkInvariants() const;

  Config config_;
  SoftState softState_, prevSoftState_;  // now, and as the last accepted Ready told it
  HardState hardState_, prevHardState_;
  int electionElapsed_ = 0;

  // The log above what was applied. Applied entries are the application's: with nobody to
  // send them to, we need not keep them.
  std::deque<raftpb::Entry> tail_;
  std::uint64_t uncommittedSize_ = 0;  // bytes of data in tail_

  // applied <= applying <= commit <= accepted <= lastIndex, at all times.
  Index applied_ = 0;   // the application has applied up to here
  Index applying_ = 0;  // ... has been handed for applying
  Index accepted_ = 0;  // ... has been handed for writing
  bool readyOut_ = false;
};

}  // namespace raft
