// What the language has words for, and our nodes learn in Part III.
//
// A scenario that asks for such a thing is told which chapter brings it. Tested by
// rafttest/later_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "rafttest/directive.hpp"

namespace rafttest {

/// Every key that add-nodes knows, those of Part III included.
constexpr std::string_view addNodesKeys() {
  return "voters learners index inflight max-committed-size-per-ready "
         "async-storage-writes prevote checkquorum disable-conf-change-validation "
         "read-only step-down-on-removal";
}

/// "this command comes with the stage TRANSFER; ...", or nothing if we have what it
/// asks for.
std::string comesLater(const Directive& directive);

/// The same, where a node would have to send a snapshot.
std::string snapshotsComeLater();

}  // namespace rafttest
