// Which samples of a collection are worked on, and which of them follow one another. A view.
#pragma once

#include <span>

namespace lookout::agents {

struct SampleSequences {
  SampleSequences() = default;
  // Every sample stands by itself, as for a network without memory.
  // NOLINTNEXTLINE(google-explicit-constructor): the usual case reads like a list of samples.
  SampleSequences(std::span<const int> single_samples) : samples(single_samples) {}
  SampleSequences(std::span<const int> all_samples, std::span<const int> sequence_starts)
      : samples(all_samples), starts(sequence_starts) {}

  // Indices of samples, sequence after sequence, each in the order of its steps.
  std::span<const int> samples;
  // Where the sequences begin, ascending; the first at samples[0], the others at
  // samples[starts[k] - starts[0]]. Empty: every sample stands by itself.
  std::span<const int> starts;

  int size() const { return static_cast<int>(samples.size()); }
  int sequences() const {
    return static_cast<int>(starts.empty() ? samples.size() : starts.size());
  }

  // The i-th of n parts of nearly equally many sequences, which stay whole.
  SampleSequences Part(int i, int n) const;
  // The fewest such parts, at least one, of at most that many samples each. No sequence may be
  // longer.
  int PartsOf(int most_samples) const;
};

}  // namespace lookout::agents
