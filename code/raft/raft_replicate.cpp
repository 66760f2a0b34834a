// The leader's side of the log: appending, sending, and learning from answers where each
// follower stands (§5.3). Tested by raft/raft_replicate_test.cpp.
#include <utility>

#include "base/check.hpp"
#include "raft/raft.hpp"
#include "raftpb/size.hpp"

namespace raft {

using base::Errc;
using raftpb::Entries;
using raftpb::Entry;
using raftpb::Message;
using raftpb::MessageType;
using ProgressState = tracker::StateType;

// Everybody's log is taken to end where ours does, until an answer says otherwise.
void Raft::resetProgress() {
  const Index next = raftLog_.lastIndex() + 1;
  trk_.progress.clear();
  for (const NodeId member : trk_.memberNodes()) {
    tracker::Inflights window(config_.maxInflightMsgs, config_.maxInflightBytes);
    trk_.progress.try_emplace(member, next, std::move(window), trk_.isLearner(member));
  }
  if (tracker::Progress* own = trk_.find(id())) own->maybeUpdate(next - 1);
}

// A new leader knows one log without asking: its own.
void Raft::takeTheLog() {
  tracker::Progress& own = *trk_.find(id());
  own.becomeReplicate();
  own.setRecentActive(true);
#if STAGE >= COMMIT
  // Only entries of our own term can be counted as committed (§5.4.2), so there is one at
  // once, instead of whenever a client comes.
  appendEntry({Entry()});
#endif
}

Error Raft::handleProposal(Message& m) {
  RAFT_CHECK(!m.entries.empty(), "a proposal carries at least one entry");
#if STAGE >= READY
  if (refuses(m)) return Errc::ProposalDropped;
#endif
  appendEntry(std::move(m.entries));
  bcastAppend();
  return {};
}

// The leader numbers the entries. That is all the agreement there is about their order:
// in one term there is one leader, and it gives each index once.
void Raft::appendEntry(Entries entries) {
  Index last = raftLog_.lastIndex();
  for (Entry& entry : entries) {
    entry.term = term_;
    entry.index = ++last;
  }
  raftLog_.append(std::move(entries));
#if STAGE >= COMMIT
  // Our own copy counts like a follower's: when it is written, and not before.
  send({.type = MessageType::MsgAppResp, .to = id(), .index = last});
#endif
}

void Raft::bcastAppend() {
  for (auto& [member, pr] : trk_.progress) {
    if (member != id()) sendAppend(member, pr);
  }
}

void Raft::sendAppend(NodeId to, tracker::Progress& pr) {
  maybeSendAppend(to, pr, true);
}

// One MsgApp: what comes next, and the entry before it, by which the follower can tell
// whether the logs meet there. An empty one carries the commit index, and asks the
// question.
//
// When the window is full, nothing is sent, but for an empty one with each heartbeat that
// was answered. It makes a follower answer, whose MsgApps were all lost; without it both
// would wait for ever.
bool Raft::maybeSendAppend(NodeId to, tracker::Progress& pr, bool sendIfEmpty) {
  if (pr.isPaused()) return false;
  const Index prev = pr.next() - 1;
  const Result<Term> prevTerm = raftLog_.term(prev);
  if (!prevTerm) return missesEntries(to);

  Entries entries;
  if (pr.state() == ProgressState::StateProbe || !pr.inflights().full()) {
    Result<Entries> found = raftLog_.entries(pr.next(), config_.maxSizePerMsg);
    if (!found) return missesEntries(to);
    entries = std::move(*found);
  }
  if (entries.empty() && !sendIfEmpty) return false;

  pr.sentEntries(entries.size(), raftpb::payloadsSize(entries));
  pr.sentCommit(raftLog_.committed());
  send({.type = MessageType::MsgApp,
        .to = to,
        .logTerm = *prevTerm,
        .index = prev,
        .entries = std::move(entries),
        .commit = raftLog_.committed()});
  return true;
}

// The entries that this follower needs were compacted away. It gets nothing until it gets
// a snapshot, which the stage SNAPSHOT brings.
bool Raft::missesEntries(NodeId to) const {
  debug(hex(id()), " has compacted entries that ", hex(to),
        " needs: it needs a snapshot");
  return false;
}

// Messages about one follower; a stranger's are not for us.
Error Raft::stepProgress(const Message& m) {
  tracker::Progress* pr = trk_.find(m.from);
  if (pr == nullptr) {
    debug(hex(id()), " no progress available for ", hex(m.from));
    return {};
  }
  switch (m.type) {
    case MessageType::MsgAppResp:
      handleAppResp(m, *pr);
      return {};
    case MessageType::MsgHeartbeatResp:
      handleHeartbeatResp(m.from, *pr);
      return {};
    case MessageType::MsgUnreachable:
      handleUnreachable(m.from, *pr);
      return {};
    default:
      return {};
  }
}

// A refusal, or news about its log; and news may let us go on.
void Raft::handleAppResp(const Message& m, tracker::Progress& pr) {
  pr.setRecentActive(true);
  if (m.reject) {
    handleRejection(m, pr);
  } else if (takeAcknowledgement(m.index, pr)) {
    sendMore(m.from, pr);
  }
}

// "My log does not have what you build on." The hint says where the logs may meet: an
// index, and the follower's term there. Above that, every entry of ours whose term is
// higher can't be in its log, so all of them are skipped at once.
void Raft::handleRejection(const Message& m, tracker::Progress& pr) {
  debug(hex(id()), " received MsgAppResp(rejected, hint: (index ", m.rejectHint,
        ", term ", m.logTerm, ")) from ", hex(m.from), " for index ", m.index);
  if (pr.isStale(m.index)) return;  // before the search, which may walk a whole log
  Index nextProbe = m.rejectHint;
  if (m.logTerm > 0) {
    nextProbe = raftLog_.findConflictByTerm(m.rejectHint, m.logTerm).index;
  }
  pr.maybeDecrTo(m.index, nextProbe);
  debug(hex(id()), " decreased progress of ", hex(m.from), " to [", toString(pr), "]");
  if (pr.state() == ProgressState::StateReplicate) pr.becomeProbe();
  sendAppend(m.from, pr);
}

// "I have everything up to index." News, or the answer to a probe that found the logs
// equal; false if neither.
bool Raft::takeAcknowledgement(Index index, tracker::Progress& pr) {
  const bool probeSucceeded =
      pr.state() == ProgressState::StateProbe && pr.match() == index;
  if (!pr.maybeUpdate(index) && !probeSucceeded) return false;
  switch (pr.state()) {
    case ProgressState::StateProbe:
      pr.becomeReplicate();
      break;
    case ProgressState::StateReplicate:
      pr.freeInflights(index);
      break;
  }
  return true;
}

// What a follower's news allows: to commit, and to send as much as its window takes.
void Raft::sendMore(NodeId to, tracker::Progress& pr) {
#if STAGE >= COMMIT
  spreadCommit(to, pr);
#endif
  if (to == id()) return;
  while (maybeSendAppend(to, pr, false)) continue;
}

// It is alive, so it may be sent to again: what it lacks, or, after a probe was lost, the
// question once more.
void Raft::handleHeartbeatResp(NodeId from, tracker::Progress& pr) {
  pr.setRecentActive(true);
  pr.resume();
  const bool lacksEntries = pr.match() < raftLog_.lastIndex();
  if (lacksEntries || pr.state() == ProgressState::StateProbe) sendAppend(from, pr);
}

// The transport could not reach it: what was sent ahead is probably lost.
void Raft::handleUnreachable(NodeId from, tracker::Progress& pr) {
  if (pr.state() == ProgressState::StateReplicate) pr.becomeProbe();
  debug(hex(id()), " failed to send message to ", hex(from),
        " because it is unreachable [", toString(pr), "]");
}

}  // namespace raft
