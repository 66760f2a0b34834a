#include "rafttest/confchange_language.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "rafttest/testdata_test.hpp"

namespace {

using rafttest::ConfChangeLanguage;
using rafttest::Directive;

// A cluster of its own for every script.
const auto makeHandler = [] {
  return [cluster = std::make_shared<ConfChangeLanguage>()](Directive& directive) {
    return cluster->handle(directive);
  };
};

TEST(ConfChangeLanguage, OurScripts) {
  rafttest::playOurs("confchange", makeHandler);
}

TEST(ConfChangeLanguage, EtcdsScripts) {
  PLAY_PEERS("confchange", makeHandler);
}

TEST(ConfChangeLanguage, ComplainsAboutAFlagThatIsNone) {
  const auto script = rafttest::parse("f.txt", "enter-joint autoleave=perhaps\n----\n");
  EXPECT_EQ(rafttest::check(script, makeHandler()).failure,
            "f.txt:1: enter-joint: 'perhaps' is neither true nor false");
}

}  // namespace
