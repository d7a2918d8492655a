#include "app/cli/support/text/agreement_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "app/cli/support/text/estimate_text.h"

namespace lookout::app {
namespace {

using agents::AgreementReport;
using agents::DangerClasses;
using agents::PairAgreement;
using nlohmann::ordered_json;

constexpr std::string_view kMajority = "the majority of the others";
constexpr std::string_view kRule = "the rule";

std::string NameOf(const std::string& annotator) {
  return annotator.empty() ? "(no name)" : annotator;
}

std::string PairTitle(const PairAgreement& pair, std::string_view other) {
  return NameOf(pair.first) + " - " + (other.empty() ? NameOf(pair.second) : std::string(other));
}

std::string TableRow(const std::string& title, const std::array<std::string, 5>& cells) {
  std::string row = fmt::format("  {:<34}", title);
  for (const std::string& cell : cells) row += fmt::format(" {:<20}", cell);
  row.erase(row.find_last_not_of(' ') + 1);
  return row + "\n";
}

// The classes that both name; the others in one line.
std::string DangerRows(const PairAgreement& pair, const DangerClasses& classes) {
  std::string text;
  std::string alone;
  bool any_named = false;
  for (const agents::DangerAgreement& of_class : pair.by_danger) {
    const std::string title =
        of_class.danger == 0
            ? "without a class"
            : fmt::format("{} ({})", classes.NameOf(of_class.danger), of_class.danger);
    any_named = any_named || of_class.danger != 0;
    const agents::VerdictCounts& counts = of_class.counts;
    if (counts.both == 0 && (counts.only_first == 0 || counts.only_second == 0)) {
      alone += (alone.empty() ? "" : ", ") + title;
    } else {
      text +=
          TableRow("  " + title, {EstimateText(of_class.kappa), EstimateText(of_class.positive)});
    }
  }
  if (!any_named) return {};  // the row above says it all
  if (!alone.empty()) text += "    only one of them marks: " + alone + "\n";
  return text;
}

std::string PairRows(std::string_view heading, const std::vector<PairAgreement>& pairs,
                     std::string_view other, const DangerClasses& classes) {
  if (pairs.empty()) return {};
  std::string text =
      "\n" + TableRow(std::string(heading), {"kappa", "both unsafe", "span F1", "d'", "criterion"})
                 .substr(2);
  for (const PairAgreement& pair : pairs) {
    text +=
        TableRow(PairTitle(pair, other),
                 {EstimateText(pair.kappa), EstimateText(pair.positive), EstimateText(pair.span_f1),
                  EstimateText(pair.d_prime), EstimateText(pair.criterion)});
    text += DangerRows(pair, classes);
  }
  return text;
}

// "Ann unsafe, Bob safe; the rule charges 40 % of it"
std::string WhoSaysWhat(const AgreementReport& report, const agents::Disagreement& stretch) {
  std::string text;
  for (std::size_t i = 0; i < report.annotators.size(); ++i) {
    text += (text.empty() ? "" : ", ") + NameOf(report.annotators[i]) + " " +
            agents::StepVerdictName(stretch.verdicts[i]);
  }
  if (!std::isnan(stretch.rule_unsafe_share)) {
    text += fmt::format("; the rule charges {:.0f} %", 100.0 * stretch.rule_unsafe_share);
  }
  return text;
}

std::string DisagreementRows(const AgreementReport& report, int most_listed) {
  const auto listed = std::min<std::int64_t>(most_listed, std::ssize(report.disagreements));
  std::string text =
      fmt::format("\n{} stretches on which they disagree", report.disagreements.size());
  text += listed == 0 ? "\n" : fmt::format("; the longest {}:\n", listed);
  for (const agents::Disagreement& stretch :
       std::span(report.disagreements).first(static_cast<std::size_t>(listed))) {
    text += fmt::format("  episode {}, steps {} to {}: {}\n", stretch.episode.value,
                        stretch.first_step, stretch.last_step, WhoSaysWhat(report, stretch));
  }
  return text;
}

ordered_json ToJson(const agents::VerdictCounts& counts) {
  return {{"both", counts.both},
          {"only_first", counts.only_first},
          {"only_second", counts.only_second},
          {"neither", counts.neither}};
}

// "0.31 [0.29, 0.34] s after 48"
std::string LagText(const agents::EdgeLag& lag) {
  if (std::isnan(lag.lag_s.value)) {
    return fmt::format("{} of the {} that it takes", lag.edges, agents::kLeastLagEdges);
  }
  return fmt::format("{} s after {}", EstimateText(lag.lag_s), lag.edges);
}

std::string LagRows(const AgreementReport& report) {
  if (report.lags.empty()) return {};
  std::string text = "\nReaction lag by the marks, against what the rule charges\n";
  for (const agents::ReactionLag& lag : report.lags) {
    text += fmt::format("  {:<34} onsets: {:<32} ends: {}\n", NameOf(lag.annotator),
                        LagText(lag.onset), LagText(lag.offset));
  }
  return text;
}

ordered_json ToJson(const agents::EdgeLag& lag) {
  return {{"edges", lag.edges}, {"lag_s", EstimateToJson(lag.lag_s)}};
}

ordered_json ToJson(const std::vector<agents::ReactionLag>& lags) {
  ordered_json list = ordered_json::array();
  for (const agents::ReactionLag& lag : lags) {
    list.push_back({{"annotator", lag.annotator},
                    {"onset", ToJson(lag.onset)},
                    {"offset", ToJson(lag.offset)}});
  }
  return list;
}

ordered_json ToJson(const PairAgreement& pair, std::string_view other,
                    const DangerClasses& classes) {
  ordered_json dangers = ordered_json::array();
  for (const agents::DangerAgreement& of_class : pair.by_danger) {
    dangers.push_back({{"danger", of_class.danger},
                       {"name", classes.NameOf(of_class.danger)},
                       {"steps_unsafe", ToJson(of_class.counts)},
                       {"kappa", EstimateToJson(of_class.kappa)},
                       {"positive_agreement", EstimateToJson(of_class.positive)},
                       {"negative_agreement", EstimateToJson(of_class.negative)}});
  }
  ordered_json object{{"first", pair.first},
                      {"second", other.empty() ? pair.second : std::string(other)},
                      {"episodes", pair.episodes},
                      {"steps_unsafe", ToJson(pair.counts)},
                      {"spans",
                       {{"first", pair.spans.first},
                        {"second", pair.spans.second},
                        {"matched", pair.spans.matched}}},
                      {"kappa", EstimateToJson(pair.kappa)},
                      {"positive_agreement", EstimateToJson(pair.positive)},
                      {"negative_agreement", EstimateToJson(pair.negative)},
                      {"span_f1", EstimateToJson(pair.span_f1)},
                      {"d_prime", EstimateToJson(pair.d_prime)},
                      {"criterion", EstimateToJson(pair.criterion)}};
  if (other.empty()) object["by_danger"] = std::move(dangers);
  return object;
}

ordered_json ToJson(const std::vector<PairAgreement>& pairs, std::string_view other,
                    const DangerClasses& classes) {
  ordered_json list = ordered_json::array();
  for (const PairAgreement& pair : pairs) list.push_back(ToJson(pair, other, classes));
  return list;
}

ordered_json ToJson(const AgreementReport& report, const agents::Disagreement& stretch) {
  ordered_json verdicts = ordered_json::object();
  for (std::size_t i = 0; i < report.annotators.size(); ++i) {
    verdicts[report.annotators[i]] = agents::StepVerdictName(stretch.verdicts[i]);
  }
  return {{"episode", stretch.episode.value},
          {"first_step", stretch.first_step},
          {"last_step", stretch.last_step},
          {"verdicts", std::move(verdicts)},
          {"rule_unsafe_share", stretch.rule_unsafe_share}};
}

}  // namespace

std::string AgreementTable(const AgreementReport& report, const DangerClasses& classes,
                           int most_listed) {
  std::string text = fmt::format("{} annotator{}, {} episode{}, {} steps", report.annotators.size(),
                                 report.annotators.size() == 1 ? "" : "s", report.episodes,
                                 report.episodes == 1 ? "" : "s", report.steps);
  text += report.settings.unmarked_is_safe ? "; unmarked counts as called safe\n"
                                           : "; unmarked does not count\n";
  if (report.annotators.size() >= 2) {
    text += "Krippendorff's alpha: " + EstimateText(report.alpha) + " per step, " +
            EstimateText(report.alpha_unitised) + " of spans\n";
  } else {
    text += "One annotator has nobody to agree with; merge the project of another one.\n";
  }
  text += PairRows("Between annotators", report.between, "", classes);
  text += PairRows("Against the majority", report.with_majority, kMajority, classes);
  text += PairRows("Against the rule", report.with_rule, kRule, classes);
  text += LagRows(report);
  if (report.annotators.size() >= 2) text += DisagreementRows(report, most_listed);
  return text;
}

ordered_json AgreementToJson(const AgreementReport& report, const DangerClasses& classes) {
  ordered_json disagreements = ordered_json::array();
  for (const agents::Disagreement& stretch : report.disagreements) {
    disagreements.push_back(ToJson(report, stretch));
  }
  return {{"annotators", report.annotators},
          {"episodes", report.episodes},
          {"steps", report.steps},
          {"tolerance_s", report.settings.tolerance_s},
          {"bootstrap", report.settings.bootstrap},
          {"unmarked_is_safe", report.settings.unmarked_is_safe},
          {"alpha", EstimateToJson(report.alpha)},
          {"alpha_unitised", EstimateToJson(report.alpha_unitised)},
          {"between", ToJson(report.between, "", classes)},
          {"with_majority", ToJson(report.with_majority, kMajority, classes)},
          {"with_rule", ToJson(report.with_rule, kRule, classes)},
          {"reaction_lags", ToJson(report.lags)},
          {"disagreements", std::move(disagreements)}};
}

}  // namespace lookout::app
