// Answers to questions about a cost model, in the panel's words. Part of why_words.h.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <numbers>
#include <string_view>
#include <utility>

#include "ui/panels/why/why_words.h"

namespace lookout::ui {
namespace {

using agents::ProofAnswer;
using agents::ProofResult;

// How the names of variables end, and what is shown for it.
struct UnitName {
  std::string_view ending, unit;
  double factor = 1.0;
  int decimals = 3;
};
constexpr double kDegrees = 180.0 / std::numbers::pi;
constexpr std::array<UnitName, 4> kUnits{{{"_m_per_s", " m/s"},
                                          {"_rad_per_s", "\xC2\xB0/s", kDegrees, 1},
                                          {"_m", " m"},
                                          {"_rad", "\xC2\xB0", kDegrees, 1}}};

// "heading_rad" and its value: "heading 12.5 degrees".
std::string ValueInWords(std::string_view name, double value) {
  UnitName unit;
  for (const UnitName& known : kUnits) {
    if (unit.unit.empty() && name.ends_with(known.ending)) unit = known;
  }
  std::string words(name.substr(0, name.size() - unit.ending.size()));
  std::ranges::replace(words, '_', ' ');
  return fmt::format("{} {:.{}f}{}", words, unit.factor * value, unit.decimals, unit.unit);
}

std::string AnswerOf(const ProofResult& result) {
  switch (result.answer) {
    case ProofAnswer::kProved:
      return "Proved";
    case ProofAnswer::kCounterexample:
      return "Counterexample";
    case ProofAnswer::kOpen:
      return result.cancelled ? "Stopped: open" : "Open";
  }
  return {};
}

std::string AboutOf(const ProofResult& result) {
  switch (result.answer) {
    case ProofAnswer::kProved:
      return "It holds at every point of the question, float32 rounding included.";
    case ProofAnswer::kCounterexample:
      return fmt::format(
          "It does not hold everywhere: at one place the model itself predicts "
          "{:.4f}.",
          result.worst->probability);
    case ProofAnswer::kOpen:
      return "Neither a proof nor a counterexample was found.";
  }
  return {};
}

std::string CountsOf(const ProofResult& result) {
  if (result.cells == 0) return "Found among the points that are tried first.";
  return fmt::format("{:.1f} % proved, {:.1f} % refuted, {:.1f} % open; {} cells in {:.1f} s",
                     100.0 * result.proved, 100.0 * result.refuted, 100.0 * result.open,
                     result.cells, result.seconds);
}

std::string StatisticsOf(const ProofResult& result) {
  if (!result.open_sample) return {};
  return fmt::format(
      "Of {} fresh samples of the open part {} failed: with 95 % confidence at most {:.3g} % of it "
      "do (Clopper\xE2\x80\x93Pearson). That is no proof.",
      result.open_sample->trials, result.open_sample->failures,
      100.0 * result.open_sample->most_failing);
}

}  // namespace

ProofWords WordsOf(std::shared_ptr<const QuestionAnswered> answered) {
  const ProofResult& result = answered->result;
  ProofWords words{.of = answered,
                   .answer = AnswerOf(result),
                   .about = AboutOf(result),
                   .counts = CountsOf(result),
                   .statistics = StatisticsOf(result)};
  if (result.worst) {
    std::vector<std::string> at;
    for (std::size_t i = 0; i < answered->variables.size(); ++i) {
      at.push_back(ValueInWords(answered->variables[i].name, result.worst->point.at[i]));
    }
    words.at = fmt::format("There: {}.", fmt::join(at, ", "));
  }
  if (!answered->fixed_sensors.empty()) {
    words.limits = fmt::format("Other sensors read what they do after the reset: {}.",
                               fmt::join(answered->fixed_sensors, "; "));
  }
  return words;
}

}  // namespace lookout::ui
