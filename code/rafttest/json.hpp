// Writing JSON, as much of it as a trace needs: objects of texts, numbers and lists of
// numbers. Tested by rafttest/json_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rafttest {

/// The text between quotation marks, with what JSON forbids escaped.
std::string quoted(std::string_view text);

/// One object, built key by key. Empty texts are left out.
class JsonObject {
 public:
  JsonObject& add(std::string_view key, std::string_view text);  ///< a text
  JsonObject& add(std::string_view key, std::uint64_t number);   ///< a number
  JsonObject& add(std::string_view key,
                  const std::vector<std::uint64_t>& numbers);  ///< a list
  std::string text() const { return "{" + members_ + "}"; }    ///< all of it

 private:
  void addRaw(std::string_view key, std::string_view value);

  std::string members_;
};

/// The values in brackets, a line each.
std::string jsonArray(const std::vector<std::string>& values);

}  // namespace rafttest
