#include "agents/feedback/targets/episode_places.h"

namespace lookout::agents {

bool HoldsIn(const Region& region, EpisodePlaces& places, EpisodeId episode) {
  return region.shape == RegionShape::kAround || places.Layout(episode) == region.layout;
}

bool IsInside(const Region& region, EpisodePlaces& places, EpisodeId episode, StepIndex step) {
  if (region.shape == RegionShape::kAround) {
    return places.DistanceTo(episode, step, region.around) <= region.radius_m;
  }
  const EpisodePlaces::Point robot = places.RobotAt(episode, step);
  return Covers(region, robot.x_m, robot.y_m);
}

}  // namespace lookout::agents
