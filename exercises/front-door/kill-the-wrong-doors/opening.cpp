// Kill the wrong doors: one test for each promise of the door.
#include <gtest/gtest.h>

#include "csp/select.hpp"
#include "node/doors_test.hpp"

namespace {

using base::Errc;
using base::Error;
using node::Proposal;
using raftpb::Message;
using raftpb::MessageType;

// You hold both sides of every door. node/doors_test.hpp has what you need: `doors`,
// `node`, a context `forever`; `propose`, `step` and `call`, which run on threads of
// their own, and `returned`.
using Door = node::test::AtTheDoors;
