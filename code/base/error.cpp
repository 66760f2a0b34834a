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
