#include "rafttest/json.hpp"

#include <gtest/gtest.h>

namespace {

using rafttest::jsonArray;
using rafttest::JsonObject;
using rafttest::quoted;

TEST(Json, EscapesWhatATextMayNotHold) {
  EXPECT_EQ(quoted("plain"), "\"plain\"");
  EXPECT_EQ(quoted("a \"b\" \\ c"), "\"a \\\"b\\\" \\\\ c\"");
  EXPECT_EQ(quoted("\n\t\x1f"), "\"\\u000a\\u0009\\u001f\"");
  EXPECT_EQ(quoted("↑"), "\"↑\"");
}

TEST(Json, BuildsObjectsAndLists) {
  JsonObject object;
  object.add("seq", std::uint64_t{3}).add("kind", "log").add("text", "");
  object.add("log", {1, 1, 2}).add("none", std::vector<std::uint64_t>());
  EXPECT_EQ(object.text(), R"({"seq":3,"kind":"log","log":[1,1,2],"none":[]})");
  EXPECT_EQ(JsonObject().text(), "{}");
  EXPECT_EQ(jsonArray({"1", "2"}), "[\n1,\n2\n]");
  EXPECT_EQ(jsonArray({}), "[\n]");
}

}  // namespace
