// Random plays of a leader, a disk and an application, on RaftLog and on a model that
// keeps every entry in one vector and knows no border. After every step the two must
// tell the same log.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "base/random.hpp"
#include "raft/log.hpp"
#include "raft/log_test.hpp"

namespace {

using base::Errc;
using raft::EntryId;
using raft::entryId;
using raft::Index;
using raft::kNoLimit;
using raft::LogSlice;
using raft::RaftLog;
using raft::Result;
using raft::silent;
using raft::Term;
using raft::TestStorage;
using raftpb::Entries;
using raftpb::Entry;

class Play {
 public:
  Play(std::uint64_t seed, std::uint64_t limit)
      : random_(seed), log_(storage_, silent(), limit) {
    model_.push_back({});  // before the first entry
  }

  void step() {
    switch (random_.below(9)) {
      case 0:
        return leaderAppends();
      case 1:
        return followerAppends();
      case 2:
        return disagreeingLeader();
      case 3:
        return startWriting();
      case 4:
        return finishWriting();
      case 5:
        return commit();
      case 6:
        return apply();
      case 7:
        return applied();
      default:
        return compact();
    }
  }

  void compare() {
    ASSERT_EQ(log_.lastIndex(), last());
    ASSERT_EQ(log_.firstIndex(), compacted_ + 1);
    ASSERT_EQ(log_.committed(), committed_);
    ASSERT_EQ(log_.applied(), applied_);
    for (Index i = 0; i <= last() + 2; ++i) {
      const Result<Term> term = log_.term(i);
      if (i < compacted_) {
        ASSERT_EQ(term.error(), Errc::Compacted) << i;
      } else if (i > last()) {
        ASSERT_EQ(term.error(), Errc::Unavailable) << i;
      } else {
        ASSERT_EQ(term, Result<Term>(model_[i].term)) << i;
      }
    }
    const Index lo = compacted_ + 1 + below(last() - compacted_ + 1);
    const Index hi = lo + below(last() + 1 - lo + 1);
    const std::uint64_t limit = random_.below(2) == 0 ? kNoLimit : random_.below(120);
    ASSERT_EQ(*log_.slice(lo, hi, limit), slice(lo, hi, limit)) << lo << " to " << hi;
  }

 private:
  Index last() const { return model_.size() - 1; }
  Index below(Index limit) { return random_.below(static_cast<std::uint32_t>(limit)); }

  Entry entry(Index i, Term term) {
    return {.term = term, .index = i, .data = std::string(random_.below(40), 'x')};
  }

  Entries slice(Index lo, Index hi, std::uint64_t limit) const {
    Entries some(model_.begin() + static_cast<std::ptrdiff_t>(lo),
                 model_.begin() + static_cast<std::ptrdiff_t>(hi));
    while (some.size() > 1 && raftpb::entriesSize(some) > limit) some.pop_back();
    return some;
  }

  void leaderAppends() {
    Entries more;
    for (Index n = below(4); n > 0; --n) {
      more.push_back(entry(last() + 1, term_));
      model_.push_back(more.back());
    }
    ASSERT_EQ(log_.append(more), last());
  }

  // A slice of the log that we have anyway, with something new behind it or not.
  void followerAppends() {
    const Index prev = compacted_ + below(last() - compacted_ + 1);
    Entries some(model_.begin() + static_cast<std::ptrdiff_t>(prev + 1), model_.end());
    some.resize(below(some.size() + 1));
    if (prev + some.size() == last() && random_.below(2) == 0) {
      some.push_back(entry(last() + 1, term_));
      model_.push_back(some.back());
    }
    send({.term = term_, .prev = entryId(model_[prev]), .entries = some});
  }

  // A new leader, whose log parts from ours somewhere after what is committed.
  void disagreeingLeader() {
    ++term_;
    const Index prev = committed_ + below(last() - committed_ + 1);
    Entries some;
    for (Index n = 1 + below(3); n > 0; --n) {
      some.push_back(entry(prev + 1 + some.size(), term_));
    }
    const Index unknown = last() + 1;
    ASSERT_EQ(log_.maybeAppend({.term = term_, .prev = {term_, unknown}}, unknown),
              std::nullopt);
    model_.resize(prev + 1);
    model_.insert(model_.end(), some.begin(), some.end());
    send({.term = term_, .prev = entryId(model_[prev]), .entries = some});
  }

  void send(const LogSlice& slice) {
    ASSERT_TRUE(slice.valid());
    const Index committed = below(slice.lastIndex() + 2);
    ASSERT_EQ(log_.maybeAppend(slice, committed), slice.lastIndex());
    committed_ = std::max(committed_, std::min(committed, slice.lastIndex()));
  }

  void startWriting() {
    if (writing_) return;
    writing_ = log_.nextUnstableEnts();
    log_.acceptUnstable();
    ASSERT_FALSE(log_.hasNextUnstableEnts());
    if (writing_->empty()) writing_.reset();
  }

  void finishWriting() {
    if (!writing_) return;
    storage_->append(*writing_);
    log_.stableTo(entryId(writing_->back()));
    writing_.reset();
  }

  void commit() {
    const Index at = below(last() + 1);
    ASSERT_EQ(log_.maybeCommit(entryId(model_[at])), at > committed_);
    committed_ = std::max(committed_, at);
  }

  void apply() {
    const bool allowUnstable = random_.below(2) == 0;
    const bool any = log_.hasNextCommittedEnts(allowUnstable);
    const Entries next = log_.nextCommittedEnts(allowUnstable);
    ASSERT_EQ(next.empty(), !any);
    if (!any) return;
    for (const Entry& entry : next) ASSERT_EQ(entry, model_[++applying_]);
    log_.acceptApplying(applying_, raftpb::entriesSize(next), allowUnstable);
  }

  void applied() {
    const Index to = applied_ + below(applying_ - applied_ + 1);
    log_.appliedTo(to, raftpb::entriesSize(slice(applied_ + 1, to + 1, kNoLimit)));
    applied_ = to;
  }

  // What is applied may be compacted; but an application applies what it has written.
  void compact() {
    const Index most = std::min(applied_, log_.unstable().offset() - 1);
    if (most <= compacted_) return;
    compacted_ += 1 + below(most - compacted_);
    storage_->compact(compacted_);
  }

  base::Random random_;
  std::shared_ptr<TestStorage> storage_ = std::make_shared<TestStorage>();
  RaftLog log_;
  Entries model_;  // model_[i] is entry i; nothing is ever compacted here
  std::optional<Entries> writing_;
  Term term_ = 1;
  Index committed_ = 0, applying_ = 0, applied_ = 0, compacted_ = 0;
};

// INV-LOG-1
// INV-LOG-4
TEST(RaftLogModel, TellsTheSameLogAfterEveryStep) {
  for (const std::uint64_t limit : {std::uint64_t{1}, std::uint64_t{90}, kNoLimit}) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", limit " + std::to_string(limit));
      Play play(seed, limit);
      for (int step = 0; step < 300; ++step) {
        play.step();
        play.compare();
        if (testing::Test::HasFatalFailure()) return;
      }
    }
  }
}

}  // namespace
