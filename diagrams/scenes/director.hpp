// Director: makes the scenes of the node play the same way every time.
//
// When a value changes hands, two threads go on at once, and whichever is faster today
// reports first. Both orders are true; a picture needs one of them. The director stands
// between the channels and the recorder, and holds a thread at a named moment until the
// other has got where the scene wants it. It adds nothing and drops nothing but what a
// scene asks it to hide.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "node/node.hpp"
#include "recorder.hpp"

namespace scenes {

using Kind = csp::Event::Kind;

/// A moment: something of this kind happens to this lane in this channel.
struct Moment {
  std::string lane;
  Kind kind;
  std::string channel;

  bool operator<(const Moment& other) const {
    return std::tie(lane, kind, channel) <
           std::tie(other.lane, other.kind, other.channel);
  }
};

/// Listens in the recorder's place, and passes on what it hears.
class Director final : public csp::Observer {
 public:
  explicit Director(Recorder& recorder) : recorder_(recorder) { csp::observe(this); }
  ~Director() override { csp::observe(nullptr); }

  /// The next time this moment comes, the thread waits before, or after, it is recorded.
  void before(Moment moment, std::function<bool()> until) {
    const std::lock_guard lock(mutex_);
    before_[std::move(moment)] = std::move(until);
  }
  void after(Moment moment, std::function<bool()> until) {
    const std::lock_guard lock(mutex_);
    after_[std::move(moment)] = std::move(until);
  }

  /// Records nothing until this moment has passed.
  void openAfter(Moment moment) {
    const std::lock_guard lock(mutex_);
    opening_ = std::move(moment);
  }

  /// Does not record when this lane sleeps.
  void hideSleep(std::string lane) {
    const std::lock_guard lock(mutex_);
    sleepers_.insert(std::move(lane));
  }

  /// How often this moment has come and was let pass.
  int count(const Moment& moment) {
    const std::lock_guard lock(mutex_);
    return counts_[moment];
  }

  void on(const csp::Event& event) override {
    const Moment moment{event.lane, event.kind, event.channel};
    if (const auto until = taken(before_, moment)) csp::waitUntil(until);
    if (isRecorded(moment)) recorder_.on(event);
    {
      const std::lock_guard lock(mutex_);
      ++counts_[moment];
    }
    if (const auto until = taken(after_, moment)) csp::waitUntil(until);
  }

 private:
  using Holds = std::map<Moment, std::function<bool()>>;

  std::function<bool()> taken(Holds& holds, const Moment& moment) {
    const std::lock_guard lock(mutex_);
    const auto found = holds.find(moment);
    if (found == holds.end()) return nullptr;
    const auto until = std::move(found->second);
    holds.erase(found);
    return until;
  }

  bool isRecorded(const Moment& moment) {
    const std::lock_guard lock(mutex_);
    if (opening_) {
      if (!(*opening_ < moment) && !(moment < *opening_)) opening_.reset();
      return false;
    }
    const bool isSleep = moment.kind == Kind::Parked || moment.kind == Kind::Woken;
    return !(isSleep && sleepers_.contains(moment.lane));
  }

  Recorder& recorder_;
  std::mutex mutex_;  // guards what follows
  Holds before_, after_;
  std::optional<Moment> opening_;
  std::set<std::string> sleepers_;
  std::map<Moment, int> counts_;
};

/// "entry 2 color=blue", for each of them.
inline std::string describe(const std::vector<raftpb::Entry>& entries) {
  std::string text;
  for (const auto& e : entries) {
    text += (text.empty() ? "entry " : ", ") + std::to_string(e.index) + " ";
    text += e.data.empty() ? "(empty)" : std::string(e.data);
  }
  return text;
}

/// Writes what the node's doors carry as short as an arrow has room for.
inline void describeTheNode(Recorder& recorder) {
  recorder.describe<node::Proposal>([](const node::Proposal& p) {
    return "MsgProp " + std::string(p.message.entries[0].data);
  });
  recorder.describe<raftpb::Message>(
      [](const raftpb::Message& m) { return std::string(raftpb::name(m.type)); });
  recorder.describe<base::Error>([](base::Error verdict) {
    return verdict ? verdict.message() : std::string("nil");
  });
}

/// Lists the doors of the front: propc, recvc, the result's, done.
inline void listTheFrontDoor(Recorder& recorder, const node::Doors& doors) {
  recorder.channel(doors.propc);
  recorder.channel(doors.recvc);
  recorder.channel(csp::Channel<base::Error>::make(1, "result"));
  recorder.channel(doors.done);
}

}  // namespace scenes
