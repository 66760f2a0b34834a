// Stage: a running node for a scene, with its loop as one lane of the picture.
//
// A scene's threads take turns. Each does one thing to the node and goes on when the loop
// has settled: it has done what came in, and waits again. So the order of the picture is
// the order in which things caused each other.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "director.hpp"
#include "node/alone_test.hpp"
#include "node/node.hpp"

namespace scenes {

/// What a Ready asks for, as short as an arrow has room for.
inline std::string describe(const raft::Ready& rd) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    text += (text.empty() ? "" : "; ") + part;
  };
  const bool voted = rd.hardState && rd.mustSync && rd.entries.empty();
  if (voted) add("write term " + std::to_string(rd.hardState->term) + " and vote");
  if (!rd.entries.empty()) add("write " + describe(rd.entries));
  if (!rd.committedEntries.empty()) add("apply " + describe(rd.committedEntries));
  return "Ready: " + text;
}

/// The node of a scene, and the turns of its loop.
class Stage {
 public:
  explicit Stage(Recorder& recorder) : recorder_(recorder), director_(recorder) {
    describeTheNode(recorder);
    recorder.describe<raft::ReadyPtr>(
        [](const raft::ReadyPtr& rd) { return describe(*rd); });
  }

  /// Lists every door, for a picture that shows where the loop waits.
  void listAllDoors() {
    listTheFrontDoor(recorder_, doors);
    recorder_.channel(doors.readyc);
    recorder_.channel(doors.advancec);
    recorder_.channel(doors.tickc);
    recorder_.channel(doors.status);
    recorder_.channel(doors.stop);
  }

  /// Starts the node, and waits until its loop waits for the first caller.
  void start(raft::Logger logger) {
    node = node::startNode(disk_.of({.id = 1, .logger = std::move(logger)}), doors);
    settled(1);
  }

  /// The same, off stage, up to a leader with nothing left to do. The picture begins with
  /// the loop waiting.
  void startAsLeader() {
    director_.openAfter({"loop", Kind::Woken, "tickc"});
    start([](raft::Level, const std::string&) {});
    turns(1, [&] { std::ignore = node->campaign(csp::background()); });
    for (int readies = 3; readies > 0; --readies) {
      turns(1, [&] { disk_.write(**node->ready().recv()); });
      turns(1, [&] { node->advance(); });
    }
    turns(1, [&] { node->tick(); });  // raises the curtain; a leader has no use for it
  }

  /// Does one thing to the node, and waits until the loop has made so many turns from it.
  template <class Action>
  void turns(int count, Action action) {
    const int before = parks();
    action();
    settled(before + count);
  }

  /// Proposes, in the calling lane, while the loop waits. Parks for the verdict, is
  /// handed it, and returns when the loop waits again.
  void propose(const std::string& lane, const std::string& data) {
    const int before = parks();
    director_.before({"loop", Kind::Woken, "propc"},
                     [this] { return doors.done.waitingReceivers() == 1; });
    director_.before({lane, Kind::Woken, "result"},
                     [this, before] { return hasSettled(before + 1); });
    recorder_.call("propose(" + data + ")");
    const base::Error said = node->propose(csp::background(), data);
    settled(before + 1);
    recorder_.returns(said ? said.message() : "nil");
  }

  /// Receives a Ready that is on offer, in the calling lane.
  raft::ReadyPtr takeReady() {
    csp::waitUntil([this] { return doors.readyc.waitingSenders() == 1; });
    recorder_.call("ready().recv()");
    raft::ReadyPtr rd;
    turns(1, [&] { rd = *node->ready().recv(); });
    disk_.write(*rd);
    return rd;
  }

  /// Says that it is done. The loop may have more to do from it than one turn.
  void advance(int loopTurns = 1) {
    recorder_.call("advance()");
    turns(loopTurns, [&] { node->advance(); });
  }

  Director& director() { return director_; }

  const node::Doors doors;

  /// Whether the loop has waited so many times, counted from its start, and waits now. It
  /// leaves its notes under the locks of all its doors: whoever has heard of one note,
  /// and then gets that door's lock, comes after the last.
  bool hasSettled(int times) {
    return parks() >= times && doors.stop.waitingReceivers() == 1;
  }

 private:
  int parks() { return director_.count({"loop", Kind::Parked, "stop"}); }
  void settled(int times) {
    csp::waitUntil([&] { return hasSettled(times); });
  }

  Recorder& recorder_;
  Director director_;
  node::test::Disk disk_;

 public:
  std::unique_ptr<node::Node>
      node;  // the last, so that its loop has ended before all others go
};

}  // namespace scenes
