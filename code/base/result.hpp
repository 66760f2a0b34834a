// Result<T>: a value, or the refusal that came instead of it.
//
// Go returns both, "value, err", and trusts the caller to look at the second first. Here
// there is one object which holds one of the two, and taking the value of a refusal is a
// broken invariant. std::expected does the same from C++23 on; we build with compilers
// that do not have it yet.
//
// Tested by base/result_test.cpp.
#pragma once

#include <utility>
#include <variant>

#include "base/check.hpp"
#include "base/error.hpp"

namespace base {

/// A T, or an Error that says why there is none: `if (result)` asks which.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, error) {
    RAFT_CHECK(error, "a Result without a value says why there is none");
  }
  Result(Errc code) : Result(make_error_code(code)) {}

  explicit operator bool() const { return state_.index() == 0; }  ///< is there a value?

  /// The value; asking a refusal for it is a bug.
  T& operator*() & { return *checked(std::get_if<0>(&state_)); }
  const T& operator*() const& { return *checked(std::get_if<0>(&state_)); }
  T operator*() && { return std::move(*checked(std::get_if<0>(&state_))); }
  T* operator->() { return &**this; }              ///< into the value, likewise
  const T* operator->() const { return &**this; }  ///< into the value, likewise

  /// The refusal, or no Error if there is a value.
  Error error() const { return *this ? Error() : *std::get_if<1>(&state_); }

  bool operator==(const Result&) const = default;

 private:
  template <class Pointer>
  static Pointer checked(Pointer value) {
    RAFT_CHECK(value != nullptr, "a refusal has no value");
    return value;
  }

  std::variant<T, Error> state_;
};

}  // namespace base
