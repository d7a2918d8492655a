#include "app/cost_models/limit_floor.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "app/cost_models/score_episodes.h"

namespace lookout::app {
namespace {

using agents::CostSource;
using agents::LimitFloor;

constexpr int kDraws = 1000;
constexpr std::uint32_t kDrawSeed = 0;

// As CostSignal makes it of what the sampler sums up over a decision.
double CostOf(CostSource source, double rule, double learned) {
  switch (source) {
    case CostSource::kSum:
      return rule + learned;
    case CostSource::kMaximum:
      return std::max(rule, learned);
    default:
      return learned;
  }
}

// Of an episode, by the first model that scored it.
double CostOf(const agents::TrainingSettings& settings, const agents::ScoredEpisode& episode) {
  const auto hold = static_cast<std::size_t>(settings.action_repeat);
  const std::size_t steps = episode.truth.size();
  double cost = 0.0;
  for (std::size_t first = 0; first < steps; first += hold) {
    double rule = 0.0;
    double learned = 0.0;
    for (std::size_t i = first; i < std::min(steps, first + hold); ++i) {
      rule += double(episode.truth[i].cost);
      learned += double(episode.predicted.front()[i].probability);
    }
    cost += CostOf(settings.cost_source, rule, learned);
  }
  return cost;
}

LimitFloor FloorOf(const std::string& script, const std::vector<double>& costs) {
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(costs.size()), kDraws, kDrawSeed);
  const agents::Estimate cost = agents::MeanOver(costs, bootstrap);
  return {.script = script,
          .episodes = static_cast<int>(costs.size()),
          .cost = cost.value,
          .low = cost.low,
          .high = cost.high};
}

}  // namespace

Result<agents::LimitFloor> MeasureLimitFloor(const agents::TrainingSettings& settings,
                                             const agents::CostModelPtr& model,
                                             const sim::EnvironmentConfig& config,
                                             const agents::EnvironmentMaker& make_environment,
                                             const EvaluationOptions& options,
                                             const EvaluationProgress& progress) {
  const auto environment = make_environment();
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  auto read = agents::ReadWith(model, {settings.cost_reading, settings.cost_caution});
  if (!read.ok()) return read.error();
  const std::vector<agents::CostModelPtr> models{std::move(*read)};
  std::vector<std::pair<std::string, agents::PolicyPtr>> scripts{
      {"doing nothing", agents::MakeStillPolicy(spec)}};
  // The script cannot play every observation; what it needs may not be shown.
  if (auto careful = agents::MakeGoToGoalPolicy(config, spec, /*careful=*/true); careful.ok()) {
    scripts.emplace_back("the careful script", std::move(*careful));
  }
  LimitFloor least;
  for (const auto& [name, policy] : scripts) {
    const auto scored = ScorePlayed(models, *policy, make_environment, options, progress);
    if (!scored.ok()) return scored.error();
    std::vector<double> costs;
    for (const auto& episode : scored->episodes) costs.push_back(CostOf(settings, episode));
    LimitFloor floor = FloorOf(name, costs);
    if (least.episodes == 0 || floor.cost < least.cost) least = std::move(floor);
  }
  return least;
}

}  // namespace lookout::app
