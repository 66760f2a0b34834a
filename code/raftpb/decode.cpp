// One walk through the fields for every field that comes in: whose number is it?
// Tested by raftpb/codec_test.cpp.
#include <memory>
#include <utility>
#include <vector>

#include "raftpb/codec.hpp"
#include "raftpb/fields.hpp"

namespace raftpb {
namespace {

template <typename M>
void readFields(Reader& in, M& m, int depth);

// Takes one field from the bytes, into the member that has its number.
class FieldTaker {
 public:
  FieldTaker(Reader& in, int depth) : in_(in), tag_(in.tag()), depth_(depth) {}

  template <typename Number>
  void scalar(std::uint32_t number, Number& value) {
    if (isNext(number, WireType::Varint)) value = static_cast<Number>(in_.varint());
  }
  void bytes(std::uint32_t number, base::Bytes& value) {
    if (isNext(number, WireType::Bytes)) value = in_.bytes();
  }
  // etcd writes each with a tag of its own; protobuf knows a packed form, and readers
  // have to take both.
  void numbers(std::uint32_t number, std::vector<NodeId>& values) {
    if (tag_.type == WireType::Varint && isNext(number, WireType::Varint)) {
      values.push_back(in_.varint());
    } else if (isNext(number, WireType::Bytes)) {
      Reader packed(in_.bytes());
      while (packed.more()) values.push_back(packed.varint());
      finish(packed);
    }
  }
  template <typename M>
  void message(std::uint32_t number, M& value) {
    if (!isNext(number, WireType::Bytes)) return;
    Reader inner(in_.bytes());
    readFields(inner, value, depth_ + 1);
    finish(inner);
  }
  template <typename M>
  void optional(std::uint32_t number, std::shared_ptr<const M>& value) {
    if (number != tag_.number) return;
    M merged = value ? *value : M();
    message(number, merged);
    value = std::make_shared<const M>(std::move(merged));
  }
  template <typename M>
  void repeated(std::uint32_t number, std::vector<M>& values) {
    if (number == tag_.number) message(number, values.emplace_back());
  }

  // Nobody's: a field from the future.
  void skipUnlessTaken() {
    if (!taken_) in_.skip(tag_);
  }

 private:
  bool isNext(std::uint32_t number, WireType type) {
    if (taken_ || number != tag_.number) return false;
    taken_ = true;
    if (type != tag_.type) in_.fail(Errc::WrongWireType);
    return type == tag_.type;
  }
  void finish(const Reader& inner) {
    if (inner.error()) in_.fail(inner.error());
  }

  Reader& in_;
  Tag tag_;
  int depth_;
  bool taken_ = false;
};

template <typename M>
void readFields(Reader& in, M& m, int depth) {
  if (depth > kMaxDepth) return in.fail(Errc::NestedTooDeep);
  while (in.more()) {
    FieldTaker field(in, depth);
    visitFields(field, m);
    field.skipUnlessTaken();
  }
}

}  // namespace

template <typename M>
Error unmarshal(std::string_view bytes, M& m) {
  M whole;
  Reader in(bytes);
  readFields(in, whole, 1);
  if (!in.error()) m = std::move(whole);
  return in.error();
}

template Error unmarshal(std::string_view, Message&);
template Error unmarshal(std::string_view, Entry&);
template Error unmarshal(std::string_view, HardState&);
template Error unmarshal(std::string_view, Snapshot&);
template Error unmarshal(std::string_view, ConfState&);
template Error unmarshal(std::string_view, ConfChange&);
template Error unmarshal(std::string_view, ConfChangeV2&);

}  // namespace raftpb
