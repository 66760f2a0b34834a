// What all roles share: terms, time, roles, the outboxes. Tested by raft/raft_*_test.cpp.
#include "raft/raft.hpp"

#include <string>
#include <utility>

#include "base/check.hpp"
#include "base/invariants.hpp"
#include "base/text.hpp"
#include "raft/validate.hpp"

namespace raft {

using base::text;
using raftpb::Message;
using raftpb::MessageType;

Raft::Raft(Config config)
    : config_(withDefaults(std::move(config))),
      random_(config_.seed + config_.id),
      raftLog_(config_.storage, config_.logger, config_.maxCommittedSizePerReady) {
  const InitialState initial = config_.storage->initialState();
  trk_.config = tracker::configFrom(initial.confState);
  info(hex(id()), " switched to configuration ", toString(trk_.config));
  if (initial.hardState != HardState()) loadState(initial.hardState);
  if (config_.applied > 0) raftLog_.appliedTo(config_.applied, 0);
  becomeFollower(term_, kNone);

  std::string peers;
  for (const NodeId peer : trk_.voterNodes()) {
    peers += (peers.empty() ? "" : ",") + hex(peer);
  }
  const EntryId last = raftLog_.lastEntryId();
  info("newRaft ", hex(id()), " [peers: [", peers, "], term: ", term_,
       ", commit: ", raftLog_.committed(), ", applied: ", raftLog_.applied(),
       ", lastindex: ", last.index, ", lastterm: ", last.term, "]");
}

void Raft::loadState(const HardState& state) {
  RAFT_CHECK(state.commit >= raftLog_.committed() && state.commit <= raftLog_.lastIndex(),
             "the commit index that was saved lies in the log that was saved");
  raftLog_.commitTo(state.commit);
  term_ = state.term;
  vote_ = state.vote;
}

SoftState Raft::softState() const {
  return {.lead = lead_, .raftState = state_};
}

HardState Raft::hardState() const {
  return {.term = term_, .vote = vote_, .commit = raftLog_.committed()};
}

bool Raft::promotable() const {
  return trk_.isMember(id()) && !trk_.isLearner(id());
}

void Raft::setRandomizedElectionTimeout(int ticks) {
  RAFT_CHECK(ticks > 0, "a timeout is a positive number of ticks");
  randomizedElectionTimeout_ = ticks;
}

// Whoever has the higher term is right about the term (§5.1). Only then is the message
// looked at.
Error Raft::step(Message&& m) {
  if (!enterTerm(m)) return {};
  Error error;
  switch (m.type) {
    case MessageType::MsgHup:
      hup();
      break;
    case MessageType::MsgVote:
      handleVote(m);
      break;
#if STAGE >= READY
    case MessageType::MsgStorageAppendResp:
      handleStorageAppendResp(m);
      break;
#endif
    default:
      error = stepRole(m);
      break;
  }
  if constexpr (base::kCheckInvariants) checkInvariants();
  return error;
}

Error Raft::stepRole(Message& m) {
  switch (state_) {
    case StateType::StateFollower:
      return stepFollower(m);
    case StateType::StateCandidate:
      return stepCandidate(m);
    case StateType::StateLeader:
      return stepLeader(m);
  }
  return {};
}

// Compares terms, and follows a higher one. False: the message is of a term that is over.
// A message without a term is local, or a proposal, and belongs to any term.
bool Raft::enterTerm(const Message& m) {
  if (m.term == 0 || m.term == term_) return true;
  if (m.term < term_) {
    ignoreLowerTerm(m);
    return false;
  }
  info(hex(id()), " [term: ", term_, "] received a ", name(m.type),
       " message with higher term from ", hex(m.from), " [term: ", m.term, "]");
  const bool fromLeader = m.type == MessageType::MsgApp ||
                          m.type == MessageType::MsgHeartbeat ||
                          m.type == MessageType::MsgSnap;
  becomeFollower(m.term, fromLeader ? m.from : kNone);
  return true;
}

void Raft::ignoreLowerTerm(const Message& m) {
#if STAGE >= READY
  if (m.type == MessageType::MsgStorageAppendResp) {
    // Entries that were written in an older term may have been replaced in the log since,
    // and be under way to the disk again.
    if (m.index == 0) return;
    info(hex(id()), " [term: ", term_, "] ignored entry appends from a ", name(m.type),
         " message with lower term [term: ", m.term, "]");
    return;
  }
#endif
  info(hex(id()), " [term: ", term_, "] ignored a ", name(m.type),
       " message with lower term from ", hex(m.from), " [term: ", m.term, "]");
}

void Raft::tick() {
  if (state_ == StateType::StateLeader) {
    tickHeartbeat();
  } else {
    tickElection();
  }
  if constexpr (base::kCheckInvariants) checkInvariants();
}

void Raft::tickElection() {
  ++electionElapsed_;
  if (!promotable() || electionElapsed_ < randomizedElectionTimeout_) return;
  electionElapsed_ = 0;
  std::ignore = step({.type = MessageType::MsgHup, .from = id()});
}

void Raft::becomeFollower(Term term, NodeId lead) {
  reset(term);
  lead_ = lead;
  state_ = StateType::StateFollower;
  info(hex(id()), " became follower at term ", term_);
}

void Raft::becomeCandidate() {
  RAFT_CHECK(state_ != StateType::StateLeader, "a leader does not campaign");
  reset(term_ + 1);
  vote_ = id();
  state_ = StateType::StateCandidate;
  info(hex(id()), " became candidate at term ", term_);
}

void Raft::becomeLeader() {
  RAFT_CHECK(state_ == StateType::StateCandidate, "only a candidate becomes leader");
  reset(term_);
  lead_ = id();
  state_ = StateType::StateLeader;
#if STAGE >= REPLICATION
  takeTheLog();
#endif
  info(hex(id()), " became leader at term ", term_);
}

// What a role remembers ends with the role. A vote is for a term, and stays until that
// ends.
void Raft::reset(Term term) {
  if (term_ != term) {
    term_ = term;
    vote_ = kNone;
  }
  lead_ = kNone;
  electionElapsed_ = 0;
  heartbeatElapsed_ = 0;
  const auto spread = static_cast<std::uint32_t>(config_.electionTick);
  randomizedElectionTimeout_ =
      config_.electionTick + static_cast<int>(random_.below(spread));
  trk_.resetVotes();
#if STAGE >= REPLICATION
  resetProgress();
#endif
#if STAGE >= READY
  uncommittedSize_ = 0;
#endif
}

// Votes and acknowledgements are promises, and wait for the disk: so do refusals, which
// are rare, and whose safety without the wait nobody has shown.
void Raft::send(Message m) {
  if (m.from == kNone) m.from = id();
  const bool aboutVotes =
      m.type == MessageType::MsgVote || m.type == MessageType::MsgVoteResp;
  RAFT_CHECK(aboutVotes == (m.term != 0),
             "a message about votes says for which term; the others get the present one");
  if (!aboutVotes && m.type != MessageType::MsgProp) m.term = term_;

  if (m.type == MessageType::MsgAppResp || m.type == MessageType::MsgVoteResp) {
    msgsAfterAppend_.push_back(std::move(m));
    return;
  }
  RAFT_CHECK(m.to != id(), "only promises are sent to oneself");
  msgs_.push_back(std::move(m));
}

// "[logterm: 1, index: 3, vote: 2]", as lines about votes begin.
std::string Raft::describeLog() const {
  const EntryId last = raftLog_.lastEntryId();
  return text("[logterm: ", last.term, ", index: ", last.index, ", vote: ", hex(vote_),
              "]");
}

void Raft::checkInvariants() const {
  RAFT_CHECK(state_ != StateType::StateLeader || lead_ == id(), "a leader leads");
  RAFT_CHECK(state_ != StateType::StateCandidate || (lead_ == kNone && vote_ == id()),
             "a candidate knows of no leader and has voted for itself");
  RAFT_CHECK(raftLog_.committed() <= raftLog_.lastIndex(),
             "what is committed is in the log");
  RAFT_CHECK(raftLog_.lastEntryId().term <= term_ || term_ == 0,
             "no entry is of a term that has not begun");
}

}  // namespace raft
