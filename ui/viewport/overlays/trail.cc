#include "ui/viewport/overlays/trail.h"

#include <algorithm>
#include <vector>

namespace lookout::ui {
namespace {

constexpr float kTrailHop_m = 0.006F;  // points closer than this are merged
constexpr float kTrailGap_m = 0.35F;   // a longer hop was no driving: the line breaks

// Collects the points of the trail and hands each unbroken piece to the list.
class TrailBuilder {
 public:
  TrailBuilder(const TrailLook& look, PaintList& out) : look_(look), out_(out) {}
  ~TrailBuilder() { Finish(); }
  TrailBuilder(const TrailBuilder&) = delete;
  TrailBuilder& operator=(const TrailBuilder&) = delete;

  // age: 0 for the newest, 1 for the oldest point.
  void Add(const Eigen::Vector2f& at, bool cost, float age) {
    const Eigen::Vector3f position(at.x(), at.y(), look_.height_m);
    cost_since_point_ = cost_since_point_ || cost;
    if (!points_.empty()) {
      const float hop = (position - points_.back().position).norm();
      if (hop < kTrailHop_m && cost_since_point_ == last_cost_) return;
      if (hop > kTrailGap_m) Finish();
    }
    const float fade = 1.0F - age * age;
    const Rgba color = cost_since_point_ ? look_.cost.WithAlpha(0.35F + 0.65F * fade)
                                         : look_.free.WithAlpha(look_.opacity * fade);
    const float wider = cost_since_point_ ? 2.2F : 1.0F;
    points_.push_back({position, color, wider * look_.half_width_m});
    last_cost_ = cost_since_point_;
    cost_since_point_ = false;
  }

 private:
  void Finish() {
    out_.AddRibbon(points_);
    points_.clear();
  }

  const TrailLook& look_;
  PaintList& out_;
  std::vector<PaintList::RibbonPoint> points_;
  bool cost_since_point_ = false;
  bool last_cost_ = false;
};

}  // namespace

void PaintTrail(const EpisodeTrack* track, const sim::StepRecord& step, StepIndex playhead,
                int steps, const TrailLook& look, PaintList& out) {
  if (steps <= 0) return;
  TrailBuilder trail(look, out);
  const auto age_of = [&](StepIndex at) {
    return static_cast<float>(playhead - at) / static_cast<float>(steps);
  };
  if (track != nullptr) {
    const StepIndex last = std::min(playhead - 1, track->steps() - 1);
    for (StepIndex i = std::max(0, playhead - steps); i <= last; ++i) {
      const sim::StepRecord& past = track->step(i);
      trail.Add(past.robot_xy_m, past.costs.total > 0.0, age_of(i));
    }
  }
  trail.Add(step.robot_xy_m, step.costs.total > 0.0, 0.0F);
}

}  // namespace lookout::ui
