// Three nodes of different ages, and real bytes between them: an old one that writes
// every field, a new one that leaves out zeros, and one from the future that knows a
// field more.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "raftpb/codec.hpp"
#include "raftpb/describe.hpp"

namespace {

using base::text;
using raftpb::Dialect;
using raftpb::Message;
using raftpb::MessageType;

// The picture's events, as pictures/trace.js reads them.
class Story {
 public:
  // What a node sends arrives as it is, or as what became of it on the way.
  void exchange(const Message& m, const std::string& sent, const std::string& arrived) {
    const std::string label = text(name(m.type), ", ", sent.size(), " bytes");
    const std::string id = std::to_string(++messages_);
    add({{"kind", "send"},
         {"lane", lane(m.from)},
         {"to", lane(m.to)},
         {"text", label},
         {"id", id}});
    const std::string now = text(name(m.type), ", ", arrived.size(), " bytes");
    add({{"kind", "arrive"}, {"lane", lane(m.to)}, {"text", now}, {"id", id}});
    Message read;
    const base::Error error = unmarshal(arrived, read);
    note(m.to, error ? text("refuses them: ", error.message())
                     : text("reads ", describeMessage(read)));
  }

  void note(raftpb::NodeId node, const std::string& words) {
    add({{"kind", "note"}, {"lane", lane(node)}, {"text", words}});
  }

  void print(std::string_view title) const {
    std::printf("{\"title\": %s, \"lanes\": [", quote(title).c_str());
    const char* labels[] = {"node 1 (old)", "node 2 (new)", "node 3 (newer)"};
    for (raftpb::NodeId node = 1; node <= 3; ++node) {
      std::printf("%s{\"id\": \"%s\", \"label\": \"%s\", \"kind\": \"node\"}",
                  node == 1 ? "" : ", ", lane(node).c_str(), labels[node - 1]);
    }
    std::printf("], \"events\": [");
    for (std::size_t i = 0; i < events_.size(); ++i) {
      std::printf("%s\n  %s", i == 0 ? "" : ",", events_[i].c_str());
    }
    std::printf("]}\n");
  }

 private:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  void add(const Fields& fields) {
    std::string event = text("{\"seq\": ", events_.size() + 1);
    for (const auto& [key, value] : fields)
      event += text(", \"", key, "\": ", quote(value));
    events_.push_back(event + "}");
  }
  static std::string lane(raftpb::NodeId node) { return std::to_string(node); }
  static std::string quote(std::string_view words) { return raftpb::quote(words); }

  std::vector<std::string> events_;
  int messages_ = 0;
};

// The bytes as a reader of wires sees them.
std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += out.empty() ? "" : " ";
    if (byte < 0x10) out += "0";
    base::appendNumber(out, static_cast<unsigned>(byte), 16);
  }
  return out;
}

}  // namespace

int main() {
  Story story;

  const Message append = {.type = MessageType::MsgApp,
                          .to = 2,
                          .from = 1,
                          .term = 5,
                          .logTerm = 5,
                          .index = 301,
                          .entries = {{.term = 5, .index = 302, .data = "color=blue"}},
                          .commit = 301};
  const std::string everyField = marshal(append, Dialect::EveryField);
  story.note(1, "writes every field, zeros too");
  story.exchange(append, everyField, everyField);

  const Message taken = {
      .type = MessageType::MsgAppResp, .to = 1, .from = 2, .term = 5, .index = 302};
  const std::string setFields = marshal(taken, Dialect::SetFields);
  story.note(2, text("leaves out what is zero: ", hex(setFields)));
  story.exchange(taken, setFields, setFields);

  const Message beat = {
      .type = MessageType::MsgHeartbeat, .to = 2, .from = 3, .term = 6, .commit = 302};
  const std::string future = marshal(beat, Dialect::SetFields) + "\x78\x2a";
  story.note(3, "adds a field 15 that nobody else knows");
  story.exchange(beat, future, future);

  Message answer = {.type = MessageType::MsgHeartbeatResp, .to = 3, .from = 2, .term = 6};
  answer.context = "read 7";
  const std::string whole = marshal(answer, Dialect::SetFields);
  story.note(2, "answers, and the network loses the last two bytes");
  story.exchange(answer, whole, whole.substr(0, whole.size() - 2));

  story.print("An old node, a new one and a newer one read each other");
}
