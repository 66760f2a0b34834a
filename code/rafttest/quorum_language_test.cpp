#include "rafttest/quorum_language.hpp"

#include <gtest/gtest.h>

#include "rafttest/testdata_test.hpp"

namespace {

using rafttest::check;
using rafttest::handleQuorum;
using rafttest::parse;
using rafttest::rewrite;

const auto makeHandler = [] { return handleQuorum; };

TEST(QuorumLanguage, OurScripts) {
  rafttest::playOurs("quorum", makeHandler);
}

TEST(QuorumLanguage, EtcdsScripts) {
  PLAY_PEERS("quorum", makeHandler);
}

// What a script says in one line, and what it is answered.
std::string answer(const std::string& line) {
  const rafttest::Script script = parse("f.txt", line + "\n----\n");
  const rafttest::Report report = rewrite(script, handleQuorum);
  if (!report.failure.empty()) return report.failure;
  return report.text.substr(line.size() + std::string("\n----\n").size());
}

TEST(QuorumLanguage, NoVotersAreNoTable) {
  EXPECT_EQ(answer("committed"), "<empty majority quorum>∞\n");
  EXPECT_EQ(answer("vote"), "VoteWon\n");
}

TEST(QuorumLanguage, ThereIsOneAnswerAVoter) {
  EXPECT_EQ(
      answer("committed cfg=(2,1) cfgj=(1,3) idx=(5,_)"),
      "error: mismatched input (explicit or _) for voters map[1:{} 2:{} 3:{}]: [5 0]\n");
  EXPECT_EQ(answer("vote cfg=(1) votes=(y,n)"),
            "error: mismatched input (explicit or _) for voters map[1:{}]: [2 1]\n");
}

TEST(QuorumLanguage, SaysWhatItCannotRead) {
  EXPECT_EQ(answer("committed cfg=(1) idx=(0)"),
            "f.txt:1: committed: 0 is no index to acknowledge; write _ for no answer");
  EXPECT_EQ(answer("vote cfg=(1) votes=(x)"),
            "f.txt:1: vote: 'x' is no vote; write y, n or _");
  EXPECT_EQ(answer("vote who=(1)"),
            "f.txt:1: vote: no argument 'who'; there are cfg, cfgj, idx, votes");
  EXPECT_EQ(answer("elect"),
            "f.txt:1: elect: unknown command; there are committed and vote");
  EXPECT_EQ(answer("vote cfg=(one)"),
            "f.txt:1: vote: 'one' is not a number; write digits only");
}

}  // namespace
