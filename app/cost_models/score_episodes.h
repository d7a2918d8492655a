// Episodes for cost models to be measured on: played anew, or recorded in a project. The caller's
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/policies/policy.h"
#include "app/project/project.h"
#include "app/runs/policy_evaluation.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/environment.h"
#include "sim/recording/recording.h"

namespace lookout::app {

struct ScoredEpisodes {
  std::vector<agents::ScoredEpisode> episodes;
  std::string environment;                   // by its id; of several: with commas between them
  std::vector<std::uint32_t> refused_seeds;  // left out: no episode starts from them
  int diverged = 0;                          // left out: the physics failed
  int without_rule = 0;                      // left out: imported without the rule's cost
  int of_others = 0;                         // left out: observed otherwise than the models expect
};

// Plays as PlayEpisodes does. models: that fit the environment.
Result<ScoredEpisodes> ScorePlayed(std::span<const agents::CostModelPtr> models,
                                   const agents::Policy& policy,
                                   const agents::EnvironmentMaker& make_environment,
                                   const EvaluationOptions& options,
                                   const EvaluationProgress& progress = {});

// All recorded episodes that every model fits. Rejects (kBadInput) models that fit none, saying how
// they differ from the first, and a project without an episode to measure on.
Result<ScoredEpisodes> ScoreRecorded(std::span<const agents::CostModelPtr> models, Project& project,
                                     const sim::CameraFactory& cameras = {},
                                     const EvaluationProgress& progress = {});

// The environment of a recorded episode: as recorded or, in what older versions recorded, made from
// its configuration. Of it, what the observation consists of is certain, and its id.
Result<sim::EnvironmentSpec> RecordedSpec(const sim::EpisodeHeader& header,
                                          const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
