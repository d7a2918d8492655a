#include "app/runs/formats/onnx_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "app/runs/formats/onnx_graph.h"

namespace lookout::app {
namespace {

std::string ActionParts(const std::vector<std::string>& meaning) {
  return meaning.empty() ? std::string() : nlohmann::json(meaning).dump();
}

}  // namespace

Result<std::string> EncodeOnnx(const agents::GaussianActor& actor) {
  const agents::Mlp* const mean = actor.mean.mlp();
  if (mean == nullptr) {
    return BadInput("The policy has a memory (" + actor.mean.SizesText() +
                    "), which the ONNX model has no place for; export one without.");
  }
  OnnxGraph graph("policy");
  graph.Input("observation", {0, actor.observation_dim()});
  graph.Output("action", {0, actor.action_dim()});
  graph.Output("log_std", {actor.action_dim()});
  const bool normalises = actor.normaliser && actor.normaliser->count() > 0;
  if (normalises) graph.Normalise(*actor.normaliser, "observation", "normalised");
  graph.Layers(*mean, normalises ? "normalised" : "observation", "action");
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
