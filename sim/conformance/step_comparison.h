// One step of ours beside the same step as it was recorded. Any thread; values only.
#pragma once

#include <string>
#include <vector>

#include "sim/conformance/recorded_case.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {

inline constexpr double kStepTolerance = 1e-6;  // observation, reward, positions; SI units

// The largest difference of one quantity, and where it was.
struct WorstError {
  double value = 0.0;
  std::string where;  // "episode 0 step 12 goal_lidar[3]"

  void Raise(double error, const std::string& place);
  // Every component; a NaN or a wrong size is as wrong as can be. entries: what to call components.
  void RaiseAll(const Eigen::VectorXd& ours, const Eigen::VectorXd& recorded,
                const std::string& place, const std::vector<ObservationEntry>& entries = {});
};

struct StepDifference {
  WorstError observation;
  WorstError reward;
  WorstError position;  // of the robot and, where recorded, all of qpos
  bool costs_differ = false;
  bool events_differ = false;  // goal met, done, diverged, the generator's next number
};

// place: how to call this step.
StepDifference CompareStep(const SafetyGym& gym, const StepResult& result,
                           const RecordedStep& recorded, const RecordedCase& recorded_case,
                           const std::string& place);

// |a - b|, or infinity if one is NaN.
double Distance(double a, double b);

// Equal but for the last digits.
bool IsNear(const Eigen::VectorXd& a, const Eigen::VectorXd& b);

// Whether the generator's next random_sample() would give this.
bool NextSampleIs(const RandomStateSnapshot& stream, double recorded);

// The place in the stream, from `from` on, whose next sample is the recorded one.
std::optional<RandomStateSnapshot> FindInStream(const RandomStateSnapshot& from,
                                                double next_sample);

}  // namespace lookout::sim
