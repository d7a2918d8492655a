#include "app/cli/support/score_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "app/runs/text_format.h"

namespace lookout::app {
namespace {

constexpr std::string_view kPlusMinus = "\xC2\xB1";  // one column, two bytes

}  // namespace

std::string NumberCell(double value, int width, int decimals) {
  if (!std::isfinite(value)) return FormatText("%*s", width, "-");
  return FormatText("%*.*f", width, decimals, value);
}

std::string SpreadCell(const Spread& spread, int width, int decimals) {
  if (!std::isfinite(spread.mean)) return FormatText("%*s", width, "-");
  const std::string text = FormatText("%.*f ", decimals, spread.mean) + std::string(kPlusMinus) +
                           FormatText(" %.*f", decimals, spread.deviation);
  const int columns = static_cast<int>(text.size()) - 1;
  return std::string(std::size_t(std::max(0, width - columns)), ' ') + text;
}

std::string ScoreCells(const NormalisedScores& scores) {
  return NumberCell(scores.j, kScoreWidth, 3) + NumberCell(scores.m, kScoreWidth, 3) +
         NumberCell(scores.rho, kScoreWidth, 3);
}

std::string ScoreHeading() {
  return FormatText("%*s%*s%*s", kScoreWidth, "J", kScoreWidth, "M", kScoreWidth, "rho");
}

std::string SuiteLines(std::span<const SuiteMean> suites) {
  if (suites.empty()) return {};
  std::string lines = FormatText("%-36s", "mean over the suite") + ScoreHeading() + "\n";
  for (const SuiteMean& suite : suites) {
    lines += FormatText("%-36s", (std::string(suite.suite) + " " + suite.agent).c_str()) +
             ScoreCells(suite.mean) + "\n";
  }
  return lines;
}

}  // namespace lookout::app
