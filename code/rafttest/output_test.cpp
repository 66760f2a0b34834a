#include "rafttest/output.hpp"

#include <gtest/gtest.h>

namespace {

using raft::Level;
using rafttest::LogLevel;
using rafttest::Output;

TEST(Output, WritesALineWithItsLevel) {
  Output output;
  output.log(Level::Debug, "1 is here");
  output.log(Level::Info, "2 is here");
  output.log(Level::Warning, "3 is here");
  EXPECT_EQ(output.take(), "DEBUG 1 is here\nINFO 2 is here\nWARN 3 is here\n");
  EXPECT_EQ(output.take(), "");
}

TEST(Output, KeepsWhatIsLoudEnough) {
  Output output;
  output.setLevel(LogLevel::Warn);
  output.log(Level::Info, "quiet");
  output.log(Level::Warning, "loud");
  output.print("a command speaks at any level\n");
  EXPECT_EQ(output.take(), "WARN loud\na command speaks at any level\n");
}

TEST(Output, SaysNothingAtNone) {
  Output output;
  output.setLevel(LogLevel::None);
  output.log(Level::Warning, "loud");
  output.indented([&] { output.print("a command\n"); });
  EXPECT_TRUE(output.silent());
  EXPECT_EQ(output.take(), "");
}

TEST(Output, IndentsWhatHappensInside) {
  Output output;
  output.print("> 1 handling Ready\n");
  output.indented([&] {
    output.print("one\ntwo");
    output.indented([&] { output.print("deeper\n"); });
  });
  output.print("outside\n");
  EXPECT_EQ(output.take(), "> 1 handling Ready\n  one\n  two  deeper\noutside\n");
}

TEST(Output, KnowsTheLevelsByName) {
  EXPECT_EQ(rafttest::parseLogLevel("none"), LogLevel::None);
  EXPECT_EQ(rafttest::parseLogLevel("DEBUG"), LogLevel::Debug);
  EXPECT_EQ(rafttest::parseLogLevel("Info"), LogLevel::Info);
  EXPECT_EQ(rafttest::parseLogLevel("WARNING"), std::nullopt);
  EXPECT_EQ(rafttest::parseLogLevel(""), std::nullopt);
}

}  // namespace
