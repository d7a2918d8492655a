#include "agents/rl/rollouts/episode_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace lookout::agents {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kViolationSteps = "episodes.violation_steps";

// Mean, deviation and extremes of values that come one by one (Welford 1962).
class RunningSpread {
 public:
  void Add(double value) {
    count_ += 1.0;
    const double from_old_mean = value - mean_;
    mean_ += from_old_mean / count_;
    squares_ += from_old_mean * (value - mean_);
    least_ = std::min(least_, value);
    most_ = std::max(most_, value);
  }
  double deviation() const { return count_ > 0.0 ? std::sqrt(squares_ / count_) : kNan; }
  double least() const { return count_ > 0.0 ? least_ : kNan; }
  double most() const { return count_ > 0.0 ? most_ : kNan; }

 private:
  double count_ = 0.0;
  double mean_ = 0.0;
  double squares_ = 0.0;
  double least_ = std::numeric_limits<double>::infinity();
  double most_ = -std::numeric_limits<double>::infinity();
};

// The sums over the episodes that ended in this iteration.
template <typename Episode>
struct Finished {
  Episode sum;
  RunningSpread returns;
  RunningSpread true_costs;

  void Add(const Episode& episode) {
    sum.reward += episode.reward;
    sum.true_cost += episode.true_cost;
    sum.learned_cost += episode.learned_cost;
    sum.cost += episode.cost;
    sum.length += episode.length;
    returns.Add(episode.reward);
    true_costs.Add(episode.true_cost);
  }
  void Report(bool has_predictions, IterationReport& report) const {
    const double n = report.episodes;
    report.mean_return = n > 0 ? sum.reward / n : kNan;
    report.mean_true_cost = n > 0 ? sum.true_cost / n : kNan;
    report.mean_learned_cost = n > 0 && has_predictions ? sum.learned_cost / n : kNan;
    report.constrained_cost = n > 0 ? sum.cost / n : kNan;
    report.mean_length = n > 0 ? sum.length / n : kNan;
    report.return_deviation = returns.deviation();
    report.least_return = returns.least();
    report.most_return = returns.most();
    report.true_cost_deviation = true_costs.deviation();
    report.least_true_cost = true_costs.least();
    report.most_true_cost = true_costs.most();
  }
};

}  // namespace

void EpisodeStatistics::Add(const RolloutBuffer& buffer, bool has_predictions,
                            IterationReport& report) {
  Finished<Running> finished;
  double blocked_steps = 0.0;
  for (int environment = 0; environment < buffer.environments; ++environment) {
    Running& episode = running_[environment];
    for (int t = 0; t < buffer.steps_per_environment; ++t) {
      const int sample = buffer.SampleIndex(environment, t);
      episode.reward += double(buffer.rewards[sample]);
      episode.true_cost += double(buffer.true_costs[sample]);
      episode.learned_cost += double(buffer.predicted_costs[sample]);
      episode.cost += double(buffer.costs[sample]);
      episode.length += steps_per_sample_;
      total_true_cost_ += double(buffer.true_costs[sample]);
      violation_steps_ += double(buffer.violation_steps[sample]);
      blocked_steps += double(buffer.blocked_steps[sample]);
      const sim::EpisodeStatus status = buffer.status[sample];
      if (!IsDone(status)) continue;
      if (status == sim::EpisodeStatus::kDiverged) {
        ++report.diverged_episodes;
      } else {
        ++report.episodes;
        finished.Add(episode);
      }
      episode = {};
    }
  }
  const std::int64_t new_steps = std::int64_t{buffer.capacity()} * steps_per_sample_;
  steps_ += new_steps;
  report.blocked_share = blocked_steps / double(new_steps);
  report.violation_steps = violation_steps_;
  report.steps = steps_;
  report.true_cost_rate = total_true_cost_ / double(steps_);
  finished.Report(has_predictions, report);
}

void EpisodeStatistics::Encode(ArchiveWriter& writer) const {
  std::vector<double> values;
  for (const Running& episode : running_) {
    values.insert(values.end(), {episode.reward, episode.true_cost, episode.learned_cost,
                                 episode.cost, episode.length});
  }
  writer.Integer("episodes.steps", steps_);
  writer.Real("episodes.true_cost", total_true_cost_);
  if (!std::isnan(violation_steps_)) writer.Real(kViolationSteps, violation_steps_);
  writer.Doubles("episodes.running", values);
}

void EpisodeStatistics::Decode(ArchiveReader& reader) {
  const std::int64_t steps =
      reader.Integer("episodes.steps", 0, std::numeric_limits<std::int64_t>::max() / 2);
  const double total_true_cost = reader.Real("episodes.true_cost");
  // Of a run that began before they were counted, nobody knows how many there were.
  const double violation_steps = reader.Has(kViolationSteps) ? reader.Real(kViolationSteps) : kNan;
  const Eigen::VectorXd values =
      reader.Doubles("episodes.running", static_cast<std::int64_t>(running_.size()) * 5);
  if (!reader.ok()) return;
  steps_ = steps;
  total_true_cost_ = total_true_cost;
  violation_steps_ = violation_steps;
  for (std::size_t i = 0; i < running_.size(); ++i) {
    const auto part = values.segment<5>(static_cast<Eigen::Index>(i) * 5);
    running_[i] = {part[0], part[1], part[2], part[3], part[4]};
  }
}

}  // namespace lookout::agents
