#include "app/cli/support/fail.h"

#include "sim/base/log.h"

namespace lookout::app {

int Fail(const Error& error) {
  LogError(error.message);
  return static_cast<int>(error.code);
}

}  // namespace lookout::app
