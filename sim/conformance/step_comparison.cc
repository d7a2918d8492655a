#include "sim/conformance/step_comparison.h"

#include <fmt/format.h>

#include <cmath>

namespace lookout::sim {
namespace {

std::string ComponentName(Eigen::Index i, const std::vector<ObservationEntry>& entries) {
  for (const ObservationEntry& entry : entries) {
    if (i < entry.offset || i >= entry.offset + entry.size) continue;
    return fmt::format("{}[{}]", entry.key, i - entry.offset);
  }
  return fmt::format("[{}]", i);
}

// A key that this program does not know cannot be equal.
double CostOf(const Costs& costs, const std::string& key) {
  if (key == "cost") return costs.total;
  for (int i = 0; i < kCostKindCount; ++i) {
    const auto kind = static_cast<CostKind>(i);
    if (key == "cost_" + std::string(CostKindName(kind))) return costs[kind];
  }
  return std::nan("");
}

bool CostsDiffer(const Costs& costs, const RecordedStep& recorded, const RecordedCase& the_case) {
  // Shaped costs are measured in metres and metres per second, like positions.
  const double allowed = the_case.config.constrain_indicator ? 0.0 : kStepTolerance;
  for (std::size_t i = 0; i < recorded.costs.size(); ++i) {
    if (Distance(CostOf(costs, the_case.cost_keys[i]), recorded.costs[i]) > allowed) return true;
  }
  return false;
}

}  // namespace

double Distance(double a, double b) {
  const double distance = std::abs(a - b);
  return std::isnan(distance) ? HUGE_VAL : distance;
}

void WorstError::Raise(double error, const std::string& place) {
  if (!(error > value)) return;
  value = error;
  where = place;
}

void WorstError::RaiseAll(const Eigen::VectorXd& ours, const Eigen::VectorXd& recorded,
                          const std::string& place, const std::vector<ObservationEntry>& entries) {
  if (ours.size() != recorded.size()) return Raise(HUGE_VAL, place + " (size)");
  for (Eigen::Index i = 0; i < ours.size(); ++i) {
    const double error = Distance(ours[i], recorded[i]);
    if (error > value) Raise(error, place + " " + ComponentName(i, entries));
  }
}

StepDifference CompareStep(const SafetyGym& gym, const StepResult& result,
                           const RecordedStep& recorded, const RecordedCase& recorded_case,
                           const std::string& place) {
  StepDifference difference;
  difference.observation.RaiseAll(gym.observation(), recorded.observation, place,
                                  gym.spec().observation_entries);
  difference.reward.Raise(Distance(result.reward, recorded.reward), place + " reward");
  const Eigen::Vector3d robot = gym.robot_position_in_world();
  for (int i = 0; i < 2; ++i) {
    difference.position.Raise(Distance(robot[i], recorded.robot[i]), place + " robot position");
  }
  const SimState state = gym.Save();
  if (recorded.qpos.size() > 0) {
    difference.position.RaiseAll(state.qpos, recorded.qpos, place + " qpos");
  }
  difference.costs_differ = CostsDiffer(result.costs, recorded, recorded_case);
  difference.events_differ =
      result.goal_met != recorded.goal_met || IsDone(result.status) != recorded.done ||
      (result.status == EpisodeStatus::kDiverged) != recorded.diverged ||
      (recorded.next_sample && !NextSampleIs(state.random, *recorded.next_sample));
  return difference;
}

bool IsNear(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  constexpr double kLastDigits = 1e-14;
  if (a.size() != b.size()) return false;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    if (Distance(a[i], b[i]) > kLastDigits) return false;
  }
  return true;
}

bool NextSampleIs(const RandomStateSnapshot& stream, double recorded) {
  RandomState random;
  random.Restore(stream);
  return random.RandomSample() == recorded;
}

std::optional<RandomStateSnapshot> FindInStream(const RandomStateSnapshot& from,
                                                double next_sample) {
  constexpr int kMaxWords = 200'000;
  RandomState random;
  random.Restore(from);
  for (int i = 0; i < kMaxWords; ++i) {
    RandomState copy = random;
    if (copy.RandomSample() == next_sample) return random.Save();
    random.NextWord();
  }
  return std::nullopt;
}

}  // namespace lookout::sim
