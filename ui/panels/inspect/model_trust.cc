#include "ui/panels/inspect/model_trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lookout::ui {
namespace {

// "812 steps of episodes that were held out"
std::string HeldOutInWords(const agents::CostModelReport& report) {
  const std::string steps = fmt::format("{} steps ", report.held_out_rows);
  return steps + (report.held_out_by_episode ? "of episodes that were held out"
                                             : "held out of the marked episodes");
}

const char* JudgementOf(double auc) {
  if (auc < 0.4) return "Worse than chance";
  if (auc < kChanceAuc) return "No better than chance";
  if (auc < 0.7) return "Little better than chance";
  if (auc < 0.85) return "Fair";
  return auc < 0.95 ? "Good" : "Excellent";
}

}  // namespace

ModelTrust TrustOf(const agents::CostModelReport& report) {
  if (!std::isfinite(report.auc)) return ModelTrust::kUntested;
  return report.auc < kChanceAuc ? ModelTrust::kChance : ModelTrust::kSome;
}

const char* QualityOf(const agents::CostModelReport& report) {
  if (!std::isfinite(report.auc)) return "not tested";
  if (report.auc >= 0.95) return "excellent";
  if (report.auc >= 0.85) return "good";
  if (report.auc >= 0.7) return "fair, mark more";
  return report.auc >= kChanceAuc ? "poor, mark more" : "mere chance";
}

std::string TrustInWords(const agents::CostModelReport& report) {
  if (report.held_out_rows == 0) {
    return "Not tested: too few marks to hold any out. Mark some more spans of both kinds.";
  }
  if (!std::isfinite(report.auc)) {
    return "Not tested: what was held out is all safe or all unsafe. Mark both kinds in more "
           "episodes.";
  }
  std::string text = std::string(JudgementOf(report.auc)) + " on " + HeldOutInWords(report);
  if (TrustOf(report) == ModelTrust::kChance) {
    return text + ": its numbers say nothing yet. Mark both kinds in more episodes.";
  }
  text += ".";
  if (!report.held_out_by_episode) text += " Of other episodes it may know less.";
  return text;
}

const agents::CostModelReport* ReportOf(const FitSnapshot& fit, CostModelId model) {
  if (fit.model != nullptr && fit.model->id() == model) return &fit.model->report();
  const auto version = std::ranges::find(fit.versions, model, &CostModelVersion::id);
  return version == fit.versions.end() ? nullptr : &version->report;
}

}  // namespace lookout::ui
