#include "app/blockers/blocker_text.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace lookout::app {
namespace {

using agents::BlockerConsequences;
using agents::ExactInterval;
using nlohmann::ordered_json;

std::string ShareText(const ExactInterval& share) {
  if (!std::isfinite(share.value)) return "-";
  return fmt::format("{:.2f} % ({:.2f} to {:.2f})", 100.0 * share.value, 100.0 * share.low,
                     100.0 * share.high);
}

ordered_json NumberOrNull(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json();
}

ordered_json ShareToJson(const ExactInterval& share) {
  return {{"share", NumberOrNull(share.value)},
          {"low", NumberOrNull(share.low)},
          {"high", NumberOrNull(share.high)}};
}

// "-" of files that do not tell.
std::string StartsText(const BlockerConsequences& at) {
  return at.missed_starts < 0 ? "-" : fmt::format("{}", at.missed_starts);
}

std::string RuleText(const agents::RuleReport& rule, bool chosen) {
  std::string text = fmt::format("{} rule{}: ", ChoiceName(rule.rule), chosen ? ", in force" : "");
  if (!rule.refusal.empty()) return text + rule.refusal + "\n";
  const BlockerConsequences& at = rule.consequences;
  return text + fmt::format(
                    "blocks from a score of {:.4g}; misses the beginning of {} of {} runs of "
                    "blocks, {}, and {} wholly; of single blocks {} of {}; false blocks {} of {} "
                    "passes, {}\n",
                    at.threshold, StartsText(at), at.runs, ShareText(at.missed_start_share()),
                    at.missed_runs, at.misses, at.overseer_blocks, at.false_blocks,
                    at.rows - at.overseer_blocks, ShareText(at.false_block_share()));
}

}  // namespace

std::string ConsequencesText(const std::vector<BlockerConsequences>& rows) {
  constexpr const char* kLine = "{:>10} {:>8} {:>11} {:>26} {:>7} {:>13} {:>26}\n";
  std::string text = fmt::format(kLine, "threshold", "blocks", "runs missed", "of runs", "wholly",
                                 "false blocks", "of what is to pass");
  for (const BlockerConsequences& row : rows) {
    text += fmt::format(kLine, fmt::format("{:.4g}", row.threshold), row.blocks, StartsText(row),
                        ShareText(row.missed_start_share()), row.missed_runs, row.false_blocks,
                        ShareText(row.false_block_share()));
  }
  return text;
}

std::string BlockerReportText(const agents::BlockerModel& model) {
  const agents::BlockerReport& report = model.report;
  std::string text = fmt::format(
      "Learned what {} blocks in {}, from {} episodes: {} steps with {} blocks to learn from, {} "
      "with {} for the threshold (in {} runs of {} episodes), {} with {} for what follows. Shares "
      "with 95 % intervals: of runs exact, of false blocks over episodes.\n"
      "AUC {:.4f}; {:.1f} % of these steps are unlike what it learned from.\n",
      model.teacher, model.environment, report.episodes, report.fit_rows, report.fit_blocks,
      report.threshold_rows, report.threshold_blocks, report.threshold_runs,
      report.threshold_episodes, report.report_rows, report.report_blocks, report.auc,
      100.0 * report.unknown_share);
  for (const agents::RuleReport& rule : report.rules) {
    text += RuleText(rule, rule.rule == model.rule);
  }
  return text + ConsequencesText(report.table);
}

ordered_json ConsequencesToJson(const BlockerConsequences& at) {
  return {{"threshold", at.threshold},
          {"rows", at.rows},
          {"overseer_blocks", at.overseer_blocks},
          {"blocks", at.blocks},
          {"misses", at.misses},
          {"miss_share", NumberOrNull(at.miss_share())},
          {"false_blocks", at.false_blocks},
          {"false_block_share", ShareToJson(at.false_block_share())},
          {"episodes", at.episodes},
          {"runs", at.runs},
          {"missed_starts", at.missed_starts < 0 ? ordered_json() : ordered_json(at.missed_starts)},
          {"missed_start_share", ShareToJson(at.missed_start_share())},
          {"missed_runs", at.missed_runs}};
}

ordered_json BlockerReportToJson(const agents::BlockerModel& model) {
  const agents::BlockerReport& report = model.report;
  ordered_json object{{"teacher", model.teacher},
                      {"environment", model.environment},
                      {"rule", ChoiceName(model.rule)},
                      {"threshold", model.threshold},
                      {"alpha", report.alpha},
                      {"episodes", report.episodes},
                      {"fit_rows", report.fit_rows},
                      {"fit_blocks", report.fit_blocks},
                      {"threshold_rows", report.threshold_rows},
                      {"threshold_blocks", report.threshold_blocks},
                      {"threshold_runs", report.threshold_runs},
                      {"threshold_episodes", report.threshold_episodes},
                      {"lidars", ChoiceName(model.networks.lidars)},
                      {"report_rows", report.report_rows},
                      {"report_blocks", report.report_blocks},
                      {"auc", NumberOrNull(report.auc)},
                      {"unknown_share", NumberOrNull(report.unknown_share)},
                      {"seconds", report.seconds},
                      {"rules", ordered_json::array()},
                      {"table", ordered_json::array()}};
  for (const agents::RuleReport& rule : report.rules) {
    ordered_json of_rule = {{"rule", ChoiceName(rule.rule)}};
    if (rule.refusal.empty()) {
      of_rule.update(ConsequencesToJson(rule.consequences));
    } else {
      of_rule["refusal"] = rule.refusal;
    }
    object["rules"].push_back(std::move(of_rule));
  }
  for (const BlockerConsequences& row : report.table) {
    object["table"].push_back(ConsequencesToJson(row));
  }
  return object;
}

std::string RiskReportText(const agents::RiskCritic& critic) {
  const agents::RiskReport& report = critic.report;
  const BlockerConsequences& at = report.consequences;
  return fmt::format(
      "Risk critic: from {} steps with {} violations, gamma {:.3g}. Of held-out steps it tells a "
      "violation within {} steps with an AUC of {:.4f}; above {:.3g} it steps in, missing {} of {} "
      "such steps, {:.2f} %, and stepping in at {} of {} others, {}.\n",
      report.rows, report.violations, critic.gamma, report.horizon_steps, report.auc,
      critic.epsilon, at.misses, at.overseer_blocks, 100.0 * at.miss_share(), at.false_blocks,
      at.rows - at.overseer_blocks, ShareText(at.false_block_share()));
}

ordered_json RiskReportToJson(const agents::RiskCritic& critic) {
  const agents::RiskReport& report = critic.report;
  return {{"gamma", critic.gamma},
          {"epsilon", critic.epsilon},
          {"rows", report.rows},
          {"violations", report.violations},
          {"horizon_steps", report.horizon_steps},
          {"auc", NumberOrNull(report.auc)},
          {"seconds", report.seconds},
          {"consequences", ConsequencesToJson(report.consequences)}};
}

}  // namespace lookout::app
