// A fuzzer for the reader: bytes of all kinds, and what must hold for each of them.
//
// Refused bytes leave the target alone. Accepted ones give a value that both dialects
// write in as many bytes as they said, and read back as the same value; and that can be
// described. Crashes, hangs and reads beyond the end are the sanitizers' business.
//
//   cmake -S . -B f -G Ninja -DCMAKE_CXX_COMPILER=clang++-16 -DBOOK_FUZZ=ON \
//         -DBOOK_SANITIZE=address,undefined && ninja -C f codec_fuzz
//   f/codec_fuzz -runs=200000
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "raftpb/codec.hpp"
#include "raftpb/describe.hpp"

namespace {

using raftpb::Dialect;

std::string described(const raftpb::Message& m) {
  return describeMessage(m);
}
std::string described(const raftpb::Entry& e) {
  return describeEntry(e);
}
std::string described(const raftpb::Snapshot& s) {
  return describeSnapshot(s);
}
std::string described(const raftpb::ConfState& c) {
  return describeConfState(c);
}
std::string described(const raftpb::HardState& h) {
  return describeHardState(h);
}
std::string described(const raftpb::ConfChangeV2& c) {
  return describeConfChanges(c.changes);
}

template <typename M>
void check(std::string_view bytes, const M& untouched) {
  M read = untouched;
  if (unmarshal(bytes, read)) {
    RAFT_CHECK(read == untouched, "what is refused is not half-read");
    return;
  }
  described(read);
  for (const Dialect dialect : {Dialect::EveryField, Dialect::SetFields}) {
    const std::string written = marshal(read, dialect);
    RAFT_CHECK(written.size() == encodedSize(read, dialect), "sizes are exact");
    M again;
    RAFT_CHECK(!unmarshal(written, again), "what we write, we read");
    RAFT_CHECK(again == read, "what we write is what we read");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0:
      check<raftpb::Entry>(bytes, {.term = 1, .data = "untouched"});
      break;
    case 1:
      check<raftpb::HardState>(bytes, {.term = 1});
      break;
    case 2:
      check<raftpb::Snapshot>(bytes, {.data = "untouched"});
      break;
    case 3:
      check<raftpb::ConfState>(bytes, {.voters = {1}});
      break;
    case 4:
      check<raftpb::ConfChangeV2>(bytes, {.context = "untouched"});
      break;
    default:
      check<raftpb::Message>(bytes, {.term = 1, .context = "untouched"});
  }
  return 0;
}
