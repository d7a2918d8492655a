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

// Mean squared error of the probabilities (Brier 1950). NaN without rows.
double BrierScore(std::span<const float> probabilities, std::span<const std::uint8_t> unsafe);

// The rows by tenths of predicted probability; always 10 bins, empty ones with count 0.
std::vector<ReliabilityBin> ReliabilityBins(std::span<const float> probabilities,
                                            std::span<const std::uint8_t> unsafe);

// Mean distance between predicted and observed frequency over the bins, weighted by their rows
// (Naeini et al. 2015). NaN without rows.
double ExpectedCalibrationError(std::span<const ReliabilityBin> bins);

}  // namespace lookout::agents
