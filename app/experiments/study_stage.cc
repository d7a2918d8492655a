#include "app/experiments/study_stage.h"

#include <utility>

#include "agents/policies/scripted/scripted_policies.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

Result<agents::PolicyPtr> PolicyOf(const sim::EnvironmentConfig& config,
                                   const sim::EnvironmentSpec& spec, const std::string& path,
                                   const sim::CameraFactory& cameras) {
  if (path.empty()) return agents::MakeGoToGoalPolicy(config, spec, /*careful=*/true);
  auto saved = LoadSavedPolicy(path, {}, cameras);
  if (!saved) return saved.error();
  if (Status fits = saved->actor.origin.CheckFits(spec, path); !fits) return fits.error();
  return agents::MakeGaussianPolicy(std::move(saved->actor), /*deterministic=*/false);
}

}  // namespace

Result<StudyStage> SetStage(const sim::EnvironmentConfig& config, const std::string& policy,
                            const std::string& annotator, const sim::CameraFactory& cameras) {
  auto who = agents::ParseAnnotator(annotator);
  if (!who) return who.error();
  auto environment = MakeEnvironment(config, cameras);
  if (!environment) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  auto plays = PolicyOf(config, spec, policy, cameras);
  if (!plays) return plays.error();
  return StudyStage{config, cameras, std::move(who).value(), std::move(plays).value(),
                    spec.signature()};
}

}  // namespace lookout::app
