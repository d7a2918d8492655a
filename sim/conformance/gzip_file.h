// Files that may be compressed by gzip, from outside: bounded while they are read. Any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sim/base/result.h"

namespace lookout::sim {

// Hands over the inflated bytes block by block, until the end or the first refusal of `take`, which
// it returns. Rejects what is not a regular file, damaged or beyond 32 MB inflated.
Status ReadGzipBlocks(const std::string& path,
                      const std::function<Status(std::string_view block)>& take);

// All of it at once.
Result<std::string> ReadGzipFile(const std::string& path);

}  // namespace lookout::sim
