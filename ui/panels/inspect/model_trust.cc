#include "ui/panels/inspect/model_trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace lookout::ui {
namespace {

// "812 steps of episodes that were held out"
std::string HeldOutInWords(const agents::CostModelReport& report) {
  const std::string steps = fmt::format("{} steps ", report.held_out_rows);
  return steps + (report.held_out_by_episode ? "of episodes that were held out"
                                             : "held out of the marked episodes");
}

constexpr double kGoodAuc = 0.85;
constexpr double kFarFromRule = 2.0;    // learned over true cost
constexpr double kWorthATelling = 5.0;  // learned cost of an episode that the rule does not charge

std::string Charges(const std::string& what, const char* too_few) {
  return fmt::format(
      "However well it ranks steps, it charges {}. Unless you mean that, mark more of what is {}.",
      what, too_few);
}

}  // namespace

ModelTrust TrustOf(const agents::CostModelReport& report) {
  if (!std::isfinite(report.auc)) return ModelTrust::kUntested;
  return report.auc < kChanceAuc ? ModelTrust::kChance : ModelTrust::kSome;
}

const char* QualityOf(const agents::CostModelReport& report) {
  if (!std::isfinite(report.auc)) return "not tested";
  if (report.auc < 0.4) return "worse than chance";
  if (report.auc < kChanceAuc) return "no better than chance";
  if (report.auc < 0.7) return "little better than chance";
  if (report.auc < kGoodAuc) return "fair";
  return report.auc < 0.95 ? "good" : "excellent";
}

std::string TrustInWords(const agents::CostModelReport& report) {
  if (report.held_out_rows == 0) {
    return "Not tested: too few marks to hold any out. Mark some more spans of both kinds.";
  }
  if (!std::isfinite(report.auc)) {
    return "Not tested: what was held out is all safe or all unsafe. Mark both kinds in more "
           "episodes.";
  }
  std::string text = std::string(QualityOf(report)) + " on " + HeldOutInWords(report);
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (TrustOf(report) == ModelTrust::kChance) {
    return text + ": its numbers say nothing yet. Mark both kinds in more episodes.";
  }
  text += ".";
  if (report.auc < kGoodAuc) text += " More marks help.";
  if (!report.held_out_by_episode) text += " Of other episodes it may know less.";
  return text;
}

std::string ChargeInWords(const agents::CostModelReport& report) {
  const double learned = report.learned_cost;
  const double charged = report.true_cost;
  if (!std::isfinite(learned) || !std::isfinite(charged)) return {};
  if (charged <= 0.0) {
    if (learned < kWorthATelling) return {};
    return Charges(fmt::format("{:.0f} an episode where the rule does nothing", learned), "safe");
  }
  const double ratio = learned / charged;
  if (ratio < kFarFromRule && ratio > 1.0 / kFarFromRule) return {};
  return ratio > 1.0 ? Charges(fmt::format("{:.1f} times what the rule does", ratio), "safe")
                     : Charges(fmt::format("{:.2f} of what the rule does", ratio), "unsafe");
}

const agents::CostModelReport* ReportOf(const FitSnapshot& fit, CostModelId model) {
  if (fit.model != nullptr && fit.model->id() == model) return &fit.model->report();
  const auto version = std::ranges::find(fit.versions, model, &CostModelVersion::id);
  return version == fit.versions.end() ? nullptr : &version->report;
}

}  // namespace lookout::ui
