// How much more often than before an agent does what a stretch of steps shows: the share of its own
// among the nearest stretches of both agents (Schilling 1986; Henze 1988), where the threshold
// comes from the agent before, compared with itself. Pure functions; any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"

namespace lookout::agents {

// Clips of one agent as points. Those of one episode hang together, so they are never taken for
// each other's neighbours.
struct ClipLooks {
  Eigen::MatrixXf looks;             // [values x clips]
  std::vector<std::size_t> episode;  // [clips] in [0, episodes)
  std::size_t episodes = 0;
};

struct FrequencySettings {
  int neighbours = 15;         // of a clip that are counted, of both agents together
  double false_share = 0.01;   // of the same agent's clips that would be called more frequent
  int splits = 20;             // of the agent before into two, for the threshold
  int most_references = 4000;  // clips of each agent that can be neighbours, evenly taken
  int workers = 1;             // never changes the result
};

struct ClipFrequency {
  // How many times as often as before the agent does the like, around each of its clips; half a
  // neighbour is added to either side, so that none before is a number, too. [clips of after]
  std::vector<double> times;
  // Which the share false_share of the clips exceeds where episodes of the agent before are split
  // by chance, as many to as many as there are of both agents. Infinite with fewer than four
  // episodes before or two after: nothing can be held out.
  double threshold = 0.0;
};

// Same input: same result. before, after: in the same scale, a clip each at least.
ClipFrequency CompareFrequency(const ClipLooks& before, const ClipLooks& after,
                               const FrequencySettings& settings);

// How often both agents do what some clips of the second show.
struct WayFrequency {
  double before = 0.0, after = 0.0;  // clips like it, per episode
  // The second over the first, with half a clip added to either, so that none before is a number,
  // too; over episodes of both.
  Estimate times;
};

// places: clips of `after`, one at least. Like them is what lies as near to one of another episode
// as all but one in ten of themselves do.
WayFrequency FrequencyOfWay(const std::vector<std::size_t>& places, const ClipLooks& before,
                            const ClipLooks& after, int draws);

}  // namespace lookout::agents
