#include "rafttest/datadriven.hpp"

#include <gtest/gtest.h>

namespace {

using rafttest::check;
using rafttest::difference;
using rafttest::Directive;
using rafttest::parse;
using rafttest::Report;
using rafttest::rewrite;
using rafttest::Script;

// Says what it was given: its input if there is one, or else its command.
std::string echo(Directive& directive) {
  return directive.input.empty() ? directive.cmd : directive.input;
}

std::string nothing(Directive&) {
  return "";
}

std::vector<Directive> directives(std::string_view text) {
  const Script script = parse("f.txt", text);
  EXPECT_EQ(script.complaint, "");
  return script.directives;
}

TEST(Parse, ADirectiveHasItsPlaceItsInputAndItsOutput) {
  const auto all = directives(
      "# why\n"
      "\n"
      "one a=1\n"
      "v1 v2\n"
      "----\n"
      "out\n"
      "  more\n"
      "\n"
      "\n"
      "two\n"
      "----\n"
      "end\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].file, "f.txt");
  EXPECT_EQ(all[0].line, 3);
  EXPECT_EQ(all[0].cmd, "one");
  EXPECT_EQ(all[0].args, (std::vector<rafttest::Arg>{{"a", {"1"}}}));
  EXPECT_EQ(all[0].input, "v1 v2");
  EXPECT_EQ(all[0].expected, "out\n  more\n");
  EXPECT_EQ(all[1].line, 10);
  EXPECT_EQ(all[1].input, "");
  EXPECT_EQ(all[1].expected, "end\n");
}

TEST(Parse, ACommentIsOneOnlyBetweenDirectives) {
  const auto all = directives("  # comment\none\n# input\n----\n# output\n");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].input, "# input");
  EXPECT_EQ(all[0].expected, "# output\n");
}

TEST(Parse, ABackslashContinuesACommand) {
  const auto all = directives("one a=1 \\\n    b=2\\\n  c=3\n----\nout\n");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].args,
            (std::vector<rafttest::Arg>{{"a", {"1"}}, {"b", {"2"}}, {"c", {"3"}}}));
  EXPECT_EQ(all[0].line, 1);
}

TEST(Parse, InputIsTrimmedAtItsEndsOnly) {
  const auto all = directives("one\n\n  a\n\n b \n\n----\nout\n");
  EXPECT_EQ(all[0].input, "a\n\n b");
}

TEST(Parse, OnlyALineThatIsExactlyTheSeparatorEndsTheInput) {
  const auto all = directives("one\n---- \n -----\n----\nout\n");
  EXPECT_EQ(all[0].input, "---- \n -----");
}

TEST(Parse, ALineOfSpacesEndsTheOutput) {
  const auto all = directives("one\n----\nout\n \t \ntwo\n----\nend\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].expected, "out\n");
}

TEST(Parse, ADoubledSeparatorAllowsBlankLines) {
  const auto all = directives("one\n----\n----\na\n\n----\nb\n----\n----\n\ntwo\n----\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].expected, "a\n\n----\nb\n");
  EXPECT_EQ(all[1].cmd, "two");
  EXPECT_EQ(all[1].expected, "");
}

TEST(Parse, ASubtestHasNeitherInputNorOutput) {
  const auto all = directives("subtest name\none\n----\nout\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].cmd, "subtest");
  EXPECT_EQ(all[1].cmd, "one");
}

TEST(Parse, LinesMayEndAsOnWindows) {
  const auto all = directives("one a\r\nin\r\n----\r\nout\r\n\r\ntwo\r\n----\r\nend");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].args, (std::vector<rafttest::Arg>{{"a"}}));
  EXPECT_EQ(all[0].input, "in");
  EXPECT_EQ(all[0].expected, "out\n");
  EXPECT_EQ(all[1].expected, "end\n");
}

TEST(Parse, AByteOrderMarkIsNoCommand) {
  const std::string_view marked = "\xef\xbb\xbfone\n----\nout\n";
  ASSERT_EQ(directives(marked).size(), 1U);
  EXPECT_EQ(directives(marked)[0].cmd, "one");
  EXPECT_EQ(rewrite(parse("f", marked), nothing).text, "one\n----\n");
  EXPECT_TRUE(directives("\xef\xbb\xbf").empty());
}

TEST(Parse, NothingIsAScriptToo) {
  EXPECT_TRUE(directives("").empty());
  EXPECT_TRUE(directives("\n# only words\n").empty());
}

TEST(Parse, SaysWhereAScriptIsWrongAndHowToMendIt) {
  struct Row {
    std::string text, complaint;
  };
  const Row rows[] = {
      {"\none =1\n----\n",
       "f.txt:2: an argument has a name before its '='; write name=value"},
      {"one\n----\n\ntwo a=(1\n----\n",
       "f.txt:4: the list of 'a' does not end; close it with ')'"},
      {"one\n----\n----\na\n----\n----\nx\n",
       "f.txt:7: a double block is followed by a blank line; add one"},
      {"one\n----\n----\na\n",
       "f.txt:3: a double block does not end; close it with two lines of ----"},
      {"one\n" + std::string(64 * 1024, 'x') + "\n----\n",
       "f.txt:3: a line has 64 KiB or more; cut it"},
  };
  for (const Row& row : rows) {
    const Script script = parse("f.txt", row.text);
    EXPECT_EQ(script.complaint, row.complaint);
    EXPECT_EQ(check(script, echo).failure, row.complaint);
    EXPECT_EQ(rewrite(script, echo).failure, row.complaint);
  }
}

TEST(Check, PassesWhenEveryOutputIsTheExpectedOne) {
  const Report report =
      check(parse("f.txt", "one\n----\none\n\nsubtest x\n\ntwo\na\n----\na\n"), echo);
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.directives, 2U);
}

TEST(Check, StopsAtTheFirstDifference) {
  const Report report =
      check(parse("f.txt", "one\n----\none\n\ntwo\na\nb\nc\n----\na\nB\nc\n\n3\n----\n3"),
            echo);
  EXPECT_EQ(report.directives, 2U);
  EXPECT_EQ(report.failure,
            "f.txt:5: two: the output is not the expected one (- expected, + now)\n"
            "  a\n"
            "- B\n"
            "+ b\n"
            "  c\n");
}

TEST(Check, AnOutputWithoutANewlineGetsOne) {
  EXPECT_EQ(check(parse("f.txt", "one\n----\none\n"), echo).failure, "");
}

TEST(Check, SpaceAtTheEndsOfALineCounts) {
  for (const std::string expected : {" one", "one ", "one\t"}) {
    const auto script = parse("f.txt", "one\n----\n" + expected + "\n");
    EXPECT_NE(check(script, echo).failure, "") << "'" << expected << "'";
    const auto says = [&](Directive&) { return expected; };
    EXPECT_EQ(check(script, says).failure, "") << "'" << expected << "'";
  }
}

TEST(Check, NoOutputIsNoLine) {
  EXPECT_EQ(check(parse("f.txt", "one\n----\n"), nothing).failure, "");
  EXPECT_NE(check(parse("f.txt", "one\n----\n"), echo).failure, "");
}

TEST(Check, AsksForTheSeparatorThatIsMissing) {
  EXPECT_EQ(check(parse("f.txt", "one\n"), echo).failure,
            "f.txt:1: one: no output is expected; end the input with a line of ----\n"
            "+ one\n");
}

TEST(Check, ShowsAComplaintInsteadOfAnOutput) {
  const auto handle = [](Directive& directive) {
    return directive.complain("there is no node 7; add it first");
  };
  const Report report = check(parse("f.txt", "\none\n----\n\ntwo\n----\n"), handle);
  EXPECT_EQ(report.failure, "f.txt:2: one: there is no node 7; add it first");
  EXPECT_EQ(report.directives, 1U);
}

TEST(Rewrite, PutsOutputsInTheirPlaceAndKeepsTheRest) {
  const Report report = rewrite(parse("f.txt",
                                      "# why\n"
                                      "one \\\n"
                                      "   a\n"
                                      "in\n"
                                      "----\n"
                                      "old\n"
                                      "\n"
                                      "# then\n"
                                      "two\n"
                                      "----\n"),
                                echo);
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.text,
            "# why\n"
            "one \\\n"
            "   a\n"
            "in\n"
            "----\n"
            "in\n"
            "\n"
            "# then\n"
            "two\n"
            "----\n"
            "two\n");
}

TEST(Rewrite, KeepsWhatFollowsTheLastDirective) {
  for (const std::string tail : {"# the end\n", "# the\n\n# end\n", "  # the end\n"}) {
    const std::string text = "one\n----\none\n\n" + tail;
    EXPECT_EQ(rewrite(parse("f.txt", text), echo).text, text);
  }
}

TEST(Rewrite, AddsTheSeparatorThatIsMissing) {
  EXPECT_EQ(rewrite(parse("f.txt", "one\n"), echo).text, "one\n----\none\n");
}

TEST(Rewrite, DoublesTheSeparatorAroundABlankLine) {
  const auto blank = [](Directive&) { return std::string("a\n\t\nb"); };
  EXPECT_EQ(rewrite(parse("f.txt", "one\n----\nx\n\ntwo\n----\n"), blank).text,
            "one\n----\n----\na\n\t\nb\n----\n----\n\n"
            "two\n----\n----\na\n\t\nb\n----\n----\n");
}

TEST(Rewrite, IsStable) {
  const auto outputs = [](Directive& directive) {
    if (directive.cmd == "blank") return std::string("\n");
    if (directive.cmd == "none") return std::string();
    return std::string("text\n");
  };
  const std::string once =
      rewrite(parse("f.txt", "blank\n----\n\n# x\nnone\n----\n\nsubtest y\n\ntext\n\n"),
              outputs)
          .text;
  EXPECT_EQ(check(parse("f.txt", once), outputs).failure, "");
  EXPECT_EQ(rewrite(parse("f.txt", once), outputs).text, once);
}

TEST(Rewrite, WritesNothingForAScriptThatIsWrong) {
  const auto handle = [](Directive& directive) { return directive.complain("no"); };
  const Report report = rewrite(parse("f.txt", "one\n----\n\ntwo\n----\n"), handle);
  EXPECT_EQ(report.failure, "f.txt:1: one: no");
  EXPECT_EQ(report.text, "");
  EXPECT_EQ(report.directives, 1U);
}

TEST(Difference, ShowsTwoLinesAroundWhatDiffers) {
  EXPECT_EQ(difference("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\nx\ny\n5\n6\n7\n"),
            "  2\n  3\n- 4\n+ x\n+ y\n  5\n  6\n");
  EXPECT_EQ(difference("a\n", ""), "- a\n");
  EXPECT_EQ(difference("", "a\n"), "+ a\n");
  EXPECT_EQ(difference("a\na\n", "a\n"), "  a\n- a\n");
}

}  // namespace
