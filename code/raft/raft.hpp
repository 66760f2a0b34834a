// Raft: the core. Time and messages go in, messages and a longer log come out.
//
// A node is a follower, a candidate or a leader. It takes a message with step(), counts
// time with tick(), and puts what it wants to say into one of two outboxes:
//
//   msgs             may be sent while entries are being written, but not before the term
//                    and the vote are: whoever forgets its term may lead it twice
//   msgsAfterAppend  promises: a vote given, an entry taken. They may leave only when
//                    what they promise is on the disk.
//
// Nothing here sends, writes, waits or reads a clock. The same messages and ticks in the
// same order give the same node, which is what makes it possible to test one.
//
// The code is cut by who acts: raft.cpp has what all roles share, raft_election.cpp the
// way to become a leader, and raft_follower.cpp, raft_candidate.cpp, raft_leader.cpp
// what each does with a message. Sending the log is in raft_replicate.cpp, taking it in
// raft_append.cpp, committing in raft_commit.cpp, and raft_storage.cpp counts what is
// written and applied.
//
// The paper, Figure 2. etcd: type raft, in raft.go. Tested by raft/raft_*_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/check.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "raft/config.hpp"
#include "raft/log.hpp"
#include "raft/ready.hpp"
#include "raft/role.hpp"
#include "raft/tracker/tracker.hpp"

namespace raft {

using base::Error;

#if STAGE >= READY
/// Entries that were handed out for applying.
struct Applying {
  Index last = 0;                 ///< the last of them; 0: there were none
  std::uint64_t size = 0;         ///< their bytes on the wire
  std::uint64_t payloadSize = 0;  ///< the bytes of their data
};

/// What there is to remember of them.
Applying applyingOf(const raftpb::Entries& entries);

#endif
/// One node's Raft. Not for several threads; RawNode is its face to the application.
class Raft {
 public:
  /// A follower, as its storage remembers it. The Config must be one that validate()
  /// has nothing to say about.
  explicit Raft(Config config);

  /// Takes a message: from another node, from the application, or from ourselves.
  /// Errors: ProposalDropped, for a MsgProp that came at the wrong moment.
  Error step(raftpb::Message&& m);
  Error step(const raftpb::Message& m) { return step(raftpb::Message(m)); }  ///< a copy

  /// One unit of time has passed.
  void tick();

  NodeId id() const { return config_.id; }    ///< our own
  Term term() const { return term_; }         ///< the present one (§5.1)
  NodeId vote() const { return vote_; }       ///< whom we voted for in it; or kNone
  NodeId lead() const;                        ///< who leads in it, if we know
  StateType state() const;                    ///< our role
  const Role& role() const { return role_; }  ///< and what it remembers
  SoftState softState() const;                ///< what a crash may forget
  HardState hardState() const;                ///< what a crash must not forget
  RaftLog& raftLog() { return raftLog_; }     ///< our log
  const RaftLog& raftLog() const { return raftLog_; }               ///< the same
  const tracker::ProgressTracker& tracker() const { return trk_; }  ///< members, votes

  /// To be sent when the hard state is written; the entries may be on their way.
  std::vector<raftpb::Message>& msgs() { return msgs_; }
  const std::vector<raftpb::Message>& msgs() const { return msgs_; }  ///< the same

  /// Promises, to be sent when everything in the log and the hard state is written. Those
  /// to ourselves are to be stepped then.
  std::vector<raftpb::Message>& msgsAfterAppend() { return msgsAfterAppend_; }
  const std::vector<raftpb::Message>& msgsAfterAppend() const { return msgsAfterAppend_; }

  /// May this node become a leader? Only a voter may.
  bool promotable() const;

  /// How many ticks of silence we bear this time: drawn anew at every change of role.
  std::int64_t randomizedElectionTimeout() const { return randomizedElectionTimeout_; }

  /// For tests that play a given race.
  void setRandomizedElectionTimeout(std::int64_t ticks);
#if STAGE >= READY

  /// Makes `voters` a cluster that begins, with `entries` as its committed log. Only for
  /// an empty log. See RawNode::bootstrap.
  void beginCluster(const std::vector<NodeId>& voters, raftpb::Entries entries);

  /// The application has applied `entries`: they count against no limit any more.
  void appliedTo(const Applying& entries);
#endif

 private:
  void loadState(const HardState& state);
  void becomeFollower(Term term, NodeId lead);
  void becomeCandidate();
  void becomeLeader();
  void reset(Term term);
  void send(raftpb::Message m);
  bool isCurrent(const raftpb::Message& m);
  bool stepHigherTerm(const raftpb::Message& m);
  bool enterTerm(const raftpb::Message& m, NodeId lead);
  void stepLowerTerm(const raftpb::Message& m);
  void ignoreLowerTerm(const raftpb::Message& m) const;

  void tickElection();
  void tickHeartbeat();
  void hup(CampaignType type);
  void campaign(CampaignType type);
  Ballot stand(CampaignType type);
  Ballot standForElection();
  void handleVote(const raftpb::Message& m);
  bool canVoteFor(NodeId candidate) const;
  void handleVoteResp(const raftpb::Message& m);
  quorum::VoteResult poll(const raftpb::Message& m);
  void winElection();

  Error stepMessage(raftpb::Message& m);
  Error stepRole(raftpb::Message& m);
  Error stepFollower(raftpb::Message& m);
  Error stepCandidate(raftpb::Message& m);
  Error stepLeader(raftpb::Message& m);
  Error giveWay(raftpb::Message& m);
  void heardFromLeader(NodeId leader);
  void handleHeartbeat(const raftpb::Message& m);
  Error forwardProposal(raftpb::Message& m);
  bool forward(raftpb::Message& m, std::string_view what);
  void bcastHeartbeat();
  void sendHeartbeat(NodeId to, const base::Bytes& context);

  std::string describeLog() const;
  void checkInvariants() const;
  template <class... Parts>
  void info(const Parts&... parts) const {
    config_.logger(Level::Info, base::text(parts...));
  }
#if STAGE >= REPLICATION

  void resetProgress();
  void takeTheLog();
  Error handleProposal(raftpb::Message& m);
  void appendEntry(raftpb::Entries entries);
  void bcastAppend();
  void sendAppend(NodeId to, tracker::Progress& pr);
  bool maybeSendAppend(NodeId to, tracker::Progress& pr, bool sendIfEmpty);
  bool missesEntries(NodeId to) const;
  Error stepProgress(const raftpb::Message& m);
  void handleAppendEntries(raftpb::Message& m);
  void rejectAppend(const raftpb::Message& m);
  void handleAppResp(const raftpb::Message& m, tracker::Progress& pr);
  void handleRejection(const raftpb::Message& m, tracker::Progress& pr);
  bool takeAcknowledgement(Index index, tracker::Progress& pr);
  void sendMore(NodeId to, tracker::Progress& pr);
  void handleHeartbeatResp(NodeId from, tracker::Progress& pr);
  void handleUnreachable(NodeId from, tracker::Progress& pr);
  template <class... Parts>
  void debug(const Parts&... parts) const {
    config_.logger(Level::Debug, base::text(parts...));
  }
#endif
#if STAGE >= COMMIT

  bool maybeCommit();
  void spreadCommit(NodeId from, tracker::Progress& pr);
#endif
#if STAGE >= READY

  bool refuses(const raftpb::Message& proposal);
  bool exceedsUncommittedSize(const raftpb::Message& proposal);
  bool increaseUncommittedSize(const raftpb::Entries& entries);
  void reduceUncommittedSize(std::uint64_t size);
  void handleStorageAppendResp(const raftpb::Message& m);
  void ignoreAppendResp(const raftpb::Message& m) const;
  bool hasUnappliedConfChanges() const;
#endif

  // What the present role remembers. To be asked for by whoever knows that we have it.
  template <class OneRole>
  OneRole& as() {
    OneRole* const role = std::get_if<OneRole>(&role_);
    RAFT_CHECK(role != nullptr, "a role's memory is asked for in that role");
    return *role;
  }

  Config config_;
  base::Random random_;
  RaftLog raftLog_;
  tracker::ProgressTracker trk_;

  Term term_ = 0;
  NodeId vote_ = kNone;
  Role role_;

  // In ticks: since we last heard from a leader, or campaigned; and how many we bear. Two
  // ints do not fit into one, and whoever never campaigns counts for ever.
  std::int64_t electionElapsed_ = 0;
  std::int64_t randomizedElectionTimeout_ = 0;

  std::vector<raftpb::Message> msgs_;
  std::vector<raftpb::Message> msgsAfterAppend_;
};

}  // namespace raft
