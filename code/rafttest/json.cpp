// Quoting and commas. Tested by rafttest/json_test.cpp.
#include "rafttest/json.hpp"

#include <array>

#include "base/text.hpp"

namespace rafttest {

// Control characters are written as \u00XX. The rest passes, UTF-8 included.
std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20U) {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 0xfU];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void JsonObject::addRaw(std::string_view key, std::string_view value) {
  members_ += base::text(members_.empty() ? "" : ",", quoted(key), ":", value);
}

JsonObject& JsonObject::add(std::string_view key, std::string_view text) {
  if (!text.empty()) addRaw(key, quoted(text));
  return *this;
}

JsonObject& JsonObject::add(std::string_view key, std::uint64_t number) {
  addRaw(key, base::text(number));
  return *this;
}

JsonObject& JsonObject::add(std::string_view key,
                            const std::vector<std::uint64_t>& numbers) {
  std::string list;
  for (const std::uint64_t n : numbers) list += base::text(list.empty() ? "" : ",", n);
  addRaw(key, base::text("[", list, "]"));
  return *this;
}

std::string jsonArray(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "\n" : ",\n") + value;
  return base::text("[", out, "\n]");
}

}  // namespace rafttest
