#include "app/cli/support/text/score_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace lookout::app {
namespace {

constexpr std::string_view kPlusMinus = "\xC2\xB1";  // one column, two bytes

}  // namespace

std::string NumberCell(double value, int width, int decimals) {
  if (!std::isfinite(value)) return fmt::format("{:>{}}", "-", width);
  return fmt::format("{:{}.{}f}", value, width, decimals);
}

std::string SpreadCell(const Spread& spread, int width, int decimals) {
  if (!std::isfinite(spread.mean)) return fmt::format("{:>{}}", "-", width);
  const std::string text = fmt::format("{:.{}f} ", spread.mean, decimals) +
                           std::string(kPlusMinus) +
                           fmt::format(" {:.{}f}", spread.deviation, decimals);
  const int columns = static_cast<int>(text.size()) - 1;
  return std::string(std::size_t(std::max(0, width - columns)), ' ') + text;
}

std::string ScoreCells(const NormalisedScores& scores) {
  return NumberCell(scores.j, kScoreWidth, 3) + NumberCell(scores.m, kScoreWidth, 3) +
         NumberCell(scores.rho, kScoreWidth, 3);
}

std::string ScoreHeading() {
  return fmt::format("{:>{}}{:>{}}{:>{}}", "J", kScoreWidth, "M", kScoreWidth, "rho", kScoreWidth);
}

std::string SuiteLines(std::span<const SuiteMean> suites) {
  if (suites.empty()) return {};
  std::string lines = fmt::format("{:<36}", "mean over the suite") + ScoreHeading() + "\n";
  for (const SuiteMean& suite : suites) {
    lines += fmt::format("{:<36}", (std::string(suite.suite) + " " + suite.agent)) +
             ScoreCells(suite.mean) + "\n";
  }
  return lines;
}

}  // namespace lookout::app
