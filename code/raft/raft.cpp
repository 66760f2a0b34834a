// What all roles share: terms, time, roles, the outboxes. Tested by raft/raft_*_test.cpp.
#include "raft/raft.hpp"

#include <string>
#include <utility>
#include <variant>

#include "base/check.hpp"
#include "base/invariants.hpp"
#include "base/text.hpp"
#include "raft/message_kinds.hpp"
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
  RAFT_CHECK(tracker::isSound(trk_.config), "a cluster can have the members it has");
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

NodeId Raft::lead() const {
  if (const auto* follower = std::get_if<Follower>(&role_)) return follower->lead;
  return std::holds_alternative<Leader>(role_) ? id() : kNone;
}

StateType Raft::state() const {
  return std::visit([](const auto& role) { return stateOf(role); }, role_);
}

SoftState Raft::softState() const {
  return {.lead = lead(), .raftState = state()};
}

HardState Raft::hardState() const {
  return {.term = term_, .vote = vote_, .commit = raftLog_.committed()};
}

bool Raft::promotable() const {
  return trk_.isMember(id()) && !trk_.isLearner(id());
}

void Raft::setRandomizedElectionTimeout(std::int64_t ticks) {
  RAFT_CHECK(ticks > 0, "a timeout is a positive number of ticks");
  randomizedElectionTimeout_ = ticks;
}

// Whoever has the higher term is right about the term (§5.1). Only then is the message
// looked at.
Error Raft::step(Message&& m) {
  if (!isCurrent(m)) return {};
  const Error error = stepMessage(m);
  if constexpr (base::kCheckInvariants) checkInvariants();
  return error;
}

// What every role takes, and takes alike. The rest depends on the role.
Error Raft::stepMessage(Message& m) {
  switch (m.type) {
    case MessageType::MsgHup:
      hup(CampaignType::CampaignElection);
      return {};
    case MessageType::MsgVote:
      handleVote(m);
      return {};
#if STAGE >= READY
    case MessageType::MsgStorageAppendResp:
      handleStorageAppendResp(m);
      return {};
#endif
    default:
      return stepRole(m);
  }
}

Error Raft::stepRole(Message& m) {
  switch (state()) {
    case StateType::StateFollower:
      return stepFollower(m);
    case StateType::StateCandidate:
      return stepCandidate(m);
    case StateType::StateLeader:
      return stepLeader(m);
  }
  return {};
}

// Compares terms. True: the message is of our term, which may be a new one by now, and is
// to be looked at. A message without a term is local, or a proposal, and belongs to any.
bool Raft::isCurrent(const Message& m) {
  if (m.term == 0 || m.term == term_) return true;
  if (m.term > term_) return stepHigherTerm(m);
  stepLowerTerm(m);
  return false;
}

// The sender knows of a later election. Some messages say who won it.
bool Raft::stepHigherTerm(const Message& m) {
  switch (m.type) {
    case MessageType::MsgApp:
    case MessageType::MsgHeartbeat:
    case MessageType::MsgSnap:
      return enterTerm(m, m.from);
    default:
      return enterTerm(m, kNone);
  }
}

bool Raft::enterTerm(const Message& m, NodeId lead) {
  info(hex(id()), " [term: ", term_, "] received a ", name(m.type),
       " message with higher term from ", hex(m.from), " [term: ", m.term, "]");
  becomeFollower(m.term, lead);
  return true;
}

// The sender has missed an election. What it says counts for nothing; it may get an
// answer.
void Raft::stepLowerTerm(const Message& m) {
  switch (m.type) {
#if STAGE >= READY
    case MessageType::MsgStorageAppendResp:
      ignoreAppendResp(m);
      break;
#endif
    default:
      ignoreLowerTerm(m);
      break;
  }
}

void Raft::ignoreLowerTerm(const Message& m) const {
  info(hex(id()), " [term: ", term_, "] ignored a ", name(m.type),
       " message with lower term from ", hex(m.from), " [term: ", m.term, "]");
}

void Raft::tick() {
  if (state() == StateType::StateLeader) {
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
  role_ = Follower{.lead = lead};
  info(hex(id()), " became follower at term ", term_);
}

void Raft::becomeCandidate() {
  RAFT_CHECK(state() != StateType::StateLeader, "a leader does not campaign");
  reset(term_ + 1);
  vote_ = id();
  role_ = Candidate{};
  info(hex(id()), " became candidate at term ", term_);
}

void Raft::becomeLeader() {
  RAFT_CHECK(state() == StateType::StateCandidate, "only a candidate becomes leader");
  reset(term_);
  role_ = Leader{};
#if STAGE >= REPLICATION
  takeTheLog();
#endif
  info(hex(id()), " became leader at term ", term_);
}

// What does not belong to a role. A vote is for a term, and stays until that ends; the
// clock and the followers' progress begin anew with every role, and what the role itself
// remembers goes with it.
void Raft::reset(Term term) {
  if (term_ != term) {
    term_ = term;
    vote_ = kNone;
  }
  electionElapsed_ = 0;
  const std::int64_t least = config_.electionTick;
  randomizedElectionTimeout_ = least + random_.below(static_cast<std::uint32_t>(least));
#if STAGE >= REPLICATION
  resetProgress();
#endif
}

// Votes and acknowledgements are promises, and wait for the disk: so do refusals, which
// are rare, and whose safety without the wait nobody has shown.
void Raft::send(Message m) {
  if (m.from == kNone) m.from = id();
  RAFT_CHECK(isAboutVotes(m.type) == (m.term != 0),
             "a message about votes says for which term; the others get the present one");
  if (!isAboutVotes(m.type) && !isForAnyTerm(m.type)) m.term = term_;

  if (isPromise(m.type)) {
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
  RAFT_CHECK(state() == StateType::StateFollower || vote_ == id(),
             "whoever campaigns or leads has voted for itself");
  RAFT_CHECK(raftLog_.committed() <= raftLog_.lastIndex(),
             "what is committed is in the log");
  RAFT_CHECK(raftLog_.lastEntryId().term <= term_ || term_ == 0,
             "no entry is of a term that has not begun");
}

}  // namespace raft
