#include "agents/inspect/attacks/sensor_attack.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "agents/inspect/explanations/integrated_gradients.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kPointsOfWay = 20;  // of the integral from what was observed to what it is changed to
constexpr std::uint32_t kSeed = 0;

// What an attack came to.
struct Reached {
  Eigen::VectorXf observation;
  double log_odds = 0.0;
};

class Attacker {
 public:
  Attacker(const CostModel& model, const sim::EnvironmentSpec& spec,
           const Eigen::VectorXf& observation, const Eigen::VectorXf& scales,
           const SensorAttackSettings& settings, const KeepGoing& keep_going)
      : model_(model),
        spec_(spec),
        scales_(scales),
        settings_(settings),
        keep_going_(keep_going),
        at_(LogOddsOf(settings.threshold)),
        before_{observation, model_.Values(observation)[0]} {}

  const ExplainedModel& model() const { return model_; }
  const Reached& before() const { return before_; }
  bool was_unsafe() const { return before_.log_odds >= at_; }
  bool Turned(double log_odds) const { return (log_odds >= at_) != was_unsafe(); }

  Result<Reached> Within(double budget) const {
    if (Status going = CheckGoing(keep_going_); !going) return going.error();
    const ObservationAttackSettings ascent{.budgets = {},
                                           .steps = settings_.steps,
                                           .restarts = settings_.restarts,
                                           .threshold = settings_.threshold,
                                           .seed = kSeed};
    const Eigen::VectorXf moved = Ascend(model_, spec_, before_.observation, scales_, budget,
                                         was_unsafe() ? -1.0 : 1.0, ascent);
    return Reached{moved, model_.Values(moved)[0]};
  }

  // Of the budgets up to the greatest, the smallest that turns the verdict, by halving.
  struct Smallest {
    std::optional<double> budget;
    Reached reached;
  };
  Result<Smallest> FindSmallest() const {
    Smallest smallest;
    double kept = 0.0, tried = settings_.most_budget;
    for (int i = 0; i <= settings_.halvings; ++i) {
      auto reached = Within(tried);
      if (!reached) return reached.error();
      if (Turned(reached->log_odds)) {
        smallest = {tried, std::move(*reached)};
      } else if (!smallest.budget) {
        return smallest;
      } else {
        kept = tried;
      }
      tried = 0.5 * (kept + *smallest.budget);
    }
    return smallest;
  }

  int TurnedByNoise() const {
    RandomState random(kSeed);
    const Eigen::MatrixXf drawn = Jolted(spec_, before_.observation.replicate(1, settings_.draws),
                                         scales_, settings_.budget, random);
    const Eigen::VectorXd log_odds = model_.Values(drawn);
    return static_cast<int>(
        std::ranges::count_if(log_odds, [&](double value) { return Turned(value); }));
  }

 private:
  ExplainedModel model_;
  const sim::EnvironmentSpec& spec_;
  const Eigen::VectorXf& scales_;
  const SensorAttackSettings& settings_;
  const KeepGoing& keep_going_;
  double at_;
  Reached before_;
};

// The values whose changes account for the most of it.
std::vector<ChangedValue> Told(const sim::EnvironmentSpec& spec, const Eigen::VectorXf& before,
                               const Eigen::VectorXf& after, const Eigen::VectorXd& effects,
                               std::size_t most) {
  std::vector<ChangedValue> told;
  for (const sim::ObservationEntry& entry : spec.observation_entries) {
    for (int place = 0; place < entry.size; ++place) {
      const int at = entry.offset + place;
      if (before[at] == after[at] || effects[at] == 0.0) continue;
      told.push_back({entry.key, place, entry.size, before[at], after[at], effects[at]});
    }
  }
  std::ranges::stable_sort(told, std::ranges::greater(),
                           [](const ChangedValue& value) { return std::abs(value.effect); });
  told.resize(std::min(told.size(), most));
  return told;
}

}  // namespace

Status CheckSensorsCanBeAttacked(const CostModel& model, const sim::EnvironmentSpec& spec,
                                 const Eigen::VectorXf& observation) {
  if (Status fits = model.CheckFits(spec); !fits) return fits;
  if (observation.size() == spec.observation_dim && observation.allFinite()) return {};
  return BadInput("This step was recorded without all of its observation: choose another.");
}

Result<SensorAttack> AttackSensors(const CostModel& model, const sim::EnvironmentSpec& spec,
                                   const Eigen::VectorXf& observation,
                                   const Eigen::VectorXf& scales,
                                   const SensorAttackSettings& settings,
                                   const KeepGoing& keep_going) {
  if (Status can = CheckSensorsCanBeAttacked(model, spec, observation); !can) return can.error();
  const Attacker attacker(model, spec, observation, scales, settings, keep_going);
  auto smallest = attacker.FindSmallest();
  if (!smallest) return smallest.error();
  auto reached = attacker.Within(settings.budget);
  if (!reached) return reached.error();
  // Each is within the budget of the other if that is larger.
  if (attacker.Turned(reached->log_odds)) {
    smallest->budget = std::min(smallest->budget.value_or(settings.budget), settings.budget);
  } else if (smallest->budget && *smallest->budget <= settings.budget) {
    *reached = std::move(smallest->reached);
  }
  const auto ways = IntegratedGradientsOf(attacker.model(), spec, reached->observation, observation,
                                          kPointsOfWay, keep_going);
  if (!ways) return ways.error();
  return SensorAttack{
      .budget = settings.budget,
      .probability = ProbabilityOf(attacker.before().log_odds),
      .attacked_probability = ProbabilityOf(reached->log_odds),
      .was_unsafe = attacker.was_unsafe(),
      .turned = attacker.Turned(reached->log_odds),
      .smallest_budget = smallest->budget,
      .most_budget = settings.most_budget,
      .draws = settings.draws,
      .turned_by_noise = attacker.TurnedByNoise(),
      .change = reached->observation - observation,
      .effects = ways->values,
      .told = Told(spec, observation, reached->observation, ways->values, settings.most_told)};
}

}  // namespace lookout::agents
