#include "app/attacks/attack_finds.h"

#include <fmt/format.h>

#include <utility>

#include "agents/rollout/stepper.h"
#include "app/verification/counterexample_world.h"
#include "sim/config/config_file.h"

namespace lookout::app {

Result<std::string> EnvironmentOf(const agents::AttackedMoment& moment,
                                  const sim::CameraFactory& cameras) {
  const auto gym = agents::EnterMoment(moment, cameras);
  if (!gym.ok()) return gym.error();
  return WorldFrom(**gym, {moment.x_m, moment.y_m, moment.heading_rad});
}

std::string EnvironmentOf(const HardWorld& world) { return sim::ConfigText(world.world) + "\n"; }

Result<RecordedEpisode> EpisodeOf(const agents::AttackedMoment& moment,
                                  const sim::CameraFactory& cameras) {
  const auto gym = agents::EnterMoment(moment, cameras);
  if (!gym.ok()) return gym.error();
  EpisodeRecorder recorder;
  recorder.Begin(**gym, kAttackAgent, 0);
  agents::Stepper stepper(**gym);
  stepper.BeginEpisode();
  stepper.Hold(moment.action, sim::ActionSource::kAgent, kShownSteps);
  while (!stepper.needs_action()) {
    const agents::StepOutcome& outcome = stepper.Step();
    recorder.Add(**gym, outcome);
    (*gym)->SetPerturbation({});  // the push is of the first step alone
    if (sim::IsDone(outcome.result.status)) break;
  }
  return std::move(recorder).Take();
}

Result<RecordedEpisode> EpisodeOf(const HardWorld& world, const HardWorldSettings& settings,
                                  const std::string& agent, const sim::CameraFactory& cameras,
                                  const EvaluationProgress& progress) {
  EpisodeRecorder recorder;
  const auto played = PlayWorld(
      settings, cameras, world.world, world.seed, progress,
      [&](int, const sim::Environment& environment, const agents::StepOutcome* outcome) {
        const auto& gym = dynamic_cast<const sim::SafetyGym&>(environment);
        if (outcome == nullptr) {
          recorder.Begin(gym, fmt::format("{}, attacked", agent), settings.policy->version());
        } else {
          recorder.Add(gym, *outcome);
        }
      });
  if (!played.ok()) return played.error();
  return std::move(recorder).Take();
}

Status RecordMoment(const agents::AttackedMoment& moment, const sim::CameraFactory& cameras,
                    Project& project) {
  auto episode = EpisodeOf(moment, cameras);
  if (!episode.ok()) return episode.error();
  return SaveRecorded(*episode, project);
}

}  // namespace lookout::app
