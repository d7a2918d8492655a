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
using agents::DangerClass;
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

// Adds what the networks see to the graph, as CostInputs::Write does.
class InputGraph {
 public:
  InputGraph(OnnxGraph& graph, const CostInputs& inputs) : graph_(graph), inputs_(inputs) {}

  // Declares the model's inputs. Returns their names.
  std::vector<std::string> Declare() {
    const agents::PastInputs& past = inputs_.past();
    std::vector<std::string> names{"observation"};
    graph_.Input(names.back(), {0, inputs_.observation_dim()});
    if (past.history > 0) {
      names.emplace_back("earlier_observations");
      graph_.Input(names.back(), {0, past.history * inputs_.observation_dim()});
    }
    if (past.traces > 0) {
      names.emplace_back("traces");
      graph_.Input(names.back(), {0, past.traces * inputs_.observation_dim()});
    }
    if (past.action_dim > 0) {
      names.emplace_back("action");
      graph_.Input(names.back(), {0, past.action_dim});
    }
    return names;
  }

  // Returns the name of what the networks see.
  std::string Add() {
    const agents::PastInputs& past = inputs_.past();
    std::vector<std::string> parts{AddState("observation", "")};
    for (int i = 0; i < past.history; ++i) {
      parts.push_back(
          AddChange(parts.front(), "earlier_observations", i, fmt::format("before{}_", i + 1)));
    }
    for (int i = 0; i < past.traces; ++i) {
      parts.push_back(AddChange(parts.front(), "traces", i, fmt::format("trace{}_", i + 1)));
    }
    if (past.action_dim > 0) parts.emplace_back("action");
    if (parts.size() == 1) return parts.front();
    graph_.Node("Concat", parts, "all_inputs", {{"axis", 1}});
    return "all_inputs";
  }

 private:
  // By how much what is seen has changed since the observation at that place of an input.
  std::string AddChange(const std::string& state, const std::string& input, int place,
                        const std::string& prefix) {
    const int dim = inputs_.observation_dim();
    AddSlice(input, place * dim, (place + 1) * dim, prefix + "observation");
    graph_.Node("Sub", {state, AddState(prefix + "observation", prefix)}, prefix + "change");
    return prefix + "change";
  }

  // What is seen of one observation; the names of what it takes begin with `prefix`.
  std::string AddState(const std::string& observation, const std::string& prefix) {
    if (inputs_.lidars().empty() && inputs_.left_out().empty()) return observation;
    std::vector<std::string> parts;
    int next = 0;
    const auto slice = [&](int begin, int end) {
      if (begin >= end) return;
      parts.push_back(fmt::format("{}values_from_{}", prefix, begin));
      AddSlice(observation, begin, end, parts.back());
    };
    const auto pass_on = [&](int end) {
      for (const int place : inputs_.left_out()) {
        if (place < next || place >= end) continue;
        slice(next, place);
        next = place + 1;
      }
      slice(next, end);
      next = end;
    };
    for (std::size_t lidar = 0; lidar < inputs_.lidars().size(); ++lidar) {
      const LidarInput& at = inputs_.lidars()[lidar];
      pass_on(at.offset);
      AddLidar(observation, lidar, prefix, parts);
      next = at.offset + at.bins;
    }
    pass_on(inputs_.observation_dim());
    graph_.Node("Concat", parts, prefix + "inputs", {{"axis", 1}});
    return prefix + "inputs";
  }

  // The closeness of the nearest thing, and the same as a vector towards it.
  void AddLidar(const std::string& observation, std::size_t lidar, const std::string& prefix,
                std::vector<std::string>& parts) {
    const LidarInput& at = inputs_.lidars()[lidar];
    const std::string name = fmt::format("{}lidar{}", prefix, lidar);
    if (at.bins == 0) {  // sees nothing
      AddSlice(observation, 0, 1, name);
      graph_.Node("Mul", {name, "nothing"}, name + "_nothing");
      parts.insert(parts.end(), kValuesPerLidar, name + "_nothing");
      return;
    }
    const Eigen::MatrixXf directions = DirectionsOf(inputs_, lidar);
    AddSlice(observation, at.offset, at.offset + at.bins, name);
    graph_.Node("ReduceMax", {name}, name + "_closeness", {{"axes", 1, true}, {"keepdims", 1}});
    graph_.Node("ArgMax", {name}, name + "_nearest", {{"axis", 1}, {"keepdims", 1}});
    parts.push_back(name + "_closeness");
    for (const int axis : {0, 1}) {
      const std::string along = name + (axis == 0 ? "_x" : "_y");
      graph_.Constant(along + "_of_bin", {at.bins}, directions.row(axis).transpose());
      graph_.Node("Gather", {along + "_of_bin", name + "_nearest"}, along + "_unit", {{"axis", 0}});
      graph_.Node("Mul", {name + "_closeness", along + "_unit"}, along);
      parts.push_back(along);
    }
  }

  void AddSlice(const std::string& input, int begin, int end, const std::string& output) {
    graph_.Integers(output + "_begin", {begin});
    graph_.Integers(output + "_end", {end});
    graph_.Node("Slice", {input, output + "_begin", output + "_end", "columns"}, output);
  }

  OnnxGraph& graph_;
  const CostInputs& inputs_;
};

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
  if (const int history = ensemble->inputs.past().history; history > 0) {
    graph.Describe("lookout.history", fmt::to_string(history));
  }
  if (const int traces = ensemble->inputs.past().traces; traces > 0) {
    const auto& all = agents::PastInputs::kHalfLives;
    graph.Describe("lookout.half_lives",
                   nlohmann::json(std::vector<int>(all.begin(), all.begin() + traces)).dump());
  }
  if (const int action_dim = ensemble->inputs.past().action_dim; action_dim > 0) {
    graph.Describe("lookout.action", fmt::to_string(action_dim));
  }
  if (!environments.empty()) {
    graph.Describe("lookout.environments", nlohmann::json(environments).dump());
  }
  return graph.Model();
}

}  // namespace lookout::app
