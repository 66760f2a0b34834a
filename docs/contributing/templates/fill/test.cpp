// The exercise's title: what is tested, in a few words.
#include <gtest/gtest.h>

namespace {

// INV-ELECTION-2
TEST(Name, SaysWhatMustHold) {
  EXPECT_TRUE(true) << "what the test says, in words, when it fails";
}

}  // namespace
