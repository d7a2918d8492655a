// Always-on check for our own bugs: prints the condition, the place and a message, then aborts.
// Any thread. Never for bad input (result.h) nor for physics outcomes (status values).
#pragma once

namespace lookout {

[[noreturn]] void CheckFailed(const char* condition, const char* file, int line,
                              const char* message);

}  // namespace lookout

#define LOOKOUT_CHECK(condition, message) \
  ((condition) ? static_cast<void>(0)     \
               : ::lookout::CheckFailed(#condition, __FILE__, __LINE__, message))
