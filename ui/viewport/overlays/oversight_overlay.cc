#include "ui/viewport/overlays/oversight_overlay.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "ui/model/decision_in_words.h"
#include "ui/viewport/overlays/floor_layers.h"
#include "ui/viewport/painting/palette.h"

namespace lookout::ui {
namespace {

constexpr double kAlike = 0.02;

Eigen::VectorXd Clipped(const Eigen::VectorXd& action) {
  return action.cwiseMax(-1.0).cwiseMin(1.0);
}

// A sun of short rays: told apart from every other ring without its colour.
void PaintRays(const Eigen::Vector3f& center, float radius_m, Rgba color, PaintList& out) {
  constexpr int kRays = 12;
  for (int i = 0; i < kRays; ++i) {
    const float angle = 2.0F * std::numbers::pi_v<float> * static_cast<float>(i) / kRays;
    const Eigen::Vector3f along(std::cos(angle), std::sin(angle), 0.0F);
    out.AddRibbon({{center + radius_m * along, color, 0.011F},
                   {center + 1.28F * radius_m * along, color, 0.011F}});
  }
}

}  // namespace

ActionsShown ActionsOf(const ViewInput& input) {
  ActionsShown shown;
  Eigen::VectorXd proposed;
  if (input.warning != nullptr) {
    proposed = Clipped(input.warning->proposed);
    shown.done = Clipped(input.warning->planned);
    shown.pending = true;
  } else {
    proposed = Clipped(input.step->Proposed().cast<double>());
    shown.done = input.step->executed_action;
  }
  const bool alike = proposed.size() != shown.done.size() || proposed.size() == 0 ||
                     (proposed - shown.done).cwiseAbs().maxCoeff() < kAlike;
  if (!alike) shown.proposed = std::move(proposed);
  return shown;
}

Rgba ProposedColor(const ViewOptions& options) {
  return options.light ? Rgba{0.30F, 0.32F, 0.35F} : Rgba{0.50F, 0.53F, 0.57F};
}

void PaintOversight(const ViewInput& input, const ViewWorld& world, PaintList& out) {
  const bool pending = input.warning != nullptr;
  const Fate fate = FateOf(*input.step);
  if (!pending && fate == Fate::kPassed) return;
  const bool person = !pending && input.step->source == sim::ActionSource::kHuman;
  const Rgba color = person ? palette::kGoalLine : palette::kOrange;
  const sim::SceneDescription& scene = world.scene().scene;
  const Eigen::Vector3f center = OnFloor(world.BodyPosition(scene.robot_body), kRingHeight);
  const auto radius = static_cast<float>(scene.robot_radius_m) * 1.9F;
  out.discs.push_back({.center = center,
                       .radius_m = radius,
                       .fill = color.WithAlpha(pending ? 0.12F : 0.22F),
                       .ring = color,
                       .ring_width_m = 0.026F,
                       .dashes = pending ? 14.0F : 0.0F});
  if (!pending && fate != Fate::kLetPassed) PaintRays(center, radius * 1.08F, color, out);
}

}  // namespace lookout::ui
