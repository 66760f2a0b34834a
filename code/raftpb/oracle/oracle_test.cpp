// Protobuf as the judge of our codec: random messages there and back, both dialects.
//
// The newer dialect must give protobuf's bytes, one for one. The older one sets every
// number, so it must give protobuf's bytes for a message in which every number is set.
// What protobuf writes, we must read as what was meant, packed or not, and in the order
// of another's choosing; and where we accept damaged bytes, protobuf must accept them
// too, and understand the same.
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>
#include <raft.pb.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "raftpb/codec.hpp"

namespace {

using raftpb::ConfChange;
using raftpb::ConfChangeSingle;
using raftpb::ConfChangeV2;
using raftpb::ConfState;
using raftpb::Dialect;
using raftpb::Entry;
using raftpb::HardState;
using raftpb::Message;
using raftpb::MessageType;
using raftpb::NodeId;
using raftpb::Snapshot;
using raftpb::SnapshotMetadata;

constexpr int kRounds = 3000;

// Random words of the wire. Numbers are of every length, and every fifth is zero.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::uint64_t number() {
    if (random_.below(5) == 0) return 0;
    return random_.next() >> random_.below(64);
  }
  bool coin() { return random_.below(2) == 0; }
  std::string bytes() {
    std::string out(random_.below(3) * random_.below(100), '\0');
    for (char& c : out) c = static_cast<char>(random_.next());
    return out;
  }
  template <typename Enum>
  Enum one(std::uint32_t count) {
    return static_cast<Enum>(random_.below(count));
  }
  template <typename Make>
  auto several(Make make) {
    std::vector<decltype(make())> out;
    for (std::uint32_t i = random_.below(4); i > 0; --i) out.push_back(make());
    return out;
  }
  std::vector<NodeId> ids() {
    return several([&] { return number(); });
  }

  Entry entry() {
    return {.type = one<raftpb::EntryType>(3),
            .term = number(),
            .index = number(),
            .data = bytes()};
  }
  HardState hardState() { return {number(), number(), number()}; }
  ConfState confState() { return {ids(), ids(), ids(), ids(), coin()}; }
  Snapshot snapshot() {
    return {.data = bytes(),
            .metadata = {.confState = confState(), .index = number(), .term = number()}};
  }
  ConfChange confChange() {
    return {number(), one<raftpb::ConfChangeType>(4), number(), bytes()};
  }
  ConfChangeV2 confChangeV2() {
    const auto change = [&] {
      return ConfChangeSingle{one<raftpb::ConfChangeType>(4), number()};
    };
    return {one<raftpb::ConfChangeTransition>(3), several(change), bytes()};
  }
  Message message(int depth = 0) {
    Message m = {.type = one<raftpb::MessageType>(24),
                 .to = number(),
                 .from = number(),
                 .term = number(),
                 .logTerm = number(),
                 .index = number(),
                 .entries = several([&] { return entry(); }),
                 .commit = number(),
                 .vote = number(),
                 .reject = coin(),
                 .rejectHint = number(),
                 .context = bytes()};
    if (coin()) m.snapshot = std::make_shared<const Snapshot>(snapshot());
    if (depth < 2) m.responses = several([&] { return message(depth + 1); });
    return m;
  }
  base::Random& random() { return random_; }

 private:
  base::Random random_;
};

// Ours, told to protobuf. In the older dialect every number is set; in the newer one,
// those that are not zero, and messages that say something.
struct Teller {
  bool every;

  template <typename Set, typename Value>
  void scalar(Set set, Value value) const {
    if (every || value != Value()) set(value);
  }
  void to(const Entry& from, oracle::Entry& out) const {
    scalar([&](auto v) { out.set_type(oracle::EntryType(v)); }, from.type);
    scalar([&](auto v) { out.set_term(v); }, from.term);
    scalar([&](auto v) { out.set_index(v); }, from.index);
    if (!from.data.empty()) out.set_data(std::string(from.data));
  }
  void to(const HardState& from, oracle::HardState& out) const {
    scalar([&](auto v) { out.set_term(v); }, from.term);
    scalar([&](auto v) { out.set_vote(v); }, from.vote);
    scalar([&](auto v) { out.set_commit(v); }, from.commit);
  }
  void to(const ConfState& from, oracle::ConfState& out) const {
    for (const NodeId id : from.voters) out.add_voters(id);
    for (const NodeId id : from.learners) out.add_learners(id);
    for (const NodeId id : from.votersOutgoing) out.add_voters_outgoing(id);
    for (const NodeId id : from.learnersNext) out.add_learners_next(id);
    scalar([&](auto v) { out.set_auto_leave(v); }, from.autoLeave);
  }
  void to(const SnapshotMetadata& from, oracle::SnapshotMetadata& out) const {
    if (every || from.confState != ConfState()) {
      to(from.confState, *out.mutable_conf_state());
    }
    scalar([&](auto v) { out.set_index(v); }, from.index);
    scalar([&](auto v) { out.set_term(v); }, from.term);
  }
  void to(const Snapshot& from, oracle::Snapshot& out) const {
    if (!from.data.empty()) out.set_data(std::string(from.data));
    if (every || from.metadata != SnapshotMetadata()) {
      to(from.metadata, *out.mutable_metadata());
    }
  }
  void to(const ConfChange& from, oracle::ConfChange& out) const {
    scalar([&](auto v) { out.set_id(v); }, from.id);
    scalar([&](auto v) { out.set_type(oracle::ConfChangeType(v)); }, from.type);
    scalar([&](auto v) { out.set_node_id(v); }, from.nodeId);
    if (!from.context.empty()) out.set_context(std::string(from.context));
  }
  void to(const ConfChangeV2& from, oracle::ConfChangeV2& out) const {
    scalar([&](auto v) { out.set_transition(oracle::ConfChangeTransition(v)); },
           from.transition);
    for (const ConfChangeSingle& change : from.changes) {
      oracle::ConfChangeSingle& told = *out.add_changes();
      scalar([&](auto v) { told.set_type(oracle::ConfChangeType(v)); }, change.type);
      scalar([&](auto v) { told.set_node_id(v); }, change.nodeId);
    }
    if (!from.context.empty()) out.set_context(std::string(from.context));
  }
  void to(const Message& from, oracle::Message& out) const {
    scalar([&](auto v) { out.set_type(oracle::MessageType(v)); }, from.type);
    scalar([&](auto v) { out.set_to(v); }, from.to);
    scalar([&](auto v) { out.set_from(v); }, from.from);
    scalar([&](auto v) { out.set_term(v); }, from.term);
    scalar([&](auto v) { out.set_log_term(v); }, from.logTerm);
    scalar([&](auto v) { out.set_index(v); }, from.index);
    for (const Entry& entry : from.entries) to(entry, *out.add_entries());
    scalar([&](auto v) { out.set_commit(v); }, from.commit);
    if (from.snapshot) to(*from.snapshot, *out.mutable_snapshot());
    scalar([&](auto v) { out.set_reject(v); }, from.reject);
    scalar([&](auto v) { out.set_reject_hint(v); }, from.rejectHint);
    if (!from.context.empty()) out.set_context(std::string(from.context));
    scalar([&](auto v) { out.set_vote(v); }, from.vote);
    for (const Message& response : from.responses) to(response, *out.add_responses());
  }
};

std::string serialised(const google::protobuf::MessageLite& m) {
  std::string out;
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    EXPECT_TRUE(m.SerializeToCodedStream(&coded));
  }
  return out;
}

template <typename Theirs, typename Ours>
void agree(const Ours& meant) {
  for (const Dialect dialect : {Dialect::EveryField, Dialect::SetFields}) {
    const std::string bytes = marshal(meant, dialect);
    Theirs told;
    Teller{dialect == Dialect::EveryField}.to(meant, told);
    ASSERT_EQ(bytes, serialised(told)) << told.ShortDebugString();
    ASSERT_EQ(encodedSize(meant, dialect), told.ByteSizeLong());

    Ours read;
    ASSERT_EQ(unmarshal(bytes, read), base::Error());
    ASSERT_EQ(read, meant);
  }
}

// INV-MESSAGES-1
TEST(Oracle, OurBytesAreProtobufs) {
  Maker make(7);
  for (int round = 0; round < kRounds && !testing::Test::HasFatalFailure(); ++round) {
    agree<oracle::Message>(make.message());
    agree<oracle::Entry>(make.entry());
    agree<oracle::HardState>(make.hardState());
    agree<oracle::Snapshot>(make.snapshot());
    agree<oracle::ConfState>(make.confState());
    agree<oracle::ConfChange>(make.confChange());
    agree<oracle::ConfChangeV2>(make.confChangeV2());
  }
}

// What we make of bytes, told to protobuf, is what protobuf makes of them. It may know
// more: fields from the future, which it keeps and we do not.
// Types from the future are left out of it: Go and we keep the number, and C++'s protobuf
// makes the field one that it does not know.
bool hasUnknownTypes(const Message& m) {
  return m.type < MessageType::MsgHup || m.type > MessageType::MsgForgetLeader ||
         std::ranges::any_of(m.entries,
                             [](const raftpb::Entry& e) {
                               return e.type < raftpb::EntryType::EntryNormal ||
                                      e.type > raftpb::EntryType::EntryConfChangeV2;
                             }) ||
         std::ranges::any_of(m.responses, hasUnknownTypes);
}

void understandTheSame(const std::string& bytes, int& accepted) {
  Message read;
  if (unmarshal(bytes, read) || hasUnknownTypes(read)) return;
  ++accepted;
  oracle::Message theirs;
  ASSERT_TRUE(theirs.ParseFromString(bytes));
  theirs.DiscardUnknownFields();

  Message again;  // through their serialisation, which says what they understood
  ASSERT_EQ(unmarshal(serialised(theirs), again), base::Error());
  ASSERT_EQ(again, read) << theirs.ShortDebugString();
}

TEST(Oracle, MergesAsProtobufDoes) {
  Maker make(8);
  int accepted = 0;
  for (int round = 0; round < kRounds && !testing::Test::HasFatalFailure(); ++round) {
    const std::string one = marshal(make.message(2), Dialect::SetFields);
    const std::string other = marshal(make.message(2), Dialect::SetFields);
    understandTheSame(one + other, accepted);
  }
  EXPECT_EQ(accepted, kRounds);
}

// INV-MESSAGES-3
TEST(Oracle, WhereDamageIsAcceptedBothUnderstandTheSame) {
  Maker make(9);
  int accepted = 0;
  for (int round = 0; round < 5 * kRounds && !testing::Test::HasFatalFailure(); ++round) {
    const auto dialect = make.coin() ? Dialect::EveryField : Dialect::SetFields;
    std::string bytes = marshal(make.message(1), dialect);
    if (bytes.empty()) continue;
    const auto size = static_cast<std::uint32_t>(bytes.size());
    for (std::uint32_t i = 1 + make.random().below(3); i > 0; --i) {
      bytes[make.random().below(size)] = static_cast<char>(make.random().next());
    }
    understandTheSame(bytes, accepted);
  }
  EXPECT_GT(accepted, kRounds / 10);
}

}  // namespace
