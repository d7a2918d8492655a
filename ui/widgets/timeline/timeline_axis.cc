#include "ui/widgets/timeline/timeline_axis.h"

#include <algorithm>
#include <cmath>

namespace lookout::ui {
namespace {

constexpr double kNarrowest_steps = 4.0;

}  // namespace

void TimelineAxis::SetExtent(StepIndex extent) {
  extent_ = std::max(1.0, static_cast<double>(extent));
  Clamp();
}

void TimelineAxis::ShowAll() {
  shows_all_ = true;
  Clamp();
}

void TimelineAxis::Zoom(double factor, float x_px) {
  if (!(factor > 0.0) || !std::isfinite(factor)) return;
  const double pivot = Step(x_px);
  const double span =
      std::clamp((last_ - first_) / factor, std::min(kNarrowest_steps, extent_), extent_);
  const double share = (pivot - first_) / (last_ - first_);
  shows_all_ = span >= extent_;
  first_ = pivot - share * span;
  last_ = first_ + span;
  Clamp();
}

void TimelineAxis::Pan(float delta_px) {
  const double delta = delta_px * steps_per_px();
  first_ += delta;
  last_ += delta;
  Clamp();
}

void TimelineAxis::Reveal(StepIndex step) {
  if (shows_all_) return;
  double delta = 0.0;
  if (step < first_) delta = step - first_;
  if (step > last_) delta = step - last_;
  first_ += delta;
  last_ += delta;
  Clamp();
}

void TimelineAxis::Clamp() {
  const double span = shows_all_ ? extent_ : std::min(last_ - first_, extent_);
  first_ = shows_all_ ? 0.0 : std::clamp(first_, 0.0, extent_ - span);
  last_ = first_ + span;
}

float TimelineAxis::X(double step) const {
  const double share = (step - first_) / (last_ - first_);
  // Far outside is as good as any place outside, and floats stay exact.
  return left_px_ + static_cast<float>(std::clamp(share, -2.0, 3.0)) * width_px_;
}

double TimelineAxis::Step(float x_px) const {
  return first_ + static_cast<double>(x_px - left_px_) * steps_per_px();
}

StepIndex TimelineAxis::NearestStep(float x_px, StepIndex steps) const {
  const double step = std::clamp(std::floor(Step(x_px) + 0.5), 0.0, std::max(0.0, steps - 1.0));
  return static_cast<StepIndex>(step);
}

}  // namespace lookout::ui
