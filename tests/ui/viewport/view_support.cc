#include "tests/ui/viewport/view_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/support/step_states.h"

namespace lookout::ui {

std::unique_ptr<app::GlContext> OffscreenOrSkip() {
  auto context = app::OpenOffscreen({640, 360});
  if (context) return std::move(*context);
  MESSAGE("skipped, no OpenGL here: ", context.error().message);
  return nullptr;
}

LiveEpisode::LiveEpisode(const std::string& environment, std::uint32_t seed) {
  auto config = sim::ConfigForId(environment);
  REQUIRE(config.ok());
  auto gym = sim::SafetyGym::Create(*config);
  REQUIRE(gym.ok());
  gym_ = std::move(*gym);
  REQUIRE(gym_->Reset(seed).ok());

  sim::EpisodeHeader header;
  header.id = EpisodeId{7};
  header.config = gym_->config();
  header.setup = gym_->setup();
  header.seed = seed;
  header.agent = "Test";
  auto scene = std::make_shared<EpisodeScene>();
  scene->header = std::make_shared<const sim::EpisodeHeader>(header);
  scene->spec = gym_->spec();
  scene->scene = gym_->scene();
  scene->model = gym_->CopyModel();
  scene_ = std::move(scene);
  track_ = std::make_unique<EpisodeTrack>(scene_);
  Record({}, Eigen::Vector2d::Zero());
}

void LiveEpisode::Record(const sim::StepResult& result, const Eigen::Vector2d& action) {
  test::SetState(now_, gym_->Save());
  now_.observation = gym_->observation().cast<float>();
  now_.executed_action = action;
  now_.robot_xy_m = gym_->robot_position_in_world().head<2>().cast<float>();
  now_.reward = static_cast<float>(result.reward);
  now_.costs = result.costs;
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = scene_->header->id;
  chunk->first_step = step_;
  chunk->steps = {now_};
  track_->Append(std::move(chunk));
}

void LiveEpisode::Step(double forward, double turn) {
  const Eigen::Vector2d action(forward, turn);
  const sim::StepResult result = gym_->Step(action);
  ++step_;
  Record(result, action);
}

ViewInput LiveEpisode::Input() const {
  ViewInput input;
  input.scene = scene_;
  input.step = &now_;
  input.track = track_.get();
  input.playhead = step_;
  return input;
}

void LiveEpisode::MoveRobot(double x_m, double y_m) {
  gym_->MoveBody(scene_->scene.robot_body, {x_m, y_m, 0.1}, {1, 0, 0, 0});
  test::SetState(now_, gym_->Save());
  now_.robot_xy_m = {static_cast<float>(x_m), static_cast<float>(y_m)};
}

double FractionDifferent(const RgbImage& a, const RgbImage& b, int tolerance) {
  REQUIRE(a.size == b.size);
  std::size_t different = 0;
  for (std::size_t i = 0; i + 2 < a.pixels.size(); i += 3) {
    int largest = 0;
    for (std::size_t c = i; c < i + 3; ++c) {
      largest = std::max(largest, std::abs(a.pixels[c] - b.pixels[c]));
    }
    different += largest > tolerance ? 1 : 0;
  }
  return static_cast<double>(different) / (static_cast<double>(a.pixels.size()) / 3.0);
}

}  // namespace lookout::ui
