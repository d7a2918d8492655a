#include "ui/viewport/overlays/attention_overlay.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/viewport/overlays/floor_layers.h"

namespace lookout::ui {

void PaintAttention(const ViewInput& input, PaintList& out) {
  constexpr float kLargest_m = 0.11F;
  constexpr float kLeastShown = 0.05F;
  if (input.attention == nullptr || input.track == nullptr) return;
  const AttentionMoment& moment = *input.attention;
  const std::vector<float> weights = moment.MeanWeights();
  const float most = *std::ranges::max_element(weights);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const StepIndex step = moment.attended[i];
    if (step >= input.track->steps() || weights[i] < kLeastShown * most) continue;
    const Eigen::Vector2f at = input.track->step(step).robot_xy_m;
    const float share = weights[i] / most;
    out.discs.push_back({.center = {at.x(), at.y(), kDiscHeight},
                         .radius_m = kLargest_m * std::sqrt(share),
                         .fill = palette::kYellow.WithAlpha(0.15F + 0.45F * share),
                         .ring = palette::kYellow.WithAlpha(0.5F + 0.5F * share),
                         .ring_width_m = 0.008F});
  }
}

}  // namespace lookout::ui
