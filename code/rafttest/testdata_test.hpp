// Scripts for tests: our own below testdata/, and etcd's where there is a copy of them.
//
// etcd's scripts are no part of this book, and the tests that play them are skipped where
// they are absent. RAFT_PEER_SCENARIOS names their folder; without it, a copy beside the
// repository is looked for.
//
// With RAFT_REWRITE=1 in the environment our own are written anew instead of compared.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "rafttest/datadriven.hpp"

namespace rafttest {

/// Our scripts of one language.
inline std::filesystem::path ourScripts(const std::string& language) {
  return std::filesystem::path(BOOK_ROOT) / "code/rafttest/testdata" / language;
}

/// etcd's scripts of one language; the folder may not exist.
inline std::filesystem::path peerScripts(const std::string& language) {
  const char* const named = std::getenv("RAFT_PEER_SCENARIOS");
  const auto beside = std::filesystem::path(BOOK_ROOT) / "../shared/peers/etcd-raft";
  return (named != nullptr ? std::filesystem::path(named) : beside) / language;
}

/// The scripts of a folder, by name; files that an editor left behind are none.
inline std::vector<std::filesystem::path> scriptsIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool isLeftover =
        name.starts_with('.') || name.starts_with('#') || name.ends_with('~');
    if (entry.is_regular_file() && !isLeftover) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Everything in a file.
inline std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Plays every script of a folder. `makeHandler()` makes a Handler for one script.
template <class MakeHandler>
void playAll(const std::filesystem::path& folder, const MakeHandler& makeHandler) {
  const auto files = scriptsIn(folder);
  EXPECT_FALSE(files.empty()) << "no scripts in " << folder;
  for (const auto& file : files) {
    const Script script = parse(file.filename().string(), contents(file));
    const Report report = check(script, makeHandler());
    EXPECT_EQ(report.failure, "");
    EXPECT_GT(report.directives, 0U) << file;
  }
}

/// Plays our scripts of a language, or writes them anew if that is asked for.
template <class MakeHandler>
void playOurs(const std::string& language, const MakeHandler& makeHandler) {
  if (std::getenv("RAFT_REWRITE") == nullptr) {
    return playAll(ourScripts(language), makeHandler);
  }
  for (const auto& file : scriptsIn(ourScripts(language))) {
    const Script script = parse(file.filename().string(), contents(file));
    const Report report = rewrite(script, makeHandler());
    ASSERT_EQ(report.failure, "");
    std::ofstream(file, std::ios::binary) << report.text;
  }
}

/// The reason for which a test of etcd's scripts is skipped; empty if they are there.
inline std::string absence(const std::string& language) {
  if (std::filesystem::is_directory(peerScripts(language))) return "";
  return "etcd's own " + language +
         " scripts are not here, so nothing was compared with them; "
         "RAFT_PEER_SCENARIOS=FOLDER says where they are";
}

}  // namespace rafttest

/// Plays etcd's scripts of a language, or skips the test where there are none.
#define PLAY_PEERS(language, makeHandler)                                    \
  if (const std::string why = ::rafttest::absence(language); !why.empty()) { \
    GTEST_SKIP() << why;                                                     \
  }                                                                          \
  ::rafttest::playAll(::rafttest::peerScripts(language), makeHandler)
