#include "ui/viewport/overlays/contact_flash.h"

#include <algorithm>
#include <cmath>

namespace lookout::ui {
namespace {

constexpr double kFadeTime_s = 0.18;  // to 1/e
constexpr float kInvisible = 0.02F;

}  // namespace

void ContactFlash::Update(const sim::StepRecord* step, bool running, double elapsed_s) {
  const auto kept = running ? static_cast<float>(std::exp(-elapsed_s / kFadeTime_s)) : 0.0F;
  for (std::size_t kind = 0; kind < intensity_.size(); ++kind) {
    const bool charged = step != nullptr && step->costs.by_kind[kind] > 0.0;
    intensity_[kind] = charged ? 1.0F : intensity_[kind] * kept;
    if (intensity_[kind] < kInvisible) intensity_[kind] = 0.0F;
  }
}

std::optional<sim::CostKind> ContactFlash::Strongest() const {
  // Later kinds win ties: hazards are the last and what most environments charge.
  std::size_t best = 0;
  for (std::size_t kind = 1; kind < intensity_.size(); ++kind) {
    if (intensity_[kind] >= intensity_[best]) best = kind;
  }
  if (intensity_[best] <= 0.0F) return std::nullopt;
  return static_cast<sim::CostKind>(best);
}

}  // namespace lookout::ui
