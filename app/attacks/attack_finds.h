// What attacks found, kept: environments that anybody can open, and episodes of a project for an
// annotator to judge. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "agents/inspect/attacks/attacked_moment.h"
#include "app/attacks/hard_worlds.h"
#include "app/overseers/play/episode_recorder.h"
#include "app/project/project.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// Steps of a moment's episode, of which the first is the one that was judged; the others show what
// comes of it.
inline constexpr int kShownSteps = 25;
inline constexpr int kJudgedStep = 1;

// Who plays it: what a project calls the episodes that attacks left there.
inline constexpr char kAttackAgent[] = "Attack";

// The file of an environment in which an episode begins at that moment, the robot at rest; see
// WorldFrom. Fails as EnterMoment.
Result<std::string> EnvironmentOf(const agents::AttackedMoment& moment,
                                  const sim::CameraFactory& cameras);
// The file of that world; reset with its seed it is the same episode.
std::string EnvironmentOf(const HardWorld& world);

// The moment as an episode in which the step's action is held for kShownSteps. Fails as
// EnterMoment.
Result<RecordedEpisode> EpisodeOf(const agents::AttackedMoment& moment,
                                  const sim::CameraFactory& cameras);
// The episode of that world and seed, by the policy and under the overseers that it was searched
// with. agent: what the policy is called; the episode is of "AGENT, attacked", so that nobody takes
// it for an ordinary one. Fails as PlayWorld.
Result<RecordedEpisode> EpisodeOf(const HardWorld& world, const HardWorldSettings& settings,
                                  const std::string& agent, const sim::CameraFactory& cameras,
                                  const EvaluationProgress& progress = {});

// Stores the moment's; fails also where the project cannot be written.
Status RecordMoment(const agents::AttackedMoment& moment, const sim::CameraFactory& cameras,
                    Project& project);

}  // namespace lookout::app
