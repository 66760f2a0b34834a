// Two messages are equal when every field is. The lists in fields.hpp know every field of
// every type, so this test forgets none, and no later one either.
#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "raftpb/fields.hpp"

namespace {

using raftpb::visitFields;

// Changes the n-th field of a message, whatever it is, and counts them all.
class ChangeOne {
 public:
  explicit ChangeOne(int which) : which_(which) {}
  int fields() const { return fields_; }

  template <typename Number>
  void scalar(std::uint32_t, Number& value) {
    if (isIt()) value = static_cast<Number>(static_cast<std::uint64_t>(value) == 0);
  }
  void bytes(std::uint32_t, base::Bytes& value) {
    if (isIt()) value = value.view() == "same" ? "size" : "same";
  }
  void numbers(std::uint32_t, std::vector<raftpb::NodeId>& values) {
    if (!isIt()) return;
    values.empty() ? values.push_back(7) : void(++values.front());
  }
  template <typename M>
  void message(std::uint32_t, M& value) {
    if (isIt()) changeFirst(value);
  }
  template <typename M>
  void optional(std::uint32_t, std::shared_ptr<const M>& value) {
    if (!isIt()) return;
    M changed = value ? *value : M();
    if (value) changeFirst(changed);
    value = std::make_shared<const M>(std::move(changed));
  }
  template <typename M>
  void repeated(std::uint32_t, std::vector<M>& values) {
    if (!isIt()) return;
    values.empty() ? void(values.emplace_back()) : changeFirst(values.front());
  }

 private:
  bool isIt() { return fields_++ == which_; }

  template <typename M>
  static void changeFirst(M& value) {
    ChangeOne first(0);
    visitFields(first, value);
  }

  int which_;
  int fields_ = 0;
};

template <typename M>
M changed(M m, int which) {
  ChangeOne change(which);
  visitFields(change, m);
  return m;
}

template <typename M>
int fieldsOf(M m) {
  ChangeOne none(-1);
  visitFields(none, m);
  return none.fields();
}

template <typename M>
class Equality : public testing::Test {};
using Types =
    testing::Types<raftpb::Entry, raftpb::Message, raftpb::HardState, raftpb::ConfState,
                   raftpb::SnapshotMetadata, raftpb::Snapshot, raftpb::ConfChange,
                   raftpb::ConfChangeSingle, raftpb::ConfChangeV2>;
TYPED_TEST_SUITE(Equality, Types);

TYPED_TEST(Equality, IsLostWithEveryFieldThatChanges) {
  using M = TypeParam;
  const int fields = fieldsOf(M());
  M full;
  for (int which = 0; which < fields; ++which) full = changed(full, which);

  for (const M& original : {M(), full}) {
    EXPECT_TRUE(original == M(original));
    for (int which = 0; which < fields; ++which) {
      EXPECT_FALSE(changed(original, which) == original) << "field " << which;
      EXPECT_FALSE(original == changed(original, which)) << "field " << which;
    }
  }
}

}  // namespace
