// Handing out committed entries, as many bytes at a time as the application can bear.
// Tested by raft/log_apply_test.cpp.
#include <algorithm>

#include "base/check.hpp"
#include "raft/log.hpp"

namespace raft {

using raftpb::Entries;

Index RaftLog::maxAppliableIndex(bool allowUnstable) const {
  return allowUnstable ? committed_ : std::min(committed_, unstable_.offset() - 1);
}

// A snapshot that waits holds back the entries behind it: it is to be applied first.
bool RaftLog::hasNextCommittedEnts(bool allowUnstable) const {
  if (applyingEntsPaused_ || hasNextOrInProgressSnapshot()) return false;
  return applying_ < maxAppliableIndex(allowUnstable);
}

Entries RaftLog::nextCommittedEnts(bool allowUnstable) const {
  if (!hasNextCommittedEnts(allowUnstable)) return {};

  RAFT_CHECK(applyingEntsSize_ < maxApplyingEntsSize_,
             "applying pauses before its limit is used up");
  Result<Entries> next = slice(applying_ + 1, maxAppliableIndex(allowUnstable) + 1,
                               maxApplyingEntsSize_ - applyingEntsSize_);
  RAFT_CHECK(next, "what is not applied yet is not compacted yet");
  return *std::move(next);
}

// Paused: the limit is reached, or the next entry would exceed it. Of the second the sign
// is that the entries stop before they had to, because slice cut them.
void RaftLog::acceptApplying(Index i, std::uint64_t size, bool allowUnstable) {
  RAFT_CHECK(applying_ <= i, "what was handed out is not handed out again");
  RAFT_CHECK(i <= committed_, "nothing is handed out that is not committed");
  applying_ = i;
  applyingEntsSize_ += size;
  applyingEntsPaused_ =
      applyingEntsSize_ >= maxApplyingEntsSize_ || i < maxAppliableIndex(allowUnstable);
}

void RaftLog::appliedTo(Index i, std::uint64_t size) {
  RAFT_CHECK(applied_ <= i, "what was applied stays applied");
  RAFT_CHECK(i <= committed_, "nothing is applied that is not committed");
  applied_ = i;
  applying_ = std::max(applying_, i);
  applyingEntsSize_ -= std::min(applyingEntsSize_, size);
  applyingEntsPaused_ = applyingEntsSize_ >= maxApplyingEntsSize_;
}

}  // namespace raft
