// An explanation that tests make up, and the window with the panel that shows it.
#pragma once

#include <memory>
#include <numbers>
#include <string_view>

#include "tests/support/ui_window.h"
#include "ui/inspection.h"

namespace lookout::ui {

inline agents::Counterfactual Back(double shift_m, double turn_rad = 0.0) {
  agents::Counterfactual move{.was_unsafe = true, .found = true, .searched_m = 1.0};
  move.shift_m = shift_m;
  move.move.shift_in_world_m = {-shift_m, 0.0};
  move.move.turn_rad = turn_rad;
  return move;
}

// Called unsafe for hazard 0, which is one of two.
inline agents::Explanation Explained() {
  agents::Explanation found;
  found.prediction = {.probability = 0.93F, .spread = 0.02F};
  found.is_unsafe = true;
  found.contributions.objects = {{.object = 1,
                                  .kind = sim::SceneObjectKind::kHazard,
                                  .index = 0,
                                  .distance_m = 0.31,
                                  .removal = 1.0,
                                  .shares = true,
                                  .shapley = 2.5},
                                 {.object = 2,
                                  .kind = sim::SceneObjectKind::kVase,
                                  .index = 0,
                                  .distance_m = 1.2,
                                  .bearing_rad = std::numbers::pi,
                                  .removal = -0.4,
                                  .shares = true,
                                  .shapley = -0.5},
                                 {.object = 0, .shares = true}};
  found.any_move = Back(0.11);
  found.shift = Back(0.12);
  found.turn = {.was_unsafe = true, .searched_m = 0.8};
  found.motion.speeds_m_s = {-0.5, 0.0, 0.5, 1.0, 1.5};
  found.motion.turns_rad = {0.0, std::numbers::pi / 2, std::numbers::pi, 3 * std::numbers::pi / 2};
  found.motion.probability = Eigen::MatrixXd::Constant(5, 4, 0.7);
  found.motion.spread = Eigen::MatrixXd::Constant(5, 4, 0.1);
  found.gradients.values = Eigen::VectorXd::Zero(18);
  found.gradients.values[2] = 2.0;
  found.gradients.values[17] = -0.1;
  found.gradients.entries = {{"hazards_lidar", 0, 16, 2.0}, {"velocimeter", 16, 2, -0.1}};
  found.gradients.value = 1.9;
  found.labels = {{.episode = EpisodeId{3}, .step = 412, .annotator = "me", .target = 1.0F},
                  {.episode = EpisodeId{5}, .step = 7, .annotator = "", .target = 0.0F}};
  return found;
}

inline ExplanationOnScreen OnScreen() {
  auto moment = std::make_shared<MomentExplained>();
  moment->number = 1;
  moment->episode = EpisodeId{5};
  moment->step = 300;
  moment->explanation = Explained();
  moment->labels = LabelsKnown::kThere;
  return {.moment = moment, .is_of_this_moment = true};
}

// Paused, with the panel open.
struct WhyWindow : TestWindow {
  explicit WhyWindow(bool with_explanation = true)
      : TestWindow(Paused(with_explanation), {1600, 2400}) {
    driver.Click("tab/why");
    driver.Frames(3);
  }
  static UiWorld Paused(bool with_explanation) {
    UiWorld world = UiWorld::Busy();
    world.player.playing = false;
    if (with_explanation) world.explanation = OnScreen();
    return world;
  }
  bool Has(std::string_view item) { return driver.Find(item) != nullptr; }
};

}  // namespace lookout::ui
