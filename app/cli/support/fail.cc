#include "app/cli/support/fail.h"

#include <utility>

#include "sim/base/log.h"

namespace lookout::app {

int Fail(const Error& error) {
  LogError(error.message);
  return static_cast<int>(error.code);
}

Error WrongUsage(std::string message) { return {std::move(message), ErrorCode::kUsage}; }

Error WrongUsage(Error error) {
  error.code = ErrorCode::kUsage;
  return error;
}

}  // namespace lookout::app
