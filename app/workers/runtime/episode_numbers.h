// Numbers for episodes that begin, whoever plays them. Any thread.
#pragma once

#include <atomic>
#include <cstdint>

#include "sim/base/ids.h"

namespace lookout::app {

class EpisodeNumbers {
 public:
  explicit EpisodeNumbers(EpisodeId first = EpisodeId{1}) : next_(first.value) {}
  EpisodeId Next() { return EpisodeId{next_++}; }

 private:
  std::atomic<std::int64_t> next_;
};

}  // namespace lookout::app
