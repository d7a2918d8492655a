// A run's learned and true cost over the distance from its first policy, and where they part: what
// the Goodhart plot shows. A value; any thread.
#pragma once

#include <optional>
#include <vector>

#include "agents/inspect/goodhart/parting.h"
#include "ui/model/run_store.h"

namespace lookout::ui {

// An iteration of the run.
struct GoodhartPoint {
  int iteration = 0;
  double distance = 0.0;              // sqrt(KL of the policy that acted in it from the first)
  double learned = 0.0, truth = 0.0;  // costs per episode
  // The iteration after which that policy was kept; 0: it was not.
  int kept_policy = 0;
};

struct GoodhartTrack {
  RunId run;
  int iterations = 0;                 // that it was made of
  std::vector<GoodhartPoint> points;  // those whose distance and costs are known
  std::optional<agents::Parting> parting;

  // Whether it is still of that run as it is.
  bool IsOf(const RunTrack& track) const {
    return run == track.id && iterations == track.iterations();
  }
};

// O(iterations). Of a run that reads no cost model there are no points, and no parting.
GoodhartTrack GoodhartTrackOf(const RunTrack& run);

}  // namespace lookout::ui
