// Bytes: a payload that nobody changes, and that everybody may therefore share.
//
// A proposal's data lies in the log, in a message to every follower, in a Ready and in
// the hands of whoever applies it, all at the same time. Copying a Bytes counts one more
// owner; the bytes themselves are copied once, when it is made, into one allocation. An
// empty one owns nothing. Nothing in it can be changed, so owners on different threads
// need no lock. Go gets the same from slices, and from everybody's promise to write to
// none of them.
//
// A Bytes is one pointer, to a count of the owners, with the bytes behind it. A
// shared_ptr and a size would take three times the room in every entry of every log. The
// count is the one atomic number in the pure core: it waits for nobody, and nothing is
// decided by it but who frees the bytes.
//
// Tested by base/bytes_test.cpp.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace base {

/// Shared bytes that never change. It may hold any byte, zeros too.
class Bytes {
 public:
  Bytes() = default;

  /// Copies `bytes`, once: the only copy that will ever be made.
  Bytes(std::string_view bytes) {
    if (bytes.empty()) return;
    head_ = new (::operator new(sizeof(Head) + bytes.size())) Head{1, bytes.size()};
    bytes.copy(head_->bytes(), bytes.size());
  }
  Bytes(const std::string& bytes) : Bytes(std::string_view(bytes)) {}
  Bytes(const char* text) : Bytes(std::string_view(text)) {}  ///< up to its first zero

  Bytes(const Bytes& other) : head_(other.head_) {
    // Whoever copies is an owner already, so nobody else can be giving it up for good.
    if (head_) head_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  Bytes(Bytes&& other) noexcept : head_(std::exchange(other.head_, nullptr)) {}
  Bytes& operator=(Bytes other) noexcept {
    std::swap(head_, other.head_);
    return *this;
  }
  ~Bytes() {
    // The last owner frees it, after whatever the others have done with it.
    if (!head_ || head_->owners.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
    ::operator delete(head_);
  }

  std::string_view view() const { return {data(), size()}; }  ///< while this lives
  operator std::string_view() const { return view(); }        ///< the same, unasked

  /// The first byte; there is no zero after the last. Null if there are none.
  const char* data() const { return head_ ? head_->bytes() : nullptr; }
  std::size_t size() const { return head_ ? head_->size : 0; }  ///< how many
  bool empty() const { return head_ == nullptr; }               ///< none at all

  /// The same bytes, whoever owns them, in a Bytes or in a string?
  template <std::convertible_to<std::string_view> Other>
  bool operator==(const Other& other) const {
    return view() == std::string_view(other);
  }

 private:
  struct Head {
    std::atomic<std::size_t> owners;
    std::size_t size;
    char* bytes() { return reinterpret_cast<char*>(this + 1); }  // they follow at once
  };

  Head* head_ = nullptr;
};

}  // namespace base
