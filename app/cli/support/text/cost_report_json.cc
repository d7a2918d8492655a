#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/support/text/cost_report_text.h"
#include "app/cli/support/text/estimate_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Of what the model and the rule call unsafe, or too much.
ordered_json WhoSays(const agents::VerdictCounts& counts) {
  return {{"both", counts.both},
          {"only_model", counts.only_first},
          {"only_rule", counts.only_second},
          {"neither", counts.neither}};
}

ordered_json NamesOf(const agents::DangerKinds& kinds) {
  ordered_json names = ordered_json::array();
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    if (kinds[kind]) names.push_back(agents::DangerKindName(kind));
  }
  return names;
}

ordered_json ToJson(const std::vector<agents::DangerErrors>& by_danger) {
  ordered_json object = ordered_json::object();
  for (const agents::DangerErrors& errors : by_danger) {
    object[std::string(agents::DangerKindName(errors.kind))] = {
        {"charged_steps", errors.charged},
        {"missed", errors.missed},
        {"miss_rate", EstimateToJson(errors.miss_rate)},
        {"false_alarms_nearest", errors.false_alarms}};
  }
  return object;
}

ordered_json ToJson(const std::vector<agents::ClassEvaluation>& classes) {
  ordered_json list = ordered_json::array();
  for (const agents::ClassEvaluation& of : classes) {
    list.push_back({{"class", of.danger},
                    {"kind", agents::DangerKindName(of.kind)},
                    {"charged_steps", of.charged},
                    {"auc", of.auc},
                    {"auc_among_dangers", of.auc_among},
                    {"miss_rate", of.miss_rate},
                    {"learned_cost", of.learned_cost},
                    {"true_cost", of.true_cost}});
  }
  return list;
}

ordered_json ToJson(const std::vector<agents::ReliabilityBin>& bins) {
  ordered_json list = ordered_json::array();
  for (const agents::ReliabilityBin& bin : bins) {
    list.push_back({{"steps", bin.count},
                    {"mean_predicted", bin.mean_predicted},
                    {"charged_share", bin.fraction_unsafe}});
  }
  return list;
}

ordered_json NearestOf(const agents::StepTruth& truth) {
  return truth.nearest ? ordered_json(agents::DangerKindName(*truth.nearest)) : ordered_json();
}

// Where a stretch of an episode is; an error or a difference.
template <typename Stretch>
void PutPlace(const Stretch& stretch, const CostReport& report, ordered_json& object) {
  const agents::ScoredEpisode& episode = report.scored.episodes[stretch.episode];
  if (episode.id) object["episode"] = episode.id.value;
  object.update({{"seed", episode.seed},
                 {"step", stretch.worst_step},
                 {"first_step", stretch.first_step},
                 {"last_step", stretch.last_step}});
}

ordered_json ToJson(const agents::CostError& error, const CostReport& report) {
  ordered_json object{{"kind", error.is_miss ? "miss" : "false alarm"}};
  PutPlace(error, report, object);
  object.update({{"off_by", error.off_by},
                 {"predicted", error.predicted.probability},
                 {"spread", error.predicted.spread},
                 {"cost", error.truth.cost},
                 {"charged", NamesOf(error.charged)},
                 {"nearest", NearestOf(error.truth)}});
  return object;
}

ordered_json ToJson(const agents::CostDifference& difference, const CostReport& report) {
  ordered_json object = ordered_json::object();
  PutPlace(difference, report, object);
  const auto side = [&](const agents::CostPrediction& predicted, bool right) -> ordered_json {
    return {{"predicted", predicted.probability},
            {"spread", predicted.spread},
            {"right", right},
            {"verdict", agents::VerdictInWords(difference.unsafe, right)}};
  };
  object.update({{"apart", difference.apart},
                 {"unsafe", difference.unsafe},
                 {"first", side(difference.first, difference.first_right)},
                 {"second", side(difference.second, difference.second_right)},
                 {"cost", difference.truth.cost},
                 {"charged", NamesOf(difference.truth.charged)},
                 {"nearest", NearestOf(difference.truth)}});
  return object;
}

ordered_json ToJson(const MeasuredModel& model, const CostReport& report) {
  const agents::CostEvaluation& e = model.evaluation;
  ordered_json errors = ordered_json::array();
  for (const agents::CostError& error : model.errors) {
    errors.push_back(ToJson(error, report));
  }
  return {{"cost_model", model.file},
          {"fingerprint", model.fingerprint},
          {"steps", e.steps},
          {"not_judged_steps", e.not_judged},
          {"ratio", EstimateToJson(e.ratio)},
          {"learned_cost", EstimateToJson(e.learned_cost)},
          {"true_cost", EstimateToJson(e.true_cost)},
          {"episodes_over_limit", WhoSays(e.over_limit)},
          {"auc", e.auc},
          {"brier", e.brier},
          {"calibration_error", e.calibration_error},
          {"reliability", ToJson(e.reliability)},
          {"mean_spread", e.mean_spread},
          {"steps_unsafe", WhoSays(e.verdicts)},
          {"miss_rate", EstimateToJson(e.miss_rate)},
          {"false_alarm_rate", EstimateToJson(e.false_alarm_rate)},
          {"by_danger", ToJson(e.by_danger)},
          {"classes", ToJson(model.classes)},
          {"false_alarms_near_nothing", e.false_alarms_near_nothing},
          {"worst_errors", std::move(errors)}};
}

ordered_json ToJson(const ComparedModels& pair, const CostReport& report) {
  const agents::ModelComparison& figures = pair.figures;
  ordered_json differences = ordered_json::array();
  for (const agents::CostDifference& difference : pair.differences) {
    differences.push_back(ToJson(difference, report));
  }
  return {{"first", report.models[figures.first].file},
          {"second", report.models[figures.second].file},
          {"steps", figures.steps},
          {"differ", figures.differ()},
          {"first_right", figures.first_right},
          {"second_right", figures.second_right},
          {"first_right_share", EstimateToJson(figures.first_share)},
          {"differences", std::move(differences)}};
}

}  // namespace

ordered_json CostReportToJson(const CostReport& report) {
  ordered_json object{{"environment", report.scored.environment}};
  if (report.project.empty()) {
    object["policy"] = report.policy;
    object["seed"] = report.scored.episodes.front().seed;
  } else {
    object["project"] = report.project;
  }
  ordered_json models = ordered_json::array();
  for (const MeasuredModel& model : report.models) models.push_back(ToJson(model, report));
  ordered_json comparisons = ordered_json::array();
  for (const ComparedModels& pair : report.comparisons) {
    comparisons.push_back(ToJson(pair, report));
  }
  object.update({{"episodes", report.scored.episodes.size()},
                 {"refused_seeds", report.scored.refused_seeds},
                 {"diverged_episodes", report.scored.diverged},
                 {"episodes_without_rule", report.scored.without_rule},
                 {"episodes_of_other_observations", report.scored.of_others},
                 {"threshold", report.settings.unsafe_from},
                 {"limit", report.settings.limit},
                 {"models", std::move(models)},
                 {"comparisons", std::move(comparisons)}});
  return object;
}

}  // namespace lookout::app
