// One Ready at a time. Tested by raft/rawnode_test.cpp.
#include "raft/rawnode.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.hpp"
#include "raft/door.hpp"
#include "raft/validate.hpp"
#include "raftpb/size.hpp"

namespace raft {

using base::Errc;
using raftpb::Message;
using raftpb::MessageType;

namespace {

Config validated(Config config) {
  const std::string complaint(validate(config));
  RAFT_CHECK(complaint.empty(), complaint.c_str());
  return config;
}

}  // namespace

RawNode::RawNode(Config config)
    : raft_(validated(std::move(config))),
      prevSoftState_(raft_.softState()),
      prevHardState_(raft_.hardState()) {}

void RawNode::bootstrap(const std::vector<Peer>& peers) {
  RAFT_CHECK(!peers.empty(), "a cluster begins with at least one peer");
  std::vector<NodeId> voters;
  for (const Peer& peer : peers) {
    if (peer.id != kNone) voters.push_back(peer.id);  // nobody is no member
  }
  raft_.beginCluster(voters, bootstrapEntries(peers));
}

bool RawNode::hasProgress(NodeId id) const {
  return raft_.tracker().progress.contains(id);
}

Error RawNode::campaign() {
  return raft_.step({.type = MessageType::MsgHup});
}

Error RawNode::propose(base::Bytes data) {
  Message m{.type = MessageType::MsgProp, .from = id()};
  m.entries.push_back({.data = std::move(data)});
  return raft_.step(std::move(m));
}

Error RawNode::step(Message&& m) {
  if (const Error refused = mayEnter(m, id())) return refused;
  if (isResponseMsg(m.type) && !hasProgress(m.from)) return Errc::StepPeerNotFound;
  return raft_.step(std::move(m));
}

void RawNode::reportUnreachable(NodeId id) {
  std::ignore = raft_.step({.type = MessageType::MsgUnreachable, .from = id});
}

bool RawNode::hasReady() const {
  const HardState hardState = raft_.hardState();
  return raft_.softState() != prevSoftState_ ||
         (hardState != prevHardState_ && hardState != HardState()) ||
         !raft_.msgs().empty() || !raft_.msgsAfterAppend().empty() ||
         raft_.raftLog().hasNextUnstableEnts() ||
         raft_.raftLog().hasNextCommittedEnts(true);
}

// What changed since the last Ready, without the messages.
Ready RawNode::changes() const {
  Ready rd;
  const HardState hardState = raft_.hardState();
  if (raft_.softState() != prevSoftState_) rd.softState = raft_.softState();
  if (hardState != prevHardState_) rd.hardState = hardState;
  rd.entries = raft_.raftLog().nextUnstableEnts();
  rd.committedEntries = raft_.raftLog().nextCommittedEnts(true);
  rd.mustSync = mustSync(hardState, prevHardState_, rd.entries.size());
  return rd;
}

// Promises to others follow the messages that need not wait. All are sent after the
// entries are written, so their order costs nothing.
Ready RawNode::readyWithoutAccept() const {
  Ready rd = changes();
  rd.messages = raft_.msgs();
  std::ranges::copy_if(raft_.msgsAfterAppend(), std::back_inserter(rd.messages),
                       [this](const Message& m) { return m.to != id(); });
  return rd;
}

void RawNode::acceptReady(const Ready& rd) {
  RAFT_CHECK(!readyOut_, "a Ready is accepted only after the one before it was advanced");
  readyOut_ = true;
  if (rd.softState) prevSoftState_ = *rd.softState;
  if (rd.hardState) prevHardState_ = *rd.hardState;
  keepPromisesToOurselves();
  raft_.msgs().clear();
  raft_.msgsAfterAppend().clear();
  raft_.raftLog().acceptUnstable();

  applying_ = applyingOf(rd.committedEntries);
  if (applying_.last == 0) return;
  raft_.raftLog().acceptApplying(applying_.last, applying_.size, true);
}

// They wait until what they promise is written. Last comes the report of the write.
void RawNode::keepPromisesToOurselves() {
  for (Message& m : raft_.msgsAfterAppend()) {
    if (m.to == id()) stepsOnAdvance_.push_back(std::move(m));
  }
  if (auto written = storageAppendResp()) stepsOnAdvance_.push_back(*std::move(written));
}

// "The entries are written." It says the term and the last entry of now: if either has
// changed when it arrives, other entries may have taken their place.
std::optional<Message> RawNode::storageAppendResp() const {
  if (!raft_.raftLog().hasNextOrInProgressUnstableEnts()) return std::nullopt;
  const EntryId last = raft_.raftLog().lastEntryId();
  return Message{.type = MessageType::MsgStorageAppendResp,
                 .to = id(),
                 .from = kLocalAppendThread,
                 .term = raft_.term(),
                 .logTerm = last.term,
                 .index = last.index};
}

Ready RawNode::ready() {
  Ready rd = changes();
  rd.messages = takeMessages();
  acceptReady(rd);
  return rd;
}

// An outbox that goes out whole is handed over as it is, and no message is moved: a
// leader's, because its promises are to itself, and a follower's promises, which are all
// that it says. The next will hold about as many.
std::vector<Message> RawNode::takeMessages() {
  std::vector<Message>& promises = raft_.msgsAfterAppend();
  const auto toOthers = [this](const Message& m) { return m.to != id(); };
  const bool onlyPromises =
      raft_.msgs().empty() && std::ranges::all_of(promises, toOthers);
  std::vector<Message>& whole = onlyPromises ? promises : raft_.msgs();
  std::vector<Message> out = std::exchange(whole, {});
  whole.reserve(out.size());
  for (Message& m : promises) {
    if (toOthers(m)) out.push_back(std::move(m));
  }
  return out;
}

void RawNode::advance(const Ready&) {
  RAFT_CHECK(readyOut_, "only a Ready that was accepted can be advanced");
  readyOut_ = false;
  for (Message& m : stepsOnAdvance_) std::ignore = raft_.step(std::move(m));
  stepsOnAdvance_.clear();
  raft_.appliedTo(applying_);
  applying_ = {};
}

Status RawNode::status() const {
  return {.id = id(),
          .hardState = raft_.hardState(),
          .softState = raft_.softState(),
          .applied = raft_.raftLog().applied()};
}

tracker::ProgressMap RawNode::progress() const {
  const bool leads = raft_.state() == StateType::StateLeader;
  return leads ? raft_.tracker().progress : tracker::ProgressMap();
}

void RawNode::setRandomizedElectionTimeout(std::int64_t ticks) {
  raft_.setRandomizedElectionTimeout(ticks);
}

}  // namespace raft
