// The way to become a leader: campaign, ask for votes, give them, count them (§5.2,
// §5.4.1). Tested by raft/raft_election_test.cpp.
#include <algorithm>
#include <utility>

#include "raft/raft.hpp"

namespace raft {

using base::text;
using quorum::VoteResult;
using raftpb::Message;
using raftpb::MessageType;

// MsgHup: time is up without a leader, or somebody told us to stand.
void Raft::hup(CampaignType type) {
  if (state() == StateType::StateLeader) {
    config_.logger(Level::Debug,
                   text(hex(id()), " ignoring MsgHup because already leader"));
    return;
  }
  if (!promotable()) {
    config_.logger(Level::Warning,
                   text(hex(id()), " is unpromotable and can not campaign"));
    return;
  }
#if STAGE >= READY
  if (hasUnappliedConfChanges()) {
    config_.logger(Level::Warning, text(hex(id()), " cannot campaign at term ", term_,
                                        " since there are still pending configuration "
                                        "changes to apply"));
    return;
  }
#endif
  info(hex(id()), " is starting a new election at term ", term_);
  campaign(type);
}
#if STAGE >= READY

// Until they are applied we may count the votes of members that there are no more. They
// are looked for a page at a time: a log's unapplied end may be larger than memory.
bool Raft::hasUnappliedConfChanges() const {
  const auto isConfChange = [](const raftpb::Entry& entry) {
    return entry.type == raftpb::EntryType::EntryConfChange ||
           entry.type == raftpb::EntryType::EntryConfChangeV2;
  };
  bool found = false;
  const auto look = [&](const raftpb::Entries& page) -> Error {
    found = std::ranges::any_of(page, isConfChange);
    return found ? base::Errc::Canceled : Error();  // and we need no other page
  };
  const Error ended = raftLog_.scan(raftLog_.applied() + 1, raftLog_.committed() + 1,
                                    config_.maxCommittedSizePerReady, look);
  RAFT_CHECK(found || !ended, "what is not applied yet is not compacted yet");
  return found;
}
#endif

// Asks every voter, in the order of their ids. Our own vote is a message to ourselves: it
// counts like the others, and like the others only after it was written down.
void Raft::campaign(CampaignType type) {
  const Ballot ballot = stand(type);
  const EntryId last = raftLog_.lastEntryId();
  for (const NodeId voter : trk_.voterNodes()) {
    if (voter == id()) {
      send({.type = ballot.response, .to = voter, .term = ballot.term});
      continue;
    }
    info(hex(id()), " [logterm: ", last.term, ", index: ", last.index, "] sent ",
         name(ballot.request), " request to ", hex(voter), " at term ", term_);
    send({.type = ballot.request,
          .to = voter,
          .term = ballot.term,
          .logTerm = last.term,
          .index = last.index,
          .context = ballot.context});
  }
}

// Each kind of campaign stands in its own way, and asks its own question.
Ballot Raft::stand(CampaignType type) {
  switch (type) {
    case CampaignType::CampaignElection:
      return standForElection();
  }
  return {};
}

Ballot Raft::standForElection() {
  becomeCandidate();
  return {.term = term_,
          .request = MessageType::MsgVote,
          .response = MessageType::MsgVoteResp};
}

// One vote a term, to the first who asks, unless the candidate's log is behind ours:
// a leader must have every entry that is committed, and ours might be (§5.4.1).
void Raft::handleVote(const Message& m) {
  const bool granted =
      canVoteFor(m.from) && raftLog_.isUpToDate({.term = m.logTerm, .index = m.index});
  info(hex(id()), " ", describeLog(), granted ? " cast " : " rejected ", name(m.type),
       granted ? " for " : " from ", hex(m.from), " [logterm: ", m.logTerm,
       ", index: ", m.index, "] at term ", term_);
  send({.type = MessageType::MsgVoteResp,
        .to = m.from,
        .term = granted ? m.term : term_,
        .reject = !granted});
  if (!granted) return;
  electionElapsed_ = 0;
  vote_ = m.from;
}

// Again for the same candidate, whose first answer may be lost; or for anybody, while we
// have neither voted nor heard of a leader in this term.
bool Raft::canVoteFor(NodeId candidate) const {
  return vote_ == candidate || (vote_ == kNone && lead() == kNone);
}

// A majority of the answers decides, and the rest will find a term that is over.
void Raft::handleVoteResp(const Message& m) {
  switch (poll(m)) {
    case VoteResult::VoteWon:
      winElection();
      break;
    case VoteResult::VoteLost:
      becomeFollower(term_, kNone);
      break;
    default:
      break;
  }
}

// One more answer. How does the election stand with it?
VoteResult Raft::poll(const Message& m) {
  info(hex(id()), " received ", name(m.type), m.reject ? " rejection from " : " from ",
       hex(m.from), " at term ", term_);
  tracker::Votes& votes = as<Candidate>().votes;
  votes.record(m.from, !m.reject);
  const tracker::Tally tally = trk_.tally(votes);
  info(hex(id()), " has received ", tally.granted, " ", name(m.type), " votes and ",
       tally.rejected, " vote rejections");
  return tally.result;
}

// The winner speaks at once, so that the others hear of it before they campaign.
void Raft::winElection() {
  becomeLeader();
#if STAGE >= REPLICATION
  bcastAppend();
#else
  bcastHeartbeat();
#endif
}

}  // namespace raft
