// Who listens to a cluster while it is played: for pictures, and to know how far it came.
//
// An observer is told and is never asked, so a run says the same whether there is one or
// not. Tested by rafttest/trace_test.cpp.
#pragma once

#include <cstdint>

#include "raftpb/message.hpp"

namespace rafttest {

struct Directive;
struct EnvNode;

/// A message on its way. The number tells it from its twins: Raft may say a thing twice.
struct UnderWay {
  std::uint64_t number = 0;
  raftpb::Message message = {};
};

/// Told what happens, in order. A listener overrides what it wants to hear.
class Observer {
 public:
  virtual ~Observer() = default;

  virtual void begins(const Directive&) {}  ///< this directive comes next
  virtual void sent(const UnderWay&) {}     ///< it is on its way
  virtual void arrived(const UnderWay&) {}  ///< and reaches its node
  virtual void lost(const UnderWay&) {}     ///< or is dropped
  virtual void changed(const EnvNode&) {
  }  ///< a node was made, or something happened to it: a crash, too
};

}  // namespace rafttest
