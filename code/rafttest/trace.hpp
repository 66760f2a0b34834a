// Trace: what happened in a cluster, as the events that a picture is drawn from.
//
// The recorder listens while a scenario is played, and keeps what a picture shows: who
// sent what to whom and whether it arrived, who became what in which term, how far
// everybody has committed, and at the end the logs. The file's comments say what to leave
// out: see remarks.hpp. tools/site/play/js/pictures reads the result.
//
// Tested by rafttest/trace_test.cpp.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rafttest/directive.hpp"
#include "rafttest/interaction_env.hpp"
#include "rafttest/json.hpp"
#include "rafttest/observer.hpp"

namespace rafttest {

/// Records one run.
class Trace final : public Observer {
 public:
  void begins(const Directive& d) override;
  void sent(const UnderWay& underWay) override;
  void arrived(const UnderWay& underWay) override;
  void lost(const UnderWay& underWay) override;
  void changed(const EnvNode& node) override;

  /// The events so far, each as JSON.
  const std::vector<std::string>& events() const { return events_; }

  /// The recorded events as JSON, and everybody's log behind the last.
  std::string json();

 private:
  // A node, as it was seen last.
  struct Seen {
    std::string state;
    raft::Term term = 0;
    raft::Index commit = 0;
    raft::Index first = 1;
    std::vector<raft::Term> log;
  };

  static Seen see(const EnvNode& node);
  void obey(const std::string& order);
  void beginHere();
  void drawDirective(const Directive& d);
  void drawNote(NodeId id, std::string_view text);
  void drawCut(const std::vector<std::string>& side);
  void drawState(NodeId id);
  void drawLogs();
  void drawMessage(std::string_view kind, const UnderWay& underWay);
  JsonObject event(std::string_view kind);
  void keep(const JsonObject& event);
  std::string lanes() const;

  std::string title_;
  bool draws_ = true;  // is what happens now drawn?
  std::set<std::string, std::less<>> without_;
  std::map<NodeId, Seen> nodes_;
  std::map<NodeId, std::string> headers_;  // everybody's state when the picture began
  std::map<std::uint64_t, UnderWay> underWay_;
  std::vector<std::string> events_;
};

}  // namespace rafttest
