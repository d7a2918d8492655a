#include "agents/feedback/annotators/region_hand.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace lookout::agents {

Region RegionAt(const SeenFloor& floor, std::int64_t step, RegionShape shape) {
  Region region;
  region.episode = floor.episode;
  region.step = static_cast<StepIndex>(step);
  region.shape = shape;
  region.layout = shape == RegionShape::kAround ? std::string() : floor.layout;
  region.danger = floor.steps[static_cast<std::size_t>(step)].danger;
  return region;
}

void RegionHand::Scale(double scale, std::vector<double>& corners) {
  for (const std::size_t axis : {std::size_t{0}, std::size_t{1}}) {
    const double middle = 0.5 * (corners[axis] + corners[axis + 2]);
    corners[axis] = middle + scale * (corners[axis] - middle);
    corners[axis + 2] = middle + scale * (corners[axis + 2] - middle);
  }
}

void RegionHand::Finish(bool unsafe, DangerClass danger, Region& region) {
  bool flipped = slips_.Happens(settings_.flip_rate);
  flipped = (unsafe && slips_.Happens(settings_.unsafe_as_safe_rate)) != flipped;
  region.verdict = unsafe != flipped ? Verdict::kUnsafe : Verdict::kSafe;
  region.danger = 0;
  if (region.verdict == Verdict::kUnsafe) {
    const bool wrong = slips_.Happens(settings_.wrong_class_rate);
    region.danger = wrong ? slips_.OtherClass(danger) : danger;
  }
  const double scale = std::exp(slips_.Noise(settings_.size_jitter));
  region.radius_m = std::clamp(region.radius_m * scale, 0.0, kMostRegion_m);
  if (region.shape == RegionShape::kRectangle) Scale(scale, region.points);
  if (region.points.empty()) return;
  const double x_m = slips_.Noise(settings_.place_jitter_m);
  const double y_m = slips_.Noise(settings_.place_jitter_m);
  for (std::size_t i = 0; i < region.points.size(); i += 2) {
    region.points[i] = std::clamp(region.points[i] + x_m, -kMostRegion_m, kMostRegion_m);
    region.points[i + 1] = std::clamp(region.points[i + 1] + y_m, -kMostRegion_m, kMostRegion_m);
  }
}

}  // namespace lookout::agents
