#include "app/cost_models/limit_floor.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "agents/feedback/models/cost_reading.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "app/cost_models/score_episodes.h"

namespace lookout::app {
namespace {

using agents::CostSource;

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
  const auto mean = [&](const auto& weights) {
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t k = 0; k < costs.size(); ++k) {
      sum += double(weights[k]) * costs[k];
      count += double(weights[k]);
    }
    return sum / count;
  };
  return {.script = script, .cost = bootstrap.Of(mean), .episodes = static_cast<int>(costs.size())};
}

}  // namespace

bool LimitsLearnedCost(const agents::TrainingSettings& settings) {
  const bool has_fixed_price = agents::HasMultiplier(settings.algorithm) &&
                               settings.multiplier_kind == agents::MultiplierKind::kFixed;
  return agents::IsConstrained(settings.algorithm) && !has_fixed_price &&
         agents::NeedsCostModel(settings.cost_source);
}

Result<LimitFloor> MeasureLimitFloor(const agents::TrainingSettings& settings,
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
    if (least.episodes == 0 || floor.cost.value < least.cost.value) least = std::move(floor);
  }
  return least;
}

std::string FloorText(const LimitFloor& floor) {
  return fmt::format(
      "Under the cost model an episode of {} costs {:.1f} [{:.1f}, {:.1f}] ({} episodes).",
      floor.script, floor.cost.value, floor.cost.low, floor.cost.high, floor.episodes);
}

Status CheckLimit(const LimitFloor& floor, double limit) {
  if (!(floor.cost.low > limit)) return {};
  return BadInput(
      fmt::format("A limit of {:g} cannot be met by staying safe. {} Raise the limit above that, "
                  "choose another "
                  "reading of the model, or label more and fit again.",
                  limit, FloorText(floor)));
}

}  // namespace lookout::app
