#include "agents/learning/sample_sequences.h"

#include <algorithm>
#include <cstddef>

#include "sim/base/check.h"

namespace lookout::agents {

SampleSequences SampleSequences::Part(int i, int n) const {
  const auto count = static_cast<std::size_t>(sequences());
  const std::size_t begin = count * i / n;
  const std::size_t end = count * (i + 1) / n;
  if (starts.empty()) return samples.subspan(begin, end - begin);
  const auto first_sample = [this, count](std::size_t sequence) {
    return sequence < count ? static_cast<std::size_t>(starts[sequence] - starts[0])
                            : samples.size();
  };
  return {samples.subspan(first_sample(begin), first_sample(end) - first_sample(begin)),
          starts.subspan(begin, end - begin)};
}

int SampleSequences::PartsOf(int most_samples) const {
  int parts = std::max(1, (size() + most_samples - 1) / most_samples);
  if (starts.empty()) return parts;
  const auto all_fit = [&] {
    for (int i = 0; i < parts; ++i) {
      if (Part(i, parts).size() > most_samples) return false;
    }
    return true;
  };
  while (!all_fit()) {
    LOOKOUT_CHECK(parts < sequences(), "a sequence is longer than a block of samples");
    ++parts;
  }
  return parts;
}

}  // namespace lookout::agents
