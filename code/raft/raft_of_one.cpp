// The raft of one: time and messages in, Readies out. Tested by
// raft/raft_of_one_test.cpp.
#include "raft/raft_of_one.hpp"

#include <limits>
#include <utility>

#include "base/check.hpp"

namespace raft {

using base::Errc;
using raftpb::Entry;
using raftpb::Message;
using raftpb::MessageType;

namespace {

// What the limit on uncommitted entries counts: the application's bytes, no bookkeeping.
std::uint64_t payloadSize(const std::vector<Entry>& entries) {
  std::uint64_t size = 0;
  for (const Entry& entry : entries) size += entry.data.size();
  return size;
}

}  // namespace

RawNode::RawNode(Config config) : config_(std::move(config)) {
  RAFT_CHECK(config_.id != kNone && !isLocalMsgTarget(config_.id),
             "a node's id is a number that names a node");
  RAFT_CHECK(config_.electionTick > 0,
             "an election timeout is a positive number of ticks");
  if (config_.maxUncommittedEntriesSize == 0) {
    config_.maxUncommittedEntriesSize = std::numeric_limits<std::uint64_t>::max();
  }
}

bool RawNode::hasProgress(NodeId id) const {
  return id == config_.id;
}

void RawNode::tick() {
  if (lead() == config_.id) return;  // no followers to send a heartbeat to
  if (++electionElapsed_ < config_.electionTick) return;
  hup();
}

Error RawNode::step(Message m) {
  switch (m.type) {
    case MessageType::MsgHup:
      hup();
      return {};
    case MessageType::MsgProp:
      return propose(std::move(m.entries));
    default:
      config_.logger(Level::Debug, hex(id()) + " ignored a " + raftpb::name(m.type) +
                                       " from " + hex(m.from) +
                                       ": a raft of one has no peers");
      return {};
  }
}

void RawNode::hup() {
  if (lead() == config_.id) return;  // the seat is taken, by us
  becomeCandidate();
  checkInvariants();
}

// The vote is our own and the only one needed. It counts when it is written: see advance.
void RawNode::becomeCandidate() {
  electionElapsed_ = 0;
  ++hardState_.term;
  hardState_.vote = config_.id;
  softState_.raftState = StateType::StateCandidate;
  config_.logger(Level::Info, hex(id()) + " became candidate at term " +
                                  std::to_string(hardState_.term));
}

// A leader opens its term with an empty entry: only entries of its own term can be
// counted as committed (§5.4.2), so it makes one at once instead of waiting for a client.
void RawNode::becomeLeader() {
  softState_ = {.lead = config_.id, .raftState = StateType::StateLeader};
  config_.logger(Level::Info,
                 hex(id()) + " became leader at term " + std::to_string(hardState_.term));
  append({Entry{}});
}

// The limit has two exceptions. With nothing uncommitted any size passes, or a proposal
// larger than the limit could never get in; and empty payloads pass always, because they
// are the leader's own and must not be refused.
Error RawNode::propose(std::vector<Entry> entries) {
  RAFT_CHECK(!entries.empty(), "a proposal carries at least one entry");
  if (lead() == kNone) return drop("there is no leader");

  const std::uint64_t size = payloadSize(entries);
  const bool fits = uncommittedSize_ + size <= config_.maxUncommittedEntriesSize;
  if (uncommittedSize_ > 0 && size > 0 && !fits) return drop("too much is uncommitted");

  append(std::move(entries));
  checkInvariants();
  return {};
}

Error RawNode::drop(const std::string& why) const {
  config_.logger(Level::Warning, hex(id()) + " drops a proposal: " + why);
  return Errc::ProposalDropped;
}

void RawNode::append(std::vector<Entry> entries) {
  uncommittedSize_ += payloadSize(entries);
  for (Entry& entry : entries) {
    entry.term = hardState_.term;
    entry.index = lastIndex() + 1;
    tail_.push_back(std::move(entry));
  }
}

bool RawNode::hasReady() const {
  return softState_ != prevSoftState_ || hardState_ != prevHardState_ ||
         accepted_ < lastIndex() || applying_ < hardState_.commit;
}

Ready RawNode::readyWithoutAccept() const {
  Ready rd;
  if (softState_ != prevSoftState_) rd.softState = softState_;
  if (hardState_ != prevHardState_) rd.hardState = hardState_;
  rd.entries = slice(accepted_, lastIndex());
  rd.committedEntries = slice(applying_, hardState_.commit);
  rd.mustSync = mustSync(hardState_, prevHardState_, rd.entries.size());
  return rd;
}

void RawNode::acceptReady(const Ready& rd) {
  RAFT_CHECK(!readyOut_, "a Ready is accepted only after the one before it was advanced");
  readyOut_ = true;
  if (rd.softState) prevSoftState_ = *rd.softState;
  if (rd.hardState) prevHardState_ = *rd.hardState;
  if (!rd.entries.empty()) accepted_ = rd.entries.back().index;
  if (!rd.committedEntries.empty()) applying_ = rd.committedEntries.back().index;
  checkInvariants();
}

// What was asked for is done, so now it may count. First the vote, then the copies of
// entries, then the applying: the order in which etcd acknowledges to itself.
void RawNode::advance(const Ready& rd) {
  RAFT_CHECK(readyOut_, "only a Ready that was accepted can be advanced");
  readyOut_ = false;

  const bool voteWritten = rd.hardState && rd.hardState->term == hardState_.term;
  if (softState_.raftState == StateType::StateCandidate && voteWritten) becomeLeader();
  if (!rd.entries.empty()) hardState_.commit = rd.entries.back().index;
  if (!rd.committedEntries.empty()) appliedTo(rd.committedEntries.back().index);
  checkInvariants();
}

void RawNode::appliedTo(Index index) {
  for (; applied_ < index; ++applied_) {
    uncommittedSize_ -= tail_.front().data.size();
    tail_.pop_front();
  }
}

Status RawNode::status() const {
  return {.id = config_.id,
          .hardState = hardState_,
          .softState = softState_,
          .applied = applied_};
}

// The entries after one index, up to and with another.
std::vector<Entry> RawNode::slice(Index after, Index upTo) const {
  const auto place = [this](Index index) {
    return tail_.begin() + static_cast<std::ptrdiff_t>(index - applied_);
  };
  return {place(after), place(upTo)};
}

void RawNode::checkInvariants() const {
  RAFT_CHECK(applied_ <= applying_, "nothing is applied that was not handed over");
  RAFT_CHECK(applying_ <= hardState_.commit, "only what is committed is applied");
  RAFT_CHECK(hardState_.commit <= accepted_, "only what was written is committed");
  RAFT_CHECK(accepted_ <= lastIndex(), "only what is in the log is written");
}

}  // namespace raft
