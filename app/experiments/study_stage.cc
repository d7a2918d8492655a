#include "app/experiments/study_stage.h"

#include <utility>

#include "app/runs/saved_policy.h"

namespace lookout::app {

Result<StudyStage> SetStage(const sim::EnvironmentConfig& config, const std::string& policy,
                            const std::string& annotator, const sim::CameraFactory& cameras) {
  auto who = agents::ParseAnnotator(annotator);
  if (!who) return who.error();
  auto environment = MakeEnvironment(config, cameras);
  if (!environment) return environment.error();
  auto saved = LoadSavedPolicy(policy, {}, cameras);
  if (!saved) return saved.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (Status fits = saved->actor.origin.CheckFits(spec, policy); !fits) return fits.error();
  return StudyStage{config, cameras, std::move(who).value(),
                    agents::MakeGaussianPolicy(std::move(saved->actor), /*deterministic=*/false),
                    spec.signature()};
}

}  // namespace lookout::app
