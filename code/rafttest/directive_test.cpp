#include "rafttest/directive.hpp"

#include <gtest/gtest.h>

namespace {

using rafttest::Arg;
using rafttest::Directive;
using rafttest::parseBool;
using rafttest::ParsedLine;
using rafttest::parseLine;
using rafttest::parseNumber;

std::vector<Arg> args(std::string_view line) {
  const ParsedLine parsed = parseLine(line);
  EXPECT_EQ(parsed.mistake, "");
  EXPECT_EQ(parsed.cmd, "cmd");
  return parsed.args;
}

TEST(ParseLine, TheCommandIsTheFirstWord) {
  EXPECT_EQ(parseLine("  stabilize \t").cmd, "stabilize");
  EXPECT_EQ(parseLine("stabilize 1 2").cmd, "stabilize");
  EXPECT_EQ(args("cmd"), std::vector<Arg>());
}

TEST(ParseLine, AnArgumentMayHaveNoValue) {
  EXPECT_EQ(args("cmd 1  2"), (std::vector<Arg>{{"1"}, {"2"}}));
}

TEST(ParseLine, AnArgumentMayHaveOneValue) {
  EXPECT_EQ(args("cmd a=1 b=x=y"), (std::vector<Arg>{{"a", {"1"}}, {"b", {"x=y"}}}));
}

TEST(ParseLine, NothingAfterTheSignIsOneEmptyValue) {
  EXPECT_EQ(args("cmd a= b"), (std::vector<Arg>{{"a", {""}}, {"b"}}));
  EXPECT_EQ(args("cmd a="), (std::vector<Arg>{{"a", {""}}}));
}

TEST(ParseLine, AListIsSplitAtItsCommas) {
  EXPECT_EQ(args("cmd v=(1,2,  3) w"), (std::vector<Arg>{{"v", {"1", "2", "3"}}, {"w"}}));
}

TEST(ParseLine, SpacesWithinAListAreKeptExceptAfterACommma) {
  EXPECT_EQ(args("cmd v=( 1 , 2 )"), (std::vector<Arg>{{"v", {" 1 ", "2 "}}}));
}

TEST(ParseLine, ListsWithinAListAreKept) {
  EXPECT_EQ(args("cmd v=(a(1, 2), (b))"), (std::vector<Arg>{{"v", {"a(1, 2)", "(b)"}}}));
}

TEST(ParseLine, AnEmptyListIsOneEmptyValue) {
  EXPECT_EQ(args("cmd v=()"), (std::vector<Arg>{{"v", {""}}}));
  EXPECT_EQ(args("cmd v=(1,)"), (std::vector<Arg>{{"v", {"1", ""}}}));
}

TEST(ParseLine, AnArgumentNeedsAName) {
  EXPECT_EQ(parseLine("cmd =5").mistake,
            "an argument has a name before its '='; write name=value");
}

TEST(ParseLine, AListNeedsAnEnd) {
  EXPECT_EQ(parseLine("cmd v=(1, (2)").mistake,
            "the list of 'v' does not end; close it with ')'");
}

TEST(ParseNumber, TakesDigitsOnly) {
  EXPECT_EQ(parseNumber("0"), 0U);
  EXPECT_EQ(parseNumber("18446744073709551615"), 18446744073709551615U);
  for (const char* bad : {"", "-1", "+1", "1x", " 1", "0x1", "18446744073709551616"}) {
    EXPECT_EQ(parseNumber(bad), std::nullopt) << bad;
  }
}

TEST(ParseBool, TakesWhatGoTakes) {
  for (const char* yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    EXPECT_EQ(parseBool(yes), true) << yes;
  }
  for (const char* no : {"0", "f", "F", "FALSE", "false", "False"}) {
    EXPECT_EQ(parseBool(no), false) << no;
  }
  for (const char* bad : {"", "yes", "tRUE", "2"}) {
    EXPECT_EQ(parseBool(bad), std::nullopt) << bad;
  }
}

Directive directive(std::string_view line) {
  Directive made;
  made.file = "f.txt";
  made.line = 7;
  made.cmd = "cmd";
  made.args = args(line);
  return made;
}

TEST(Directive, FindsArgumentsByName) {
  const Directive made = directive("cmd 3 a=1 4");
  EXPECT_EQ(made.find("a")->values, (std::vector<std::string>{"1"}));
  EXPECT_EQ(made.find("b"), nullptr);
  EXPECT_EQ(made.bareKeys(), (std::vector<std::string>{"3", "4"}));
}

TEST(Directive, ReadsValuesOrTheirFallbacks) {
  Directive made = directive("cmd n=5 b=true s=text l=(1, 2)");
  EXPECT_EQ(made.numberOf("n", 9), 5U);
  EXPECT_EQ(made.numberOf("m", 9), 9U);
  EXPECT_TRUE(made.flagOf("b", false));
  EXPECT_TRUE(made.flagOf("c", true));
  EXPECT_EQ(made.textOf("s", "none"), "text");
  EXPECT_EQ(made.textOf("t", "none"), "none");
  EXPECT_EQ(made.numbersOf("l"), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(made.numbersOf("m"), std::vector<std::uint64_t>());
  EXPECT_EQ(made.complaint, "");
}

TEST(Directive, ComplainsAboutAValueThatIsNoNumber) {
  Directive made = directive("cmd n=many");
  EXPECT_EQ(made.numberOf("n", 9), 0U);
  EXPECT_EQ(made.complaint, "f.txt:7: cmd: 'many' is not a number; write digits only");
}

TEST(Directive, ComplainsAboutAValueThatIsNoBoolean) {
  Directive made = directive("cmd b=maybe");
  EXPECT_FALSE(made.flagOf("b", true));
  EXPECT_EQ(made.complaint, "f.txt:7: cmd: 'maybe' is neither true nor false");
}

TEST(Directive, ComplainsAboutTwoValuesWhereOneIsTaken) {
  Directive made = directive("cmd s=(a, b)");
  EXPECT_EQ(made.textOf("s", ""), "");
  EXPECT_EQ(made.complaint, "f.txt:7: cmd: 's' takes one value; write s=value");
}

TEST(Directive, ComplainsAboutAnEmptyListOfNumbers) {
  Directive made = directive("cmd voters=()");
  made.numbersOf("voters");
  EXPECT_EQ(made.complaint, "f.txt:7: cmd: '' is not a number; write digits only");
}

TEST(Directive, KeepsItsFirstComplaint) {
  Directive made = directive("cmd");
  EXPECT_EQ(made.complain("one"), "");
  made.complain("two");
  EXPECT_EQ(made.complaint, "f.txt:7: cmd: one");
}

}  // namespace
