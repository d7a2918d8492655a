// Where the robot was in recorded episodes, for feedback that is about places. One thread.
#pragma once

#include <string_view>

#include "agents/feedback/kinds/region.h"
#include "sim/base/ids.h"

namespace lookout::agents {

class EpisodePlaces {
 public:
  struct Point {
    double x_m = 0.0;
    double y_m = 0.0;  // of the robot's centre, world frame
  };

  virtual ~EpisodePlaces() = default;
  // Which layout the episode has (see sim::LayoutOf); empty: not known.
  virtual std::string_view Layout(EpisodeId episode) = 0;
  // NaN where it is not recorded.
  virtual Point RobotAt(EpisodeId episode, StepIndex step) = 0;
  // Horizontally from the robot's centre to that of the nearest object of the kind, in metres;
  // infinite without any, NaN where it is not known.
  virtual double DistanceTo(EpisodeId episode, StepIndex step, std::string_view kind) = 0;
};

// Whether a region says anything about an episode, and whether the robot is inside it at a step.
bool HoldsIn(const Region& region, EpisodePlaces& places, EpisodeId episode);
bool IsInside(const Region& region, EpisodePlaces& places, EpisodeId episode, StepIndex step);

}  // namespace lookout::agents
