// Fewer bytes: three small words of the wire, in both dialects.
#include <cstdio>
#include <string>

#include "raftpb/codec.hpp"

using raftpb::Dialect;
using raftpb::EntryType;

namespace {

template <typename M>
void show(const char* what, const M& m) {
  const Dialect dialects[] = {Dialect::EveryField, Dialect::SetFields};
  const char* names[] = {"every field:", "set fields: "};
  for (int i = 0; i < 2; ++i) {
    std::printf("%s, %s", what, names[i]);
    for (const char c : marshal(m, dialects[i])) {
      std::printf(" %02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    std::printf("\n");
  }
}

}  // namespace

int main() {
  show("hard state", raftpb::HardState{.term = 2, .vote = 0, .commit = 300});
  show("entry", raftpb::Entry{.term = 1, .index = 5, .data = "hi"});
  show("empty entry",
       raftpb::Entry{.type = EntryType::EntryConfChangeV2, .term = 1, .index = 6});
}
