// Describing what a node wants done, in the same lines as etcd. raftpb/describe.hpp does
// it for the words of the wire.
//
// etcd: DescribeReady, DescribeSoftState in util.go. Tested by raft/describe_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "raft/ready.hpp"

namespace raft {

/// The state's name as etcd writes it, "StateLeader".
std::string_view name(StateType state);

/// "Lead:1 State:StateFollower".
std::string describeSoftState(const SoftState& softState);

/// A line for each thing that a Ready asks for, under a head line; "<empty Ready>" for
/// none.
std::string describeReady(const Ready& rd);

}  // namespace raft
