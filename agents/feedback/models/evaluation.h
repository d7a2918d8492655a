// How good predicted probabilities are, against what the marks say. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/models/cost_model.h"

namespace lookout::agents {

// Area under the ROC curve: the chance that an unsafe row scores above a safe one, ties counting
// half (the rank statistic of Mann and Whitney 1947). NaN if a class is missing.
double RocAuc(std::span<const float> scores, std::span<const std::uint8_t> unsafe);

// Of the rows called unsafe from some score on: the share of the safe rows that are (false alarms)
// and of the unsafe ones (hits), each in [0, 1].
struct RocPoint {
  float false_alarms = 0.0F;
  float hits = 0.0F;
};

// The ROC curve from (0, 0) to (1, 1), a point for each score, those left out that are nearer than
// `resolution` to the one before in both directions. Empty if a class is missing.
std::vector<RocPoint> RocCurve(std::span<const float> scores, std::span<const std::uint8_t> unsafe,
                               float resolution = 0.0F);

// Mean squared error of the probabilities (Brier 1950). NaN without rows.
double BrierScore(std::span<const float> probabilities, std::span<const std::uint8_t> unsafe);

// The rows by tenths of predicted probability; always 10 bins, empty ones with count 0.
std::vector<ReliabilityBin> ReliabilityBins(std::span<const float> probabilities,
                                            std::span<const std::uint8_t> unsafe);

// Mean distance between predicted and observed frequency over the bins, weighted by their rows
// (Naeini et al. 2015). NaN without rows.
double ExpectedCalibrationError(std::span<const ReliabilityBin> bins);

}  // namespace lookout::agents
