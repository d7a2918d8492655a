// What all seeds of a study share: who plays where, and who looks on. Immutable; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/policies/policy.h"
#include "app/experiments/study_episodes.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

struct StudyStage {
  sim::EnvironmentConfig environment;
  sim::CameraFactory cameras;
  agents::AnnotatorSpec annotator;
  agents::PolicyPtr policy;
  sim::ObservationSignature signature;

  Result<std::vector<StudyEpisode>> Play(const PlayOrder& order,
                                         const KeepGoing& keep_going) const {
    return PlayStudyEpisodes(environment, cameras, *policy, annotator.sees, order, keep_going);
  }
};

// policy: path of the policy's file, which is sampled from; empty: the careful script. annotator:
// as agents::ParseAnnotator reads it. Rejects (kBadInput) what cannot be read, a policy of another
// observation, and an observation that does not show the script what its task is about.
Result<StudyStage> SetStage(const sim::EnvironmentConfig& environment, const std::string& policy,
                            const std::string& annotator, const sim::CameraFactory& cameras);

}  // namespace lookout::app
