// The language in which changes of the membership are tested: simple, enter-joint,
// leave-joint. A script is the story of one cluster's members, step by step.
//
//   enter-joint autoleave=true
//   v2 v3
//   ----
//   voters=(1 2 3)&&(1) autoleave
//   1: StateProbe match=0 next=1
//   2: StateProbe match=0 next=2
//   ...
//
// etcd: confchange/datadriven_test.go. Tested by rafttest/confchange_language_test.cpp.
#pragma once

#include <string>

#include "raft/confchange/confchange.hpp"
#include "rafttest/datadriven.hpp"

namespace rafttest {

/// Plays one script: a cluster that begins without members.
class ConfChangeLanguage {
 public:
  /// Takes the step that the directive asks for, and says who the members are then.
  std::string handle(Directive& directive);

 private:
  std::string step(Directive& directive);

  raft::confchange::Changer changer_ = {{}, 0, raft::tracker::Inflights(10, 0)};
};

}  // namespace rafttest
