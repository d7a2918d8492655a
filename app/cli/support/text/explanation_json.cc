#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/support/text/explanation_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

ordered_json OrNull(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json();
}

std::string NameOf(sim::SceneObjectKind kind, int index) {
  return fmt::format("{}{}", sim::SceneObjectKindName(kind), index);
}

ordered_json PoseJson(const agents::RobotPose& pose) {
  return {{"x_m", pose.x_m}, {"y_m", pose.y_m}, {"heading_rad", pose.heading_rad}};
}

// What the keys of figures end with.
constexpr char kLogOdds[] = "log_odds";
constexpr char kValue[] = "value";

ordered_json ObjectJson(const agents::ObjectContribution& one, const std::string& unit) {
  ordered_json object{{"object", NameOf(one.kind, one.index)},
                      {"distance_m", one.distance_m},
                      {"bearing_rad", one.bearing_rad},
                      {"removed_" + unit, one.removal},
                      {"alone_" + unit, one.alone},
                      {"shapley_" + unit, one.shares ? ordered_json(one.shapley) : ordered_json()}};
  if (unit != kLogOdds) return object;
  object["removed_probability"] = one.removal_probability;
  object["shapley_probability"] =
      one.shares ? ordered_json(one.shapley_probability) : ordered_json();
  return object;
}

ordered_json ObjectsJson(const agents::ObjectContributions& found, const std::string& unit) {
  ordered_json objects = ordered_json::array();
  for (const agents::ObjectContribution& one : found.objects) {
    objects.push_back(ObjectJson(one, unit));
  }
  ordered_json pairs = ordered_json::array();
  for (const agents::PairContribution& pair : found.pairs) {
    const auto& first = found.objects[static_cast<std::size_t>(pair.first)];
    const auto& second = found.objects[static_cast<std::size_t>(pair.second)];
    pairs.push_back(
        {{"objects", {NameOf(first.kind, first.index), NameOf(second.kind, second.index)}},
         {"removed_" + unit, pair.removal},
         {"joint_" + unit, pair.joint}});
  }
  ordered_json json{{"without_" + unit, found.value_without}};
  if (unit == kLogOdds) json["without_probability"] = found.without_probability;
  json["objects"] = objects;
  json["pairs"] = pairs;
  return json;
}

ordered_json GradientsJson(const agents::IntegratedGradients& found, const std::string& unit) {
  ordered_json entries = ordered_json::array();
  for (const agents::EntryAttribution& entry : found.entries) {
    const auto values = found.values.segment(entry.offset, entry.size);
    entries.push_back({{"entry", entry.key},
                       {unit, entry.value},
                       {"values", std::vector<double>(values.begin(), values.end())}});
  }
  const bool backward = found.method == agents::GradientMethod::kBackward;
  return {{"points", agents::IntegratedGradients::kPoints},
          {"gradients", backward ? "backward" : "differences"},
          {"baseline_" + unit, found.baseline_value},
          {"difference", found.difference()},
          {"residual", found.residual},
          {"entries", entries}};
}

ordered_json MoveJson(const agents::Counterfactual& found) {
  if (!found.found) return {{"found", false}, {"searched_m", found.searched_m}};
  return {{"found", true},
          {"searched_m", found.searched_m},
          {"size_m", found.size_m},
          {"not_yet_m", found.not_yet_m},
          {"shift_m", found.shift_m},
          {"turn_rad", found.move.turn_rad},
          {"pose", PoseJson(found.pose)},
          {"log_odds", found.log_odds},
          {"probability", found.probability}};
}

ordered_json MatrixJson(const Eigen::MatrixXd& matrix) {
  ordered_json rows = ordered_json::array();
  for (const auto& row : matrix.rowwise()) {
    ordered_json values = ordered_json::array();
    for (const double value : row) values.push_back(OrNull(value));
    rows.push_back(values);
  }
  return rows;
}

ordered_json LabelsJson(const std::vector<agents::NearLabel>& labels) {
  ordered_json list = ordered_json::array();
  for (const agents::NearLabel& one : labels) {
    list.push_back({{"episode", one.episode.value},
                    {"step", one.step},
                    {"target", one.target},
                    {"marked", one.marked},
                    {"mark", one.source.value},
                    {"annotator", one.annotator},
                    {"distance", one.distance},
                    {"probability", one.probability}});
  }
  return list;
}

ordered_json LikenessJson(const agents::Likeness& likeness) {
  return {{"objects", OrNull(likeness.objects)}, {"inputs", OrNull(likeness.entries)}};
}

}  // namespace

ordered_json ExplanationToJson(const agents::Explanation& it) {
  return {{"verdict", it.is_unsafe ? "unsafe" : "safe"},
          {"unsafe_from", it.unsafe_from},
          {"probability", it.prediction.probability},
          {"spread", it.prediction.spread},
          {"log_odds", it.log_odds},
          {"support", OrNull(it.support)},
          {"of_state_alone", it.of_state_alone},
          {"pose", PoseJson(it.pose)},
          {"speed_m_s", it.motion.speed_m_s},
          {"contributions", ObjectsJson(it.contributions, kLogOdds)},
          {"integrated_gradients", GradientsJson(it.gradients, kLogOdds)},
          {"counterfactual",
           {{"any", MoveJson(it.any_move)},
            {"without_turn", MoveJson(it.shift)},
            {"on_the_spot", MoveJson(it.turn)}}},
          {"motion",
           {{"speeds_m_s", it.motion.speeds_m_s},
            {"turns_rad", it.motion.turns_rad},
            {"probability", MatrixJson(it.motion.probability)},
            {"spread", MatrixJson(it.motion.spread)}}},
          {"nearest_labels", LabelsJson(it.labels)}};
}

ordered_json NumberToJson(const std::string& name, const agents::ExplainedNumber& number) {
  return {{"name", name},
          {"value", number.contributions.value},
          {"contributions", ObjectsJson(number.contributions, kValue)},
          {"integrated_gradients", GradientsJson(number.gradients, kValue)}};
}

ordered_json SanityToJson(const agents::SanityReport& report) {
  ordered_json randomised = ordered_json::array();
  for (const agents::RandomisedLayers& one : report.randomised) {
    randomised.push_back({{"last_layers", one.layers},
                          {"mean", LikenessJson(one.mean)},
                          {"mean_size", LikenessJson(one.mean_size)}});
  }
  ordered_json planted = ordered_json::array();
  for (const agents::PlantedCueCheck& check : report.planted) {
    planted.push_back({{"entry", check.entry},
                       {"place", check.place},
                       {"object", check.object},
                       {"object_found", check.object_found},
                       {"objects_elsewhere", check.objects_elsewhere},
                       {"value_found", check.value_found},
                       {"values_elsewhere", check.values_elsewhere},
                       {"motion", check.motion},
                       {"passed", check.passed()}});
  }
  ordered_json shuffled;
  if (report.shuffled) {
    shuffled = {{"mean", LikenessJson(report.shuffled->mean)}, {"size", report.shuffled->size}};
  }
  return {{"passed", report.passed()},
          {"randomised", randomised},
          {"shuffled_labels", shuffled},
          {"planted", planted}};
}

}  // namespace lookout::app
