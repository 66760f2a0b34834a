// The texts of the refusals. Tested by base/error_test.cpp.
#include "base/error.hpp"

#include <string>

namespace base {
namespace {

class RaftCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "raft"; }

  std::string message(int code) const override {
    switch (static_cast<Errc>(code)) {
      case Errc::Canceled:
        return "context canceled";
      case Errc::DeadlineExceeded:
        return "context deadline exceeded";
#if STAGE >= FRONT_DOOR
      case Errc::ProposalDropped:
        return "raft proposal dropped";
      case Errc::Stopped:
        return "raft: stopped";
#endif
#if STAGE >= MESSAGES
      case Errc::UnexpectedEof:
        return "unexpected EOF";
      case Errc::IntegerOverflow:
        return "proto: integer overflow";
      case Errc::IllegalTag:
        return "proto: illegal tag";
      case Errc::WrongWireType:
        return "proto: wrong wire type";
      case Errc::NestedTooDeep:
        return "proto: messages nested too deep";
      case Errc::Compacted:
        return "requested index is unavailable due to compaction";
      case Errc::Unavailable:
        return "requested entry at index is unavailable";
      case Errc::SnapOutOfDate:
        return "requested index is older than the existing snapshot";
      case Errc::SnapshotTemporarilyUnavailable:
        return "snapshot is temporarily unavailable";
      case Errc::StepLocalMsg:
        return "raft: cannot step raft local message";
      case Errc::StepPeerNotFound:
        return "raft: cannot step as peer not found";
      case Errc::AlreadyJoint:
        return "config is already joint";
      case Errc::ZeroVoterJoint:
        return "can't make a zero-voter config joint";
      case Errc::NotJoint:
        return "can't leave a non-joint config";
      case Errc::SimpleInJoint:
        return "can't apply simple config change in joint config";
      case Errc::MoreThanOneVoterChanged:
        return "more than one voter changed without entering joint config";
      case Errc::RemovedAllVoters:
        return "removed all voters";
      case Errc::UnexpectedConfType:
        return "unexpected conf type";
#endif
#if STAGE >= READY
      case Errc::StepMisdelivered:
        return "raft: cannot step a message for another node";
      case Errc::StepMalformed:
        return "raft: cannot step a message without a term, or with gaps in its entries";
#endif
    }
    return "unknown error " + std::to_string(code);
  }
};

}  // namespace

const std::error_category& raftCategory() noexcept {
  static const RaftCategory category;
  return category;
}

Error make_error_code(Errc code) noexcept {
  return {static_cast<int>(code), raftCategory()};
}

}  // namespace base
