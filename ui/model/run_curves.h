// Learning curves of runs, those that differ only in their seed taken together: means with
// confidence bands. Values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ui/model/run_store.h"

namespace lookout::ui {

enum class RunFigure : std::uint8_t {
  kReturn,
  kTrueCost,
  kLearnedCost,
  kMultiplier,
  kKl,
  kEntropy,
  kLineSearchSteps,
  kViolationSteps,  // so far
  kBlockedPercent,  // of the iteration's steps
};
inline constexpr int kRunFigureCount = static_cast<int>(RunFigure::kBlockedPercent) + 1;

// The plots of training runs.
enum class TrainingPlot : std::uint8_t {
  kReturn,
  kCost,
  kViolationSteps,
  kBlocked,
  kMultiplier,
  kKl,
  kEntropy,
  kLineSearch,
};
inline constexpr int kTrainingPlotCount = static_cast<int>(TrainingPlot::kLineSearch) + 1;

// One value for each iteration.
struct BandCurve {
  std::vector<float> mean;       // over the seeds that got this far; NaN where none has a value
  std::vector<float> low, high;  // of the 68 % confidence interval; empty for a single seed
};

struct RunCurves {
  std::string label;  // "PPO-Lagrangian, pid multiplier", with what tells it from the others
  std::vector<RunId> runs;
  int seeds = 0;
  double steps_per_iteration = 1.0;
  std::array<BandCurve, kRunFigureCount> by_figure;

  const BandCurve& of(RunFigure figure) const {
    return by_figure[static_cast<std::size_t>(figure)];
  }
};

// In the order in which the first run of each group is given. O(iterations of all runs).
std::vector<RunCurves> CurvesOf(std::span<const RunTrack* const> runs);

}  // namespace lookout::ui
