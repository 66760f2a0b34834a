// Recorder: listens to the channels while a scene plays, and prints what it heard as a
// trace.
//
// A scene is a small program with two or three threads, one lane of the picture each. The
// real channels report what they do; the scene adds what only it knows: that a function
// was called, what it returned, a remark. A scene must play the same way every time. It
// therefore never sleeps: a thread starts when the one before it is parked, and it waits
// until the one that it woke has returned.
#pragma once

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <typeindex>
#include <utility>
#include <vector>

#include "csp/channel.hpp"
#include "csp/wait_until.hpp"

namespace scenes {

/// One column of the picture: a thread that called itself `id` with csp::nameThread().
struct Lane {
  std::string id;
  std::string label;
};

/// What channels and the scene report, in order. One recorder lives at a time.
class Recorder final : public csp::Observer {
 public:
  Recorder(std::string title, std::vector<Lane> lanes)
      : title_(std::move(title)), lanes_(std::move(lanes)) {
    describe<std::string>([](const std::string& text) { return text; });
    describe<int>([](int number) { return std::to_string(number); });
    csp::observe(this);
  }
  ~Recorder() override { csp::observe(nullptr); }

  /// Lists a channel with its capacity.
  template <class Handle>
  void channel(const Handle& channel) {
    channels_.emplace_back(channel.name(), channel.capacity());
  }

  /// Says how a T is written on an arrow. Without it, an arrow carries no text.
  template <class T, class Text>
  void describe(Text text) {
    texts_[typeid(T)] = [text](const void* value) {
      return text(*static_cast<const T*>(value));
    };
  }

  /// A thread that plays a lane. The lane's name must be a literal.
  template <class Part>
  std::jthread play(const char* lane, Part part) {
    return std::jthread([lane, part = std::move(part)]() mutable {
      csp::nameThread(lane);
      part();
    });
  }

  /// The calling thread's lane calls something, or returns from it.
  void call(const std::string& text) { add({"call", csp::threadName(), "", {}, text}); }
  void returns(const std::string& text = "") {
    add({"return", csp::threadName(), "", {}, text});
  }

  /// A remark, in a lane or, with "", across the picture.
  void note(const std::string& lane, const std::string& text) {
    add({"note", lane, "", {}, text});
  }

  /// Waits until the lane has reported an event of that kind, as often as told.
  void waitFor(std::string_view lane, std::string_view kind, int times = 1);

  /// Stops the next hand-off on the channel after the claim and before the wake, until
  /// `ready()`. What others do in that moment is then part of the picture, every time.
  void holdHandOff(std::string channel, std::function<bool()> ready);

  /// Prints the trace on stdout.
  void print();

  /// Called by the channels.
  void on(const csp::Event& event) override;

 private:
  struct Line {
    std::string kind;
    std::string lane;
    std::string to;
    std::vector<std::string> channels;
    std::string text;
  };

  void add(Line line);
  bool hasLane(std::string_view id) const;
  std::string textOf(const csp::Event& event) const;

  static Line lineOf(const csp::Event& event, const std::string& text);
  static std::string quoted(std::string_view text);
  static std::string json(const Line& line, std::size_t number);

  std::string title_;
  std::vector<Lane> lanes_;
  std::vector<std::pair<std::string, std::size_t>> channels_;
  std::map<std::type_index, std::function<std::string(const void*)>> texts_;

  std::mutex mutex_;  // guards what follows
  std::vector<Line> lines_;
  std::string heldChannel_;
  std::function<bool()> heldUntil_;
};

inline void Recorder::on(const csp::Event& event) {
  if (!hasLane(event.lane)) return;
  add(lineOf(event, textOf(event)));

  std::function<bool()> heldUntil;
  {
    const std::lock_guard lock(mutex_);
    if (event.kind == csp::Event::Kind::HandedOff && heldChannel_ == event.channel) {
      heldUntil.swap(heldUntil_);
      heldChannel_.clear();
    }
  }
  if (heldUntil) csp::waitUntil(heldUntil);
}

inline Recorder::Line Recorder::lineOf(const csp::Event& event, const std::string& text) {
  const std::string lane = event.lane;
  const std::string peer = event.peer;
  const std::vector<std::string> on = {event.channel};
  switch (event.kind) {
    case csp::Event::Kind::Parked:
      return {"park", lane, "", on, ""};
    case csp::Event::Kind::HandedOff:
      return {"handoff", lane, peer, on, text};
    case csp::Event::Kind::Buffered:
      return {"buffer", lane, "", on, peer.empty() ? text : peer + "'s " + text};
    case csp::Event::Kind::Taken:
      return {"take", lane, "", on, text};
    case csp::Event::Kind::Woken:
      return {"wake", lane, "", on, ""};
    case csp::Event::Kind::Closed:
      break;
  }
  return {"close", lane, "", on, ""};
}

// A select parks in all its channels at once: one line for all of them.
inline void Recorder::add(Line line) {
  const std::lock_guard lock(mutex_);
  if (line.kind == "park" && !lines_.empty()) {
    Line& last = lines_.back();
    if (last.kind == "park" && last.lane == line.lane) {
      last.channels.insert(last.channels.end(), line.channels.begin(),
                           line.channels.end());
      return;
    }
  }
  lines_.push_back(std::move(line));
}

inline bool Recorder::hasLane(std::string_view id) const {
  for (const Lane& lane : lanes_) {
    if (lane.id == id) return true;
  }
  return false;
}

inline std::string Recorder::textOf(const csp::Event& event) const {
  if (event.value == nullptr) return "";
  const auto text = texts_.find(*event.type);
  return text == texts_.end() ? "" : text->second(event.value);
}

inline void Recorder::waitFor(std::string_view lane, std::string_view kind, int times) {
  csp::waitUntil([&] {
    const std::lock_guard lock(mutex_);
    int seen = 0;
    for (const Line& line : lines_)
      seen += line.lane == lane && line.kind == kind ? 1 : 0;
    return seen >= times;
  });
}

inline void Recorder::holdHandOff(std::string channel, std::function<bool()> ready) {
  const std::lock_guard lock(mutex_);
  heldChannel_ = std::move(channel);
  heldUntil_ = std::move(ready);
}

inline std::string Recorder::quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

inline std::string Recorder::json(const Line& line, std::size_t number) {
  std::string out =
      "{\"seq\":" + std::to_string(number) + ",\"kind\":" + quoted(line.kind);
  if (!line.lane.empty()) out += ",\"lane\":" + quoted(line.lane);
  if (!line.to.empty()) out += ",\"to\":" + quoted(line.to);
  if (line.channels.size() == 1) out += ",\"channel\":" + quoted(line.channels.front());
  if (line.channels.size() > 1) {
    out += ",\"channels\":[";
    for (const auto& name : line.channels) {
      out += (out.back() == '[' ? "" : ",") + quoted(name);
    }
    out += "]";
  }
  if (!line.text.empty()) out += ",\"text\":" + quoted(line.text);
  return out + "}";
}

// The channels of one park are listed as the scene listed them: the order in which select
// shuffled them is another one every time.
inline void Recorder::print() {
  const std::lock_guard lock(mutex_);
  std::string out = "{\"title\":" + quoted(title_) + ",\n\"lanes\":[";
  for (const Lane& lane : lanes_) {
    out += (out.back() == '[' ? "" : ",") + ("{\"id\":" + quoted(lane.id));
    out += ",\"label\":" + quoted(lane.label) + "}";
  }
  out += "],\n\"channels\":[";
  for (const auto& [name, capacity] : channels_) {
    out += (out.back() == '[' ? "" : ",") + ("{\"name\":" + quoted(name));
    out += ",\"capacity\":" + std::to_string(capacity) + "}";
  }
  out += "],\n\"events\":[\n";
  std::size_t number = 0;
  for (Line line : lines_) {
    std::ranges::sort(line.channels, {}, [this](const std::string& name) {
      return std::ranges::find(channels_, name, &decltype(channels_)::value_type::first);
    });
    out += (number == 0 ? "" : ",\n") + json(line, number + 1);
    ++number;
  }
  std::printf("%s\n]}\n", out.c_str());
}

}  // namespace scenes
