// An offscreen GL context and a real PointGoal episode to look at.
#pragma once

#include <memory>
#include <string>

#include "app/platform/gl_context.h"
#include "sim/engine/safety_gym.h"
#include "ui/viewport/scene_view.h"

namespace lookout::ui {

// nullptr, with a message to the test's log, where the machine has no EGL at all.
std::unique_ptr<app::GlContext> OffscreenOrSkip();

// One live environment and the scene of its episode.
class LiveEpisode {
 public:
  explicit LiveEpisode(const std::string& environment = "Safexp-PointGoal1-v0",
                       std::uint32_t seed = 3);

  sim::SafetyGym& gym() { return *gym_; }
  const EpisodeScenePtr& scene() const { return scene_; }
  EpisodeTrack& track() { return *track_; }
  const sim::StepRecord& now() const { return now_; }

  // Takes a step and records it.
  void Step(double forward, double turn);
  // What the view is to show now.
  ViewInput Input() const;
  // Puts the robot somewhere, as a person's hand would, and reads the state anew.
  void MoveRobot(double x_m, double y_m);

 private:
  void Record(const sim::StepResult& result, const Eigen::Vector2d& action);

  std::unique_ptr<sim::SafetyGym> gym_;
  EpisodeScenePtr scene_;
  std::unique_ptr<EpisodeTrack> track_;
  sim::StepRecord now_;
  StepIndex step_ = 0;
};

// Fraction of pixels whose largest channel difference exceeds `tolerance`.
double FractionDifferent(const RgbImage& a, const RgbImage& b, int tolerance = 12);

}  // namespace lookout::ui
