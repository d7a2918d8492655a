#include "agents/inspect/attacks/observation_attack.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

bool IsLidar(const sim::ObservationEntry& entry) { return entry.key.ends_with("_lidar"); }

// Where each value may be.
struct Limits {
  Eigen::MatrixXf low;
  Eigen::MatrixXf high;

  Eigen::MatrixXf Hold(const Eigen::MatrixXf& values) const {
    return values.cwiseMax(low).cwiseMin(high);
  }
};

Limits LimitsAround(const sim::EnvironmentSpec& spec, const Eigen::MatrixXf& observations,
                    const Eigen::VectorXf& scales, double budget) {
  const Eigen::VectorXf room = static_cast<float>(budget) * scales;
  Limits limits{observations.colwise() - room, observations.colwise() + room};
  for (const sim::ObservationEntry& entry : spec.observation_entries) {
    if (!IsLidar(entry)) continue;
    auto low = limits.low.middleRows(entry.offset, entry.size);
    auto high = limits.high.middleRows(entry.offset, entry.size);
    low = low.cwiseMax(0.0F);
    high = high.cwiseMin(1.0F);
  }
  return limits;
}

Eigen::MatrixXf AtRandomPlace(const Limits& limits, RandomState& random) {
  Eigen::MatrixXf values = limits.low;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    values(i) += static_cast<float>(random.RandomSample()) * (limits.high(i) - limits.low(i));
  }
  return values;
}

// The furthest of what was come by, for each column.
struct Furthest {
  Eigen::MatrixXf observations;
  Eigen::VectorXd log_odds;
  double towards = 1.0;

  void Note(const Eigen::MatrixXf& tried, const Eigen::VectorXd& came_to) {
    for (Eigen::Index i = 0; i < came_to.size(); ++i) {
      if (!(towards * came_to[i] > towards * log_odds[i])) continue;
      observations.col(i) = tried.col(i);
      log_odds[i] = came_to[i];
    }
  }
  std::int64_t Turned(double at_log_odds) const {
    const auto unsafe = (log_odds.array() >= at_log_odds).count();
    return towards > 0.0 ? unsafe : log_odds.size() - unsafe;
  }
};

Furthest Unmoved(const ExplainedModel& model, const Eigen::MatrixXf& observations, double towards) {
  return {observations, model.Values(observations), towards};
}

Furthest AscendFrom(const ExplainedModel& model, const sim::EnvironmentSpec& spec,
                    const Eigen::MatrixXf& observations, const Eigen::VectorXf& scales,
                    double budget, double towards, const ObservationAttackSettings& settings) {
  const Limits limits = LimitsAround(spec, observations, scales, budget);
  RandomState random(settings.seed);
  Furthest furthest = Unmoved(model, observations, towards);
  // Two and a half budgets of way in all, so that any corner can be reached and turned from.
  const double step = 2.5 * budget / settings.steps;
  for (int restart = 0; restart < settings.restarts; ++restart) {
    Eigen::MatrixXf at = restart == 0 ? observations : AtRandomPlace(limits, random);
    for (int i = 0; i < settings.steps; ++i) {
      const Eigen::MatrixXf sign = model.Gradient(at).cwiseSign().cast<float>();
      at = limits.Hold(at + static_cast<float>(towards * step) * scales.asDiagonal() * sign);
      furthest.Note(at, model.Values(at));
    }
  }
  return furthest;
}

Furthest Jolt(const ExplainedModel& model, const sim::EnvironmentSpec& spec,
              const Eigen::MatrixXf& observations, const Eigen::VectorXf& scales, double budget,
              double towards, const ObservationAttackSettings& settings) {
  RandomState random(settings.seed);
  Furthest furthest = Unmoved(model, observations, towards);
  for (int i = 0; i < settings.restarts; ++i) {
    const Eigen::MatrixXf at = Jolted(spec, observations, scales, budget, random);
    furthest.Note(at, model.Values(at));
  }
  return furthest;
}

Eigen::MatrixXf Columns(const Eigen::MatrixXf& all, const std::vector<Eigen::Index>& which) {
  Eigen::MatrixXf some(all.rows(), static_cast<Eigen::Index>(which.size()));
  for (std::size_t i = 0; i < which.size(); ++i) some.col(i) = all.col(which[i]);
  return some;
}

}  // namespace

Eigen::VectorXf ScalesOf(const sim::EnvironmentSpec& spec, const Eigen::MatrixXf& observations) {
  const Eigen::VectorXf mean = observations.rowwise().mean();
  Eigen::VectorXf scales = (observations.colwise() - mean).cwiseAbs2().rowwise().mean().cwiseSqrt();
  for (const sim::ObservationEntry& entry : spec.observation_entries) {
    if (IsLidar(entry)) scales.segment(entry.offset, entry.size).setOnes();
  }
  return scales;
}

Eigen::MatrixXf Ascend(const ExplainedModel& model, const sim::EnvironmentSpec& spec,
                       const Eigen::MatrixXf& observations, const Eigen::VectorXf& scales,
                       double budget, double towards, const ObservationAttackSettings& settings) {
  return AscendFrom(model, spec, observations, scales, budget, towards, settings).observations;
}

Eigen::MatrixXf Jolted(const sim::EnvironmentSpec& spec, const Eigen::MatrixXf& observations,
                       const Eigen::VectorXf& scales, double budget, RandomState& random) {
  const Limits limits = LimitsAround(spec, observations, scales, budget);
  Eigen::MatrixXf values = limits.low;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    if (random.RandomSample() < 0.5) values(i) = limits.high(i);
  }
  return values;
}

Result<ObservationAttack> AttackObservations(const CostModel& model,
                                             const sim::EnvironmentSpec& spec,
                                             const Eigen::MatrixXf& observations,
                                             const std::vector<bool>& unsafe,
                                             const ObservationAttackSettings& settings,
                                             const KeepGoing& keep_going) {
  LOOKOUT_CHECK(observations.cols() == static_cast<Eigen::Index>(unsafe.size()),
                "a verdict for each observation");
  const ExplainedModel explained(model);
  const double at = LogOddsOf(settings.threshold);
  const Eigen::VectorXd log_odds = explained.Values(observations);
  ObservationAttack attack;
  std::vector<Eigen::Index> dangers;
  std::vector<Eigen::Index> safe;
  for (Eigen::Index i = 0; i < observations.cols(); ++i) {
    const bool called_unsafe = log_odds[i] >= at;
    const bool is_unsafe = unsafe[static_cast<std::size_t>(i)];
    if (called_unsafe != is_unsafe)
      ++attack.wrong;
    else
      (is_unsafe ? dangers : safe).push_back(i);
  }
  attack.dangers = static_cast<std::int64_t>(dangers.size());
  attack.safe = static_cast<std::int64_t>(safe.size());
  const Eigen::MatrixXf of_danger = Columns(observations, dangers);
  const Eigen::MatrixXf of_safe = Columns(observations, safe);
  const Eigen::VectorXf scales = ScalesOf(spec, observations);
  for (const double budget : settings.budgets) {
    if (Status going = CheckGoing(keep_going); !going.ok()) return going.error();
    const auto turned = [&](auto search, const Eigen::MatrixXf& of, double towards) {
      return of.cols() == 0
                 ? 0
                 : search(explained, spec, of, scales, budget, towards, settings).Turned(at);
    };
    attack.budgets.push_back({budget, turned(AscendFrom, of_danger, -1.0),
                              turned(Jolt, of_danger, -1.0), turned(AscendFrom, of_safe, 1.0),
                              turned(Jolt, of_safe, 1.0)});
  }
  return attack;
}

}  // namespace lookout::agents
