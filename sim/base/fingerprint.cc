#include "sim/base/fingerprint.h"

#include <cinttypes>
#include <cstdio>

namespace lookout {

std::string Fingerprint(std::string_view bytes) {
  char text[17];
  std::snprintf(text, sizeof text, "%016" PRIx64, Fnv1a(bytes));
  return text;
}

}  // namespace lookout
