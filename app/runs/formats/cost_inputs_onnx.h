// What the networks of a cost model see of a step, as nodes of an ONNX graph. One owner, one
// thread.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/models/cost_inputs.h"
#include "app/runs/formats/onnx_graph.h"

namespace lookout::app {

// Adds it to the graph, as CostInputs::Write does.
class InputGraph {
 public:
  // Both have to outlive this.
  InputGraph(OnnxGraph& graph, const agents::CostInputs& inputs) : graph_(graph), inputs_(inputs) {}

  // Declares the model's inputs, see cost_model_onnx.h. Returns their names.
  std::vector<std::string> Declare();
  // Returns the name of what the networks see.
  std::string Add();

 private:
  // By how much what is seen has changed since the observation, or trace, at that place of an
  // input.
  std::string AddChange(const std::string& state, const std::string& input, int place,
                        bool of_trace, const std::string& prefix);
  // What is seen of one observation, or trace; the names of what it takes begin with `prefix`.
  std::string AddState(const std::string& observation, bool of_trace, const std::string& prefix);
  // The closeness of the nearest thing, and the same as a vector towards it.
  void AddLidar(const std::string& observation, std::size_t lidar, const std::string& prefix,
                std::vector<std::string>& parts);
  // The same from a trace, or its peaks.
  void AddLidarOfTrace(const std::string& observation, std::size_t lidar, const std::string& prefix,
                       std::vector<std::string>& parts);
  bool HasPeaks() const;
  // By how much the lidars have changed since each trace's peaks.
  void AddPeaks(std::vector<std::string>& parts);
  void AddSlice(const std::string& input, int begin, int end, const std::string& output);

  OnnxGraph& graph_;
  const agents::CostInputs& inputs_;
};

}  // namespace lookout::app
