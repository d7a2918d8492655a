// Networks with memory as parts of an ONNX graph: what they remember is an input and an output. Any
// thread.
#pragma once

#include <string>

#include "agents/learning/gru_network.h"
#include "agents/learning/stacked_network.h"
#include "agents/learning/transformer_network.h"
#include "app/runs/formats/onnx_graph.h"

namespace lookout::app {

// Each adds the operators of one step, from `input` [batch x input_dim] and "state"
// [batch x state_dim] to "action" [batch x output_dim] and "next_state" [batch x state_dim], which
// the caller names as the graph's ports.
void AddStep(const agents::StackedNetwork& network, const std::string& input, OnnxGraph& graph);
void AddStep(const agents::GruNetwork& network, const std::string& input, OnnxGraph& graph);
void AddStep(const agents::TransformerNetwork& network, const std::string& input, OnnxGraph& graph);

// What the state of a network is made of, in words for whoever plays it elsewhere; always 0 at an
// episode's start.
std::string StateText(const agents::StackedNetwork& network);
std::string StateText(const agents::GruNetwork& network);
std::string StateText(const agents::TransformerNetwork& network);

}  // namespace lookout::app
