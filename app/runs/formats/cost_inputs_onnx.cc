#include "app/runs/formats/cost_inputs_onnx.h"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>

namespace lookout::app {
namespace {

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

}  // namespace

std::vector<std::string> InputGraph::Declare() {
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
  if (HasPeaks()) {
    names.emplace_back("peaks");
    graph_.Input(names.back(), {0, past.traces * inputs_.observation_dim()});
  }
  if (past.action_dim > 0) {
    names.emplace_back("action");
    graph_.Input(names.back(), {0, past.action_dim});
  }
  return names;
}

std::string InputGraph::Add() {
  const agents::PastInputs& past = inputs_.past();
  std::vector<std::string> parts{AddState("observation", false, "")};
  for (int i = 0; i < past.history; ++i) {
    parts.push_back(AddChange(parts.front(), "earlier_observations", i, false,
                              fmt::format("before{}_", i + 1)));
  }
  for (int i = 0; i < past.traces; ++i) {
    parts.push_back(AddChange(parts.front(), "traces", i, true, fmt::format("trace{}_", i + 1)));
  }
  if (HasPeaks()) AddPeaks(parts);
  if (past.action_dim > 0) parts.emplace_back("action");
  if (parts.size() == 1) return parts.front();
  graph_.Node("Concat", parts, "all_inputs", {{"axis", 1}});
  return "all_inputs";
}

std::string InputGraph::AddChange(const std::string& state, const std::string& input, int place,
                                  bool of_trace, const std::string& prefix) {
  const int dim = inputs_.observation_dim();
  AddSlice(input, place * dim, (place + 1) * dim, prefix + "observation");
  graph_.Node("Sub", {state, AddState(prefix + "observation", of_trace, prefix)},
              prefix + "change");
  return prefix + "change";
}

std::string InputGraph::AddState(const std::string& observation, bool of_trace,
                                 const std::string& prefix) {
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
    if (of_trace) {
      AddLidarOfTrace(observation, lidar, prefix, parts);
    } else {
      AddLidar(observation, lidar, prefix, parts);
    }
    next = at.offset + at.bins;
  }
  pass_on(inputs_.observation_dim());
  graph_.Node("Concat", parts, prefix + "inputs", {{"axis", 1}});
  return prefix + "inputs";
}

bool InputGraph::HasPeaks() const {
  return inputs_.past().traces > 0 && inputs_.past().peaks && !inputs_.lidars().empty();
}

void InputGraph::AddPeaks(std::vector<std::string>& parts) {
  const int dim = inputs_.observation_dim();
  std::vector<std::string> now;
  for (std::size_t lidar = 0; lidar < inputs_.lidars().size(); ++lidar) {
    AddLidar("observation", lidar, "now_", now);
  }
  graph_.Node("Concat", now, "lidars_now", {{"axis", 1}});
  for (int i = 0; i < inputs_.past().traces; ++i) {
    const std::string prefix = fmt::format("peaks{}_", i + 1);
    AddSlice("peaks", i * dim, (i + 1) * dim, prefix + "observation");
    std::vector<std::string> peaks;
    for (std::size_t lidar = 0; lidar < inputs_.lidars().size(); ++lidar) {
      AddLidarOfTrace(prefix + "observation", lidar, prefix, peaks);
    }
    graph_.Node("Concat", peaks, prefix + "inputs", {{"axis", 1}});
    graph_.Node("Sub", {"lidars_now", prefix + "inputs"}, prefix + "change");
    parts.push_back(prefix + "change");
  }
}

void InputGraph::AddLidar(const std::string& observation, std::size_t lidar,
                          const std::string& prefix, std::vector<std::string>& parts) {
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

void InputGraph::AddLidarOfTrace(const std::string& observation, std::size_t lidar,
                                 const std::string& prefix, std::vector<std::string>& parts) {
  const LidarInput& at = inputs_.lidars()[lidar];
  if (at.bins == 0) return AddLidar(observation, lidar, prefix, parts);
  const std::string name = fmt::format("{}lidar{}", prefix, lidar);
  AddSlice(observation, at.offset, at.offset + at.bins, name);
  Eigen::MatrixXf means(kValuesPerLidar, at.bins);
  means << Eigen::RowVectorXf::Ones(at.bins), DirectionsOf(inputs_, lidar);
  graph_.Linear(name + "_means", name, means, Eigen::VectorXf::Zero(kValuesPerLidar));
  parts.push_back(name + "_means");
}

void InputGraph::AddSlice(const std::string& input, int begin, int end, const std::string& output) {
  graph_.Integers(output + "_begin", {begin});
  graph_.Integers(output + "_end", {end});
  graph_.Node("Slice", {input, output + "_begin", output + "_end", "columns"}, output);
}

}  // namespace lookout::app
