// Bytes: a payload that nobody changes, and that everybody may therefore share.
//
// A proposal's data lies in the log, in a message to every follower, in a Ready and in
// the hands of whoever applies it, all at the same time. Copying a Bytes counts one more
// owner; the bytes themselves are copied once, when it is made, into one allocation. An
// empty one owns nothing. Nothing in it can be changed, so owners on different threads
// need no lock. Go gets the same from slices, and from everybody's promise to write to
// none of them.
//
// Tested by base/bytes_test.cpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace base {

/// Shared bytes that never change. It may hold any byte, zeros too.
class Bytes {
 public:
  Bytes() = default;

  /// Copies `bytes`, once: the only copy that will ever be made.
  Bytes(std::string_view bytes) : size_(bytes.size()) {
    if (bytes.empty()) return;
    const auto copy = std::make_shared_for_overwrite<char[]>(bytes.size());
    bytes.copy(copy.get(), bytes.size());
    bytes_ = copy;
  }
  Bytes(const std::string& bytes) : Bytes(std::string_view(bytes)) {}
  Bytes(const char* text) : Bytes(std::string_view(text)) {}  ///< up to its first zero

  std::string_view view() const { return {bytes_.get(), size_}; }  ///< while this lives
  operator std::string_view() const { return view(); }             ///< the same, unasked
  const char* data() const {
    return bytes_.get();
  }                                           ///< the first byte; no zero at the end
  std::size_t size() const { return size_; }  ///< how many
  bool empty() const { return size_ == 0; }   ///< none at all

  /// The same bytes, whoever owns them, in a Bytes or in a string?
  template <std::convertible_to<std::string_view> Other>
  bool operator==(const Other& other) const {
    return view() == std::string_view(other);
  }

 private:
  std::shared_ptr<const char[]> bytes_;
  std::size_t size_ = 0;
};

}  // namespace base
