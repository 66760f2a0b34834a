#include "rafttest/remarks.hpp"

#include <gtest/gtest.h>

namespace {

using rafttest::remarks;
using rafttest::titleOf;

TEST(Remarks, TheFirstCommentIsTheTitle) {
  EXPECT_EQ(titleOf("\n#\n#  A title \n# and more\nstatus 1\n"), "A title");
  EXPECT_EQ(titleOf("status 1\n"), "");
  EXPECT_EQ(remarks("# A title\nstatus 1\n", true).note, "");
  EXPECT_EQ(remarks("# A title\n# a note\nstatus 1\n", true).note, "a note");
  EXPECT_EQ(remarks("# A note\nstatus 1\n", false).note, "A note");
}

TEST(Remarks, ANoteStandsRightAboveItsDirective) {
  EXPECT_EQ(remarks("# far\n\n# near\n# and near\nstatus 1\n", false).note,
            "near and near");
  EXPECT_EQ(remarks("# far\n\nstatus 1\n", false).note, "");
}

TEST(Remarks, OrdersAreNoNotes) {
  const auto found = remarks("# picture:\n# picture: without MsgApp\n# note\nx\n", false);
  EXPECT_EQ(found.orders, (std::vector<std::string>{"", "without MsgApp"}));
  EXPECT_EQ(found.note, "note");
}

}  // namespace
