#include "app/runs/formats/onnx_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "app/runs/formats/onnx_graph.h"
#include "app/runs/formats/onnx_memory.h"

namespace lookout::app {
namespace {

std::string ActionParts(const std::vector<std::string>& meaning) {
  return meaning.empty() ? std::string() : nlohmann::json(meaning).dump();
}

// A network that remembers, with the ports for what it does.
template <typename Network>
void AddRemembering(const Network& network, const std::string& input, OnnxGraph& graph) {
  const int size = network.state_dim();
  graph.Input("state", {0, size});
  graph.Output("next_state", {0, size});
  AddStep(network, input, graph);
  graph.Describe("lookout.state", nlohmann::ordered_json{{"input", "state"},
                                                         {"output", "next_state"},
                                                         {"length", size},
                                                         {"at_start", 0},
                                                         {"meaning", StateText(network)}}
                                      .dump());
}

void AddMean(const agents::SequenceNetwork& mean, const std::string& input, OnnxGraph& graph) {
  if (const agents::StackedNetwork* const stacked = mean.stacked()) {
    AddRemembering(*stacked, input, graph);
  } else if (const agents::GruNetwork* const gru = mean.gru()) {
    AddRemembering(*gru, input, graph);
  } else if (const agents::TransformerNetwork* const transformer = mean.transformer()) {
    AddRemembering(*transformer, input, graph);
  } else {
    graph.Layers(*mean.mlp(), input, "action");
  }
}

}  // namespace

std::string EncodeOnnx(const agents::GaussianActor& actor) {
  OnnxGraph graph("policy");
  graph.Input("observation", {0, actor.observation_dim()});
  graph.Output("action", {0, actor.action_dim()});
  graph.Output("log_std", {actor.action_dim()});
  const bool normalises = actor.normaliser && actor.normaliser->count() > 0;
  if (normalises) graph.Normalise(*actor.normaliser, "observation", "normalised");
  AddMean(actor.mean, normalises ? "normalised" : "observation", graph);
  graph.Constant("log_std_value", {actor.action_dim()}, actor.log_std);
  graph.Node("Identity", {"log_std_value"}, "log_std");

  graph.Describe("lookout.policy", actor.name);
  graph.Describe("lookout.environment", actor.origin.environment_id);
  graph.Describe("lookout.iteration", fmt::to_string(actor.iteration));
  graph.Describe("lookout.action_repeat", fmt::to_string(actor.action_repeat));
  graph.Describe("lookout.configuration", actor.origin.configuration);
  graph.Describe("lookout.observation", ObservationParts(actor.origin.signature));
  graph.Describe("lookout.action", ActionParts(actor.origin.action_meaning));
  return graph.Model();
}

}  // namespace lookout::app
