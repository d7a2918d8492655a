// Errors of the outside world (a file, a flag, a model, a database): a value or one Error.
// Any thread. For our own bugs see check.h; physics outcomes are status values.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "sim/base/check.h"

namespace lookout {

// What kind of failure it is; main() turns it into the exit code of the same number.
enum class ErrorCode { kFailure = 1, kUsage = 2, kNoDisplay = 3, kBadInput = 4, kProjectInUse = 5 };

// One cause and one way out, as a full sentence a user can act on.
struct Error {
  std::string message;
  ErrorCode code = ErrorCode::kFailure;
};

inline Error BadInput(std::string message) { return {std::move(message), ErrorCode::kBadInput}; }

// A T, or the Error that says why there is none. Reading the wrong one is our bug and aborts.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(content_); }
  explicit operator bool() const { return ok(); }

  T& value() & { return *Get(); }
  const T& value() const& { return *const_cast<Result*>(this)->Get(); }
  T&& value() && { return std::move(*Get()); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return Get(); }
  const T* operator->() const { return const_cast<Result*>(this)->Get(); }

  const Error& error() const {
    const Error* error = std::get_if<Error>(&content_);
    LOOKOUT_CHECK(error != nullptr, "error() of a Result that holds a value");
    return *error;
  }

 private:
  T* Get() {
    T* value = std::get_if<T>(&content_);
    LOOKOUT_CHECK(value != nullptr, ok() ? "" : std::get<Error>(content_).message.c_str());
    return value;
  }

  std::variant<T, Error> content_;
};

// Success, or the Error that says what failed.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(Error error) : error_(std::move(error)), ok_(false) {}

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  const Error& error() const {
    LOOKOUT_CHECK(!ok_, "error() of a Result that succeeded");
    return error_;
  }

 private:
  Error error_;
  bool ok_ = true;
};

using Status = Result<void>;

}  // namespace lookout
