#include "app/cli/fit_report.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace lookout::app {
namespace {

nlohmann::ordered_json AnnotatorsJson(const agents::CostModelReport& report,
                                      const agents::DerivedLabels& derived) {
  nlohmann::ordered_json annotators = nlohmann::ordered_json::array();
  for (const agents::AnnotatorRates& rates : derived.annotators) {
    annotators.push_back({{"name", rates.annotator},
                          {"steps", rates.steps},
                          {"hit_rate", rates.hit_rate},
                          {"false_alarm_rate", rates.false_alarm_rate}});
    const auto slips =
        std::ranges::find(report.annotators, rates.annotator, &agents::AnnotatorSlips::annotator);
    if (slips == report.annotators.end()) continue;
    annotators.back()["estimated_false_alarm_rate"] = slips->false_alarm_rate;
    annotators.back()["estimated_miss_rate"] = slips->miss_rate;
  }
  return annotators;
}

nlohmann::ordered_json ClassesJson(const FitReport& fitted) {
  nlohmann::ordered_json classes = nlohmann::ordered_json::array();
  for (const agents::ClassReport& of : fitted.report.classes) {
    classes.push_back({{"class", of.danger},
                       {"name", fitted.classes.NameOf(of.danger)},
                       {"head", of.has_head},
                       {"steps", of.rows},
                       {"marks", of.marks},
                       {"held_out_steps", of.held_out_rows},
                       {"auc", of.auc},
                       {"auc_among_dangers", of.auc_among},
                       {"miss_rate", of.miss_rate}});
    if (!HasRuleCost(of, fitted.classes)) continue;
    classes.back()["learned_cost"] = of.learned_cost;
    classes.back()["true_cost"] = of.true_cost;
  }
  return classes;
}

void PrintText(const FitReport& fitted) {
  const agents::CostModelReport& report = fitted.report;
  if (report.true_cost > 0.0) {
    std::printf("learned / true cost %.2f: %.1f / %.1f per episode held out\n",
                report.learned_cost / report.true_cost, report.learned_cost, report.true_cost);
  }
  std::printf(
      "%s: %lld unsafe and %lld safe steps of %lld episode%s; held out: AUC %.3f, Brier %.3f, "
      "calibration error %.3f\n",
      fitted.environment.c_str(), static_cast<long long>(report.unsafe_rows),
      static_cast<long long>(report.safe_rows), static_cast<long long>(report.episodes),
      report.episodes == 1 ? "" : "s", report.auc, report.brier, report.expected_calibration_error);
  for (const agents::ClassReport& of : report.classes) {
    std::printf("%s\n", agents::ClassInWords(of, fitted.classes).c_str());
  }
  if (fitted.student.rounds > 0) {
    std::printf("A noisy student after %d round%s on what was not marked.\n", fitted.student.rounds,
                fitted.student.rounds == 1 ? "" : "s");
  }
  const std::string slips = agents::SlipsInWords(report);
  if (!slips.empty()) std::printf("%s\n", slips.c_str());
  const std::string assumed = agents::AnnotatorsInWords(fitted.derived);
  if (!assumed.empty()) std::printf("%s\n", assumed.c_str());
}

void PrintJson(const FitReport& fitted) {
  const agents::CostModelReport& report = fitted.report;
  const nlohmann::ordered_json object{
      {"cost_model", fitted.file},
      {"environment", fitted.environment},
      {"learned_to_true_cost", report.learned_cost / report.true_cost},
      {"learned_cost", report.learned_cost},
      {"true_cost", report.true_cost},
      {"unsafe_steps", report.unsafe_rows},
      {"safe_steps", report.safe_rows},
      {"unmarked_steps", fitted.derived.counts.unmarked},
      {"unmarked_weight", fitted.settings.unmarked_weight},
      {"noise", fitted.settings.noise},
      {"viewed_steps", report.viewed_rows},
      {"unsafe_share", report.unsafe_share},
      {"episodes", report.episodes},
      {"held_out_steps", report.held_out_rows},
      {"inputs", ChoiceName(fitted.settings.inputs)},
      {"history", fitted.settings.history},
      {"with_action", fitted.settings.with_action},
      {"traces", fitted.settings.traces},
      {"student_rounds", fitted.student.rounds},
      {"went_on", report.went_on},
      {"auc", report.auc},
      {"brier", report.brier},
      {"calibration_error", report.expected_calibration_error},
      {"classes", ClassesJson(fitted)},
      {"disputed_steps", fitted.derived.counts.disputed},
      {"annotators_weighed", ChoiceName(fitted.settings.annotators)},
      {"annotators", AnnotatorsJson(report, fitted.derived)}};
  std::printf("%s\n", object.dump(2).c_str());
}

}  // namespace

void PrintFitReport(const FitReport& fitted, bool json) {
  json ? PrintJson(fitted) : PrintText(fitted);
}

}  // namespace lookout::app
