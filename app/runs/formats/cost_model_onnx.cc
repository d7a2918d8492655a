#include "app/runs/formats/cost_model_onnx.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "app/runs/formats/cost_inputs_onnx.h"
#include "app/runs/formats/onnx_graph.h"

namespace lookout::app {
namespace {

using agents::CostEnsemble;
using agents::DangerClass;

// As Calibration::Probability, by the constants "<of>temperature" and "<of>calibration_bias".
void AddCalibration(OnnxGraph& graph, const std::string& logits, const std::string& output,
                    const std::string& of = {}) {
  graph.Node("Div", {logits, of + "temperature"}, logits + "_cooled");
  graph.Node("Add", {logits + "_cooled", of + "calibration_bias"}, logits + "_calibrated");
  graph.Node("Sigmoid", {logits + "_calibrated"}, output);
}

void AddScalar(OnnxGraph& graph, const std::string& name, double value) {
  graph.Constant(name, {}, Eigen::VectorXf::Constant(1, static_cast<float>(value)));
}

void AddMean(OnnxGraph& graph, const std::string& values, const std::string& output) {
  graph.Node("ReduceMean", {values}, output, {{"axes", 1, true}, {"keepdims", 1}});
}

// Adds "unless_finite": NaN where any of the model's inputs is not finite, though a lidar's nearest
// thing may hide it; else 0.
void AddFiniteness(OnnxGraph& graph, const std::vector<std::string>& taken) {
  std::string all = taken.front();
  if (taken.size() > 1) {
    all = "all_taken";
    graph.Node("Concat", taken, all, {{"axis", 1}});
  }
  graph.Node("Mul", {all, "nothing"}, "nothing_or_nan");
  graph.Node("ReduceSum", {"nothing_or_nan", "columns"}, "unless_finite", {{"keepdims", 1}});
}

// The standard deviation of "<of>probabilities" over the ensemble.
void AddSpread(OnnxGraph& graph, const std::string& of, const std::string& output) {
  AddMean(graph, of + "probabilities", of + "mean_probability");
  graph.Node("Sub", {of + "probabilities", of + "mean_probability"}, of + "deviations");
  graph.Node("Mul", {of + "deviations", of + "deviations"}, of + "squares");
  AddMean(graph, of + "squares", of + "variance");
  graph.Node("Sqrt", {of + "variance"}, of + "deviation");
  graph.Node("Add", {of + "deviation", "unless_finite"}, output);
}

// From the members' logits to cost and spread. taken: names of the model's inputs.
void AddOutputs(OnnxGraph& graph, const CostEnsemble& ensemble,
                const std::vector<std::string>& taken) {
  AddScalar(graph, "temperature", ensemble.calibration.temperature);
  AddScalar(graph, "calibration_bias", ensemble.calibration.bias);
  AddScalar(graph, "nothing", 0.0);
  AddFiniteness(graph, taken);
  AddMean(graph, "logits", "mean_logit");
  AddCalibration(graph, "mean_logit", "probability");
  graph.Node("Add", {"probability", "unless_finite"}, "cost");
  AddCalibration(graph, "logits", "probabilities");
  AddSpread(graph, "", "spread");
}

// The danger of one class: the total's probability times the head's, of the mean logits and of each
// member's. The logits of all classes are there as "class_member<i>_logits".
void AddHead(OnnxGraph& graph, const agents::ClassHeads& heads, std::size_t k) {
  const std::string name = fmt::format("class{}", heads.classes[k]);
  const std::string prefix = name + "_";
  AddScalar(graph, prefix + "temperature", heads.calibrations[k].temperature);
  AddScalar(graph, prefix + "calibration_bias", heads.calibrations[k].bias);
  graph.Integers(prefix + "begin", {static_cast<std::int64_t>(k)});
  graph.Integers(prefix + "end", {static_cast<std::int64_t>(k) + 1});
  std::vector<std::string> logits;
  for (std::size_t i = 0; i < heads.members.size(); ++i) {
    const std::string all = fmt::format("class_member{}_logits", i);
    logits.push_back(fmt::format("{}member{}", prefix, i));
    graph.Node("Slice", {all, prefix + "begin", prefix + "end", "columns"}, logits.back());
  }
  graph.Node("Concat", logits, prefix + "logits", {{"axis", 1}});
  AddMean(graph, prefix + "logits", prefix + "mean_logit");
  AddCalibration(graph, prefix + "mean_logit", prefix + "named", prefix);
  graph.Node("Mul", {"cost", prefix + "named"}, name);
  AddCalibration(graph, prefix + "logits", prefix + "each_named", prefix);
  graph.Node("Mul", {"probabilities", prefix + "each_named"}, prefix + "probabilities");
  AddSpread(graph, prefix, prefix + "spread");
  graph.Output(name, {0, 1});
  graph.Output(prefix + "spread", {0, 1});
}

void AddHeads(OnnxGraph& graph, const agents::ClassHeads& heads, const std::string& inputs) {
  if (heads.empty()) return;
  for (std::size_t i = 0; i < heads.members.size(); ++i) {
    const std::string member = fmt::format("class_member{}_", i);
    graph.Layers(heads.members[i], inputs, member + "logits", member);
  }
  nlohmann::json classes = nlohmann::json::array();
  for (std::size_t k = 0; k < heads.classes.size(); ++k) {
    AddHead(graph, heads, k);
    const DangerClass danger = heads.classes[k];
    classes.push_back({danger, agents::DangerClasses::UsualName(danger)});
  }
  graph.Describe("lookout.classes", classes.dump());
}

void DescribePast(OnnxGraph& graph, const agents::PastInputs& past) {
  if (past.history > 0) graph.Describe("lookout.history", fmt::to_string(past.history));
  if (past.traces > 0) {
    const auto& all = agents::PastInputs::kHalfLives;
    graph.Describe("lookout.half_lives",
                   nlohmann::json(std::vector<int>(all.begin(), all.begin() + past.traces)).dump());
  }
  if (past.action_dim > 0) graph.Describe("lookout.action", fmt::to_string(past.action_dim));
}

}  // namespace

Result<std::string> EncodeOnnx(const agents::CostModel& model,
                               const std::vector<std::string>& environments) {
  const CostEnsemble* const ensemble = model.ensemble();
  if (ensemble == nullptr) {
    return BadInput(
        "The cost model is no ensemble of networks, which alone the ONNX model has a "
        "place for; export a fitted one.");
  }
  OnnxGraph graph("cost_model");
  InputGraph input_graph(graph, ensemble->inputs);
  const std::vector<std::string> taken = input_graph.Declare();
  graph.Output("cost", {0, 1});
  graph.Output("spread", {0, 1});
  graph.Integers("columns", {1});
  std::string inputs = input_graph.Add();
  if (ensemble->normaliser.count() > 0) {
    graph.Normalise(ensemble->normaliser, inputs, "normalised");
    inputs = "normalised";
  }
  std::vector<std::string> logits;
  for (std::size_t i = 0; i < ensemble->members.size(); ++i) {
    const std::string member = fmt::format("member{}_", i);
    logits.push_back(member + "logit");
    graph.Layers(ensemble->members[i], inputs, logits.back(), member);
  }
  graph.Node("Concat", logits, "logits", {{"axis", 1}});
  AddOutputs(graph, *ensemble, taken);
  AddHeads(graph, ensemble->heads, inputs);
  graph.Describe("lookout.cost_model", fmt::to_string(model.id().value));
  graph.Describe("lookout.threshold", fmt::to_string(agents::kUnsafeFrom));
  graph.Describe("lookout.observation", ObservationParts(model.signature()));
  DescribePast(graph, ensemble->inputs.past());
  if (!environments.empty()) {
    graph.Describe("lookout.environments", nlohmann::json(environments).dump());
  }
  return graph.Model();
}

}  // namespace lookout::app
