// The rules of a Config. Tested by raft/validate_test.cpp.
#include "raft/validate.hpp"

#include <algorithm>

namespace raft {

std::string_view validate(const Config& config) {
  if (config.id == kNone) return "cannot use none as id";
  if (isLocalMsgTarget(config.id)) return "cannot use local target as id";
  if (config.heartbeatTick <= 0) return "heartbeat tick must be greater than 0";
  if (config.electionTick <= config.heartbeatTick) {
    return "election tick must be greater than heartbeat tick";
  }
  if (!config.storage) return "storage cannot be nil";
  if (config.maxInflightMsgs == 0) return "max inflight messages must be greater than 0";
  if (config.maxInflightBytes > 0 && config.maxInflightBytes < config.maxSizePerMsg) {
    return "max inflight bytes must be >= max message size";
  }
  return {};
}

Config withDefaults(Config config) {
  if (config.maxUncommittedEntriesSize == 0) config.maxUncommittedEntriesSize = kNoLimit;
  if (config.maxInflightBytes == 0) config.maxInflightBytes = kNoLimit;
  if (config.maxCommittedSizePerReady == 0) {
    // Where a message takes one entry, a Ready does: the first always fits.
    config.maxCommittedSizePerReady = std::max<std::uint64_t>(config.maxSizePerMsg, 1);
  }
  return config;
}

}  // namespace raft
