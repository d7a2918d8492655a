#include "sim/base/fingerprint.h"

#include <fmt/format.h>

namespace lookout {

std::string Fingerprint(std::string_view bytes) { return fmt::format("{:016x}", Fnv1a(bytes)); }

}  // namespace lookout
