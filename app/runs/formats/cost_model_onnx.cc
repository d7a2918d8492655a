#include "app/runs/formats/cost_model_onnx.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "app/runs/formats/onnx_graph.h"

namespace lookout::app {
namespace {

using agents::CostEnsemble;
using agents::CostInputs;
using agents::LidarInput;

constexpr int kValuesPerLidar = 3;  // closeness of the nearest thing, and the vector to it

// Where a lidar's values begin among the inputs.
Eigen::Index InputOf(const CostInputs& inputs, std::size_t lidar) {
  Eigen::Index input = inputs.lidars()[lidar].offset;
  for (std::size_t i = 0; i < lidar; ++i) input += kValuesPerLidar - inputs.lidars()[i].bins;
  input -= std::ranges::lower_bound(inputs.left_out(), inputs.lidars()[lidar].offset) -
           inputs.left_out().begin();
  return input;
}

// Unit vectors to each of a lidar's bins, [2 x bins], as the inputs themselves have them: of an
// observation in which that bin alone reads 1, the vector to the nearest thing is the one to it.
Eigen::MatrixXf DirectionsOf(const CostInputs& inputs, std::size_t lidar) {
  const LidarInput& at = inputs.lidars()[lidar];
  Eigen::MatrixXf seen = Eigen::MatrixXf::Zero(inputs.observation_dim(), at.bins);
  for (int bin = 0; bin < at.bins; ++bin) seen(at.offset + bin, bin) = 1.0F;
  Eigen::MatrixXf written(inputs.dim(), at.bins);
  inputs.Write(seen, written);
  return written.middleRows(InputOf(inputs, lidar) + 1, 2);
}

void AddSlice(OnnxGraph& graph, int begin, int end, const std::string& output) {
  graph.Integers(output + "_begin", {begin});
  graph.Integers(output + "_end", {end});
  graph.Node("Slice", {"observation", output + "_begin", output + "_end", "columns"}, output);
}

// The closeness of the nearest thing, and the same as a vector towards it.
void AddLidar(OnnxGraph& graph, const CostInputs& inputs, std::size_t lidar,
              std::vector<std::string>& parts) {
  const LidarInput& at = inputs.lidars()[lidar];
  const std::string name = fmt::format("lidar{}", lidar);
  const Eigen::MatrixXf directions = DirectionsOf(inputs, lidar);
  AddSlice(graph, at.offset, at.offset + at.bins, name);
  graph.Node("ReduceMax", {name}, name + "_closeness", {{"axes", 1, true}, {"keepdims", 1}});
  graph.Node("ArgMax", {name}, name + "_nearest", {{"axis", 1}, {"keepdims", 1}});
  parts.push_back(name + "_closeness");
  for (const int axis : {0, 1}) {
    const std::string along = name + (axis == 0 ? "_x" : "_y");
    graph.Constant(along + "_of_bin", {at.bins}, directions.row(axis).transpose());
    graph.Node("Gather", {along + "_of_bin", name + "_nearest"}, along + "_unit", {{"axis", 0}});
    graph.Node("Mul", {name + "_closeness", along + "_unit"}, along);
    parts.push_back(along);
  }
}

// As CostInputs::Write. Returns the name of what the networks see.
std::string AddInputs(OnnxGraph& graph, const CostInputs& inputs) {
  if (inputs.lidars().empty() && inputs.left_out().empty()) return "observation";
  std::vector<std::string> parts;
  int next = 0;
  const auto slice = [&](int begin, int end) {
    if (begin >= end) return;
    parts.push_back(fmt::format("values_from_{}", begin));
    AddSlice(graph, begin, end, parts.back());
  };
  const auto pass_on = [&](int end) {
    for (const int place : inputs.left_out()) {
      if (place < next || place >= end) continue;
      slice(next, place);
      next = place + 1;
    }
    slice(next, end);
    next = end;
  };
  for (std::size_t lidar = 0; lidar < inputs.lidars().size(); ++lidar) {
    const LidarInput& at = inputs.lidars()[lidar];
    pass_on(at.offset);
    AddLidar(graph, inputs, lidar, parts);
    next = at.offset + at.bins;
  }
  pass_on(inputs.observation_dim());
  graph.Node("Concat", parts, "inputs", {{"axis", 1}});
  return "inputs";
}

// As Calibration::Probability.
void AddCalibration(OnnxGraph& graph, const std::string& logits, const std::string& output) {
  graph.Node("Div", {logits, "temperature"}, logits + "_cooled");
  graph.Node("Add", {logits + "_cooled", "calibration_bias"}, logits + "_calibrated");
  graph.Node("Sigmoid", {logits + "_calibrated"}, output);
}

void AddMean(OnnxGraph& graph, const std::string& values, const std::string& output) {
  graph.Node("ReduceMean", {values}, output, {{"axes", 1, true}, {"keepdims", 1}});
}

// From the members' logits to cost and spread. What is not finite in an observation makes both NaN,
// though a lidar's nearest thing may hide it.
void AddOutputs(OnnxGraph& graph, const CostEnsemble& ensemble) {
  const auto scalar = [&](const char* name, double value) {
    graph.Constant(name, {}, Eigen::VectorXf::Constant(1, static_cast<float>(value)));
  };
  scalar("temperature", ensemble.calibration.temperature);
  scalar("calibration_bias", ensemble.calibration.bias);
  scalar("nothing", 0.0);
  graph.Node("Mul", {"observation", "nothing"}, "nothing_or_nan");
  graph.Node("ReduceSum", {"nothing_or_nan", "columns"}, "unless_finite", {{"keepdims", 1}});
  AddMean(graph, "logits", "mean_logit");
  AddCalibration(graph, "mean_logit", "probability");
  graph.Node("Add", {"probability", "unless_finite"}, "cost");
  AddCalibration(graph, "logits", "probabilities");
  AddMean(graph, "probabilities", "mean_probability");
  graph.Node("Sub", {"probabilities", "mean_probability"}, "deviations");
  graph.Node("Mul", {"deviations", "deviations"}, "squares");
  AddMean(graph, "squares", "variance");
  graph.Node("Sqrt", {"variance"}, "deviation");
  graph.Node("Add", {"deviation", "unless_finite"}, "spread");
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
  graph.Input("observation", {0, model.observation_dim()});
  graph.Output("cost", {0, 1});
  graph.Output("spread", {0, 1});
  graph.Integers("columns", {1});
  std::string inputs = AddInputs(graph, ensemble->inputs);
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
  AddOutputs(graph, *ensemble);
  graph.Describe("lookout.cost_model", fmt::to_string(model.id().value));
  graph.Describe("lookout.threshold", fmt::to_string(agents::kUnsafeFrom));
  graph.Describe("lookout.observation", ObservationParts(model.signature()));
  if (!environments.empty()) {
    graph.Describe("lookout.environments", nlohmann::json(environments).dump());
  }
  return graph.Model();
}

}  // namespace lookout::app
