// Numbers of `lookout eval` and `lookout compare` as people read them. Any thread.
#pragma once

#include <span>
#include <string>

#include "app/runs/benchmark_scores.h"
#include "app/runs/policy_evaluation.h"

namespace lookout::app {

// Right-aligned; "-" where there is no number.
std::string NumberCell(double value, int width, int decimals);
// "17.12 +- 4.20", with the sign of the terminal's character set; right-aligned.
std::string SpreadCell(const Spread& spread, int width, int decimals);
// "0.680   1.410   0.920" under kScoreHeading.
std::string ScoreCells(const NormalisedScores& scores);
inline constexpr int kScoreWidth = 8;
std::string ScoreHeading();

// A line for each complete suite, with newlines; empty if none is complete.
std::string SuiteLines(std::span<const SuiteMean> suites);

}  // namespace lookout::app
