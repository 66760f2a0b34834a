// Two walks through the fields: the first counts the bytes, the second writes them.
// Tested by raftpb/codec_test.cpp.
#include <memory>
#include <type_traits>
#include <vector>

#include "raftpb/codec.hpp"
#include "raftpb/fields.hpp"
#include "raftpb/wire.hpp"

namespace raftpb {
namespace {

// What both walks do the same way: choose the fields. What they do with a field that was
// chosen is theirs: `number` and `bytes` of Derived.
template <typename Derived>
class FieldChooser {
 public:
  explicit FieldChooser(Dialect dialect) : dialect_(dialect) {}

  template <typename Number>
  void scalar(std::uint32_t number, Number value) {
    const auto wide = static_cast<std::uint64_t>(value);
    if (wide != 0 || dialect_ == Dialect::EveryField) self().putNumber(number, wide);
  }
  void numbers(std::uint32_t number, const std::vector<NodeId>& values) {
    for (const NodeId value : values) self().putNumber(number, value);
  }
  void bytes(std::uint32_t number, const base::Bytes& value) {
    if (!value.empty()) self().putBytes(number, value);
  }
  // A message without any fields says nothing, and with EveryField there is none such.
  template <typename M>
  void message(std::uint32_t number, const M& value) {
    if (encodedSize(value, dialect_) > 0) self().putMessage(number, value);
  }
  template <typename M>
  void optional(std::uint32_t number, const std::shared_ptr<const M>& value) {
    if (value) self().putMessage(number, *value);
  }
  template <typename M>
  void repeated(std::uint32_t number, const std::vector<M>& values) {
    for (const M& value : values) self().putMessage(number, value);
  }

 protected:
  Derived& self() { return static_cast<Derived&>(*this); }

  Dialect dialect_;
};

class Sizer : public FieldChooser<Sizer> {
 public:
  using FieldChooser::FieldChooser;

  void putNumber(std::uint32_t number, std::uint64_t value) {
    size += tagSize(number) + varintSize(value);
  }
  void putBytes(std::uint32_t number, std::string_view value) {
    size += tagSize(number) + varintSize(value.size()) + value.size();
  }
  template <typename M>
  void putMessage(std::uint32_t number, const M& value) {
    const std::size_t inner = encodedSize(value, dialect_);
    size += tagSize(number) + varintSize(inner) + inner;
  }

  std::size_t size = 0;
};

class Encoder : public FieldChooser<Encoder> {
 public:
  Encoder(Dialect dialect, Writer& out) : FieldChooser(dialect), out_(out) {}

  void putNumber(std::uint32_t number, std::uint64_t value) {
    out_.tag(number, WireType::Varint);
    out_.varint(value);
  }
  void putBytes(std::uint32_t number, std::string_view value) {
    out_.tag(number, WireType::Bytes);
    out_.bytes(value);
  }
  // The length stands in front of what it counts, so it has to be known before.
  template <typename M>
  void putMessage(std::uint32_t number, const M& value) {
    out_.tag(number, WireType::Bytes);
    out_.varint(encodedSize(value, dialect_));
    visitFields(*this, value);
  }

 private:
  Writer& out_;
};

}  // namespace

template <typename M>
std::size_t encodedSize(const M& m, Dialect dialect) {
  Sizer sizer(dialect);
  visitFields(sizer, m);
  return sizer.size;
}

template <typename M>
std::string marshal(const M& m, Dialect dialect) {
  Writer out(encodedSize(m, dialect));
  Encoder encoder(dialect, out);
  visitFields(encoder, m);
  return out.take();
}

template std::size_t encodedSize(const Message&, Dialect);
template std::size_t encodedSize(const Entry&, Dialect);
template std::size_t encodedSize(const HardState&, Dialect);
template std::size_t encodedSize(const Snapshot&, Dialect);
template std::size_t encodedSize(const ConfState&, Dialect);
template std::size_t encodedSize(const ConfChange&, Dialect);
template std::size_t encodedSize(const ConfChangeV2&, Dialect);

template std::string marshal(const Message&, Dialect);
template std::string marshal(const Entry&, Dialect);
template std::string marshal(const HardState&, Dialect);
template std::string marshal(const Snapshot&, Dialect);
template std::string marshal(const ConfState&, Dialect);
template std::string marshal(const ConfChange&, Dialect);
template std::string marshal(const ConfChangeV2&, Dialect);

}  // namespace raftpb
