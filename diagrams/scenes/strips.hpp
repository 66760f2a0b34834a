// Strips: prints the trace of a scene that is about logs, played on one thread.
//
// A scene calls the real RaftLog and its storage, and says after each step which log to
// draw. Nothing is drawn from memory: the terms of a strip are asked for when it is
// recorded.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "raft/log.hpp"

namespace scenes {

/// A column of the picture, and the node's state if it is a node.
struct Strip {
  std::string id;
  std::string label;
  std::string state = {};
};

/// Collects events in order, and prints them as a trace.
class Strips {
 public:
  Strips(std::string title, std::vector<Strip> lanes)
      : title_(std::move(title)), lanes_(std::move(lanes)) {}

  /// A remark beside a lane.
  void note(const std::string& lane, const std::string& text) {
    event("note", lane, ",\"text\":" + quoted(text));
  }

  /// One lane tells another something, and it arrives.
  void send(const std::string& from, const std::string& to, const std::string& text) {
    arrive(post(from, to, text));
  }

  /// A message under way.
  struct Letter {
    std::string to;
    std::string rest;
  };

  /// The same in two steps: it is sent now, and arrives later, or is lost.
  Letter post(const std::string& from, const std::string& to, const std::string& text) {
    const std::string id = ",\"id\":" + quoted("m" + std::to_string(++sent_));
    const std::string said = ",\"text\":" + quoted(text) + id;
    event("send", from, ",\"to\":" + quoted(to) + said);
    return {to, said};
  }
  void arrive(const Letter& letter) { event("arrive", letter.to, letter.rest); }
  void lose(const std::string& from, const Letter& letter) {
    event("drop", from, ",\"to\":" + quoted(letter.to) + letter.rest);
  }

  /// A node plays another part from now on: "leader", "follower", "candidate".
  void state(const std::string& lane, const std::string& state, raft::Term term) {
    event("state", lane,
          ",\"state\":" + quoted(state) + ",\"term\":" + std::to_string(term));
  }
  void crash(const std::string& lane) { event("crash", lane, ""); }      ///< it is gone
  void restart(const std::string& lane) { event("restart", lane, ""); }  ///< it is back

  /// What a lane's log holds now, and how far it is committed.
  void log(const std::string& lane, const raft::RaftLog& log) {
    strip(lane, log.allEntries(), log.firstIndex(), log.committed());
  }

  /// What stands in the storage of a node that has committed so far.
  void log(const std::string& lane, const raft::Storage& storage, raft::Index committed) {
    const raft::Index first = storage.firstIndex();
    const auto stored = storage.entries(first, storage.lastIndex() + 1, raft::kNoLimit);
    strip(lane, *stored, first, committed);
  }

  /// A logger whose lines become remarks beside a lane.
  raft::Logger logger(std::string lane) {
    return [this, lane = std::move(lane)](raft::Level, const std::string& line) {
      note(lane, line);
    };
  }

  void print() const {
    std::string out = "{\"title\":" + quoted(title_) + ",\n\"lanes\":[";
    for (const Strip& lane : lanes_) {
      out += (out.back() == '[' ? "" : ",") + ("{\"id\":" + quoted(lane.id));
      out += ",\"label\":" + quoted(lane.label);
      if (!lane.state.empty()) {
        out += ",\"kind\":\"node\",\"state\":" + quoted(lane.state);
      }
      out += "}";
    }
    std::printf("%s],\n\"channels\":[],\n\"events\":[\n%s\n]}\n", out.c_str(),
                events_.c_str());
  }

 private:
  void strip(const std::string& lane, const raftpb::Entries& entries, raft::Index first,
             raft::Index committed) {
    std::string terms;
    for (const raftpb::Entry& entry : entries) {
      terms += (terms.empty() ? "" : ",") + std::to_string(entry.term);
    }
    event("log", lane,
          ",\"log\":[" + terms + "],\"first\":" + std::to_string(first) +
              ",\"commit\":" + std::to_string(committed));
  }

  void event(std::string_view kind, const std::string& lane, const std::string& rest) {
    if (!events_.empty()) events_ += ",\n";
    events_ += "{\"seq\":" + std::to_string(++number_) + ",\"kind\":" + quoted(kind) +
               ",\"lane\":" + quoted(lane) + rest + "}";
  }

  static std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out + '"';
  }

  std::string title_;
  std::vector<Strip> lanes_;
  std::string events_;
  int number_ = 0;
  int sent_ = 0;
};

}  // namespace scenes
