#include "sim/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace lookout {

void CheckFailed(const char* condition, const char* file, int line, const char* message) {
  std::fprintf(stderr, "lookout: internal error at %s:%d: %s (%s)\n", file, line, message,
               condition);
  std::abort();
}

}  // namespace lookout
