// What the seeds of an experiment on robustness say together. Pure functions; any thread.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/robustness/robustness_result.h"

namespace lookout::app {

// Of one arm with all answers. Intervals are of 95 %, by drawing seeds again.
struct ArmSummary {
  RobustnessArm arm = RobustnessArm::kPlain;
  agents::Estimate clean;             // error without corruptions
  agents::Estimate corrupted;         // mean error over the disturbances that count
  agents::Estimate misses;            // at 5 % false alarms, without
  agents::Estimate corrupted_misses;  // and with corruptions
  agents::Estimate hard_error;        // of the hard states, the share that is called wrongly
  agents::Estimate cost_ratio;
  std::array<agents::Estimate, kDisturbances> corruption_error;  // CE, beside the plain arm
  agents::Estimate mean_corruption_error;                        // mCE, of those that count
  agents::Estimate sensors_error;                                // of the sensors' eight alone
  // Without Corruption::kBearing, the nearest relative of the student's noise.
  agents::Estimate without_bearing;
  agents::Estimate relative_error;  // relative mCE
  agents::Estimate flip_rate;       // mFR, beside the plain arm
  // The error by severity in the mean over the disturbances that count, the clean one first.
  std::array<agents::Estimate, 1 + agents::kSeverities> by_severity;
};

// How an error falls with the answers.
struct ScalingCurve {
  RobustnessArm arm = RobustnessArm::kPlain;
  const char* measure = "";  // clean, corrupted, hard
  std::vector<double> answers;
  std::vector<agents::Estimate> error;
  // Of the power law a n^-b + c; NaN where the sizes are too few, or an error is 0.
  agents::Estimate exponent;  // b
  agents::Estimate floor;     // c
  agents::Estimate to_halve;  // how many times the answers halve what is above the floor
};

struct PlaySummary {
  agents::Estimate total_reward;
  agents::Estimate true_cost;
};

struct RobustnessSummary {
  std::vector<ArmSummary> arms;
  std::vector<PlaySummary> play;  // of the policy itself, see PlayIndex()
  std::vector<ScalingCurve> curves;
};

// results: one for each seed, at least one, all of these settings.
RobustnessSummary Summarise(const RobustnessSettings& settings,
                            std::span<const RobustnessSeed> results);

}  // namespace lookout::app
