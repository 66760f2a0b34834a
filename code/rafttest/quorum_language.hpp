// The language in which quorums are tested: committed and vote.
//
//   committed cfg=(1, 2, 3) idx=(100, _, 99)      one answer a voter, "_" is none
//   vote cfg=(1, 2, 3) cfgj=(3, 4) votes=(y, n, _, y)
//
// Answers belong to the voters in the order in which cfg and cfgj name them first. cfgj
// makes the configuration joint; cfgj=zero joins it with nobody.
//
// etcd: quorum/datadriven_test.go. Tested by rafttest/quorum_language_test.cpp.
#pragma once

#include <string>

#include "rafttest/datadriven.hpp"

namespace rafttest {

/// Counts what the directive's voters have said, and says what they have agreed on.
std::string handleQuorum(Directive& directive);

}  // namespace rafttest
