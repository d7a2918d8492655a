#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "agents/learning/transformer/layer_details.h"
#include "app/runs/formats/onnx_memory.h"

namespace lookout::app {
namespace {

using agents::TransformerSizes;
using Eigen::MatrixXf;
using Eigen::VectorXf;
using Parts = agents::LayerParts<const float>;

// Adds the layers one by one; the names of a layer's values begin with its number.
class TransformerStep {
 public:
  TransformerStep(const agents::TransformerNetwork& network, OnnxGraph& graph)
      : network_(network), sizes_(network.sizes()), graph_(graph) {}

  void Add(const std::string& input);

 private:
  std::string Name(const char* value) const { return fmt::format("layer{}_{}", layer_, value); }
  // A number of its own.
  std::string Scalar(const char* name, float value) {
    graph_.Constant(name, {}, VectorXf::Constant(1, value));
    return name;
  }
  void AddConstants();
  // 0 for what is remembered, far below 0 for what was before the episode's start.
  void AddMask();
  void AddLayer(const Parts& parts, const std::string& input, const std::string& output);
  void AddStandard(const std::string& input, const std::string& output);
  void AddNormed(const agents::NormParts<const float>& norm, const std::string& input,
                 const std::string& output);
  // What the layer's state becomes.
  void AddState();
  void AddAttention(const Parts& parts);
  void AddQueries(const Parts& parts);
  // One for each head: [heads x head_dim x (memory + 1)].
  void AddPositions(const agents::AttentionParts<const float>& parts);
  void AddJoin(const agents::GateParts<const float>& gate, const std::string& past,
               const std::string& result, const std::string& output);

  const agents::TransformerNetwork& network_;
  const TransformerSizes sizes_;
  OnnxGraph& graph_;
  int layer_ = 0;
};

void TransformerStep::AddConstants() {
  const int heads = sizes_.heads;
  const int size = sizes_.width / heads;
  graph_.Integers("one_token", {0, 1, sizes_.width});
  graph_.Integers("tokens", {0, sizes_.memory, sizes_.width});
  graph_.Integers("one_by_head", {0, heads, 1, size});
  graph_.Integers("all_by_head", {0, sizes_.memory + 1, heads, size});
  graph_.Integers("whole", {0, sizes_.width});
  Scalar("least_variance", agents::kLeastVariance);
  Scalar("scale_of_scores", 1.0F / std::sqrt(static_cast<float>(size)));
  Scalar("none", 0.0F);
  Scalar("one", 1.0F);
}

void TransformerStep::AddMask() {
  const int memory = sizes_.memory;
  VectorXf ago(memory + 1);  // of each token, the present one last
  for (int i = 0; i <= memory; ++i) ago[i] = static_cast<float>(memory - i);
  graph_.Constant("ago", {memory + 1}, ago);
  graph_.Integers("for_heads", {0, 1, 1, memory + 1});
  const int state = network_.state_dim();
  graph_.Columns("state", state - 1, state, "remembered");
  Scalar("far_below", 1e9F);
  Scalar("most_remembered", static_cast<float>(memory));
  graph_.Node("Sub", {"remembered", "ago"}, "within");
  graph_.Node("Add", {"within", "one"}, "beyond");
  graph_.Node("Clip", {"beyond", "none", "one"}, "visible");
  graph_.Node("Sub", {"visible", "one"}, "hidden");
  graph_.Node("Mul", {"hidden", "far_below"}, "mask_of_tokens");
  graph_.Node("Reshape", {"mask_of_tokens", "for_heads"}, "mask");
  graph_.Node("Add", {"remembered", "one"}, "one_more");
  graph_.Node("Clip", {"one_more", "none", "most_remembered"}, "next_remembered");
}

void TransformerStep::AddStandard(const std::string& input, const std::string& output) {
  const auto part = [&](const char* name) { return output + "_" + name; };
  graph_.Node("ReduceMean", {input}, part("mean"), {{"axes", 1, true}, {"keepdims", 1}});
  graph_.Node("Sub", {input, part("mean")}, part("centred"));
  graph_.Node("Mul", {part("centred"), part("centred")}, part("squares"));
  graph_.Node("ReduceMean", {part("squares")}, part("variance"),
              {{"axes", 1, true}, {"keepdims", 1}});
  graph_.Node("Add", {part("variance"), "least_variance"}, part("more"));
  graph_.Node("Sqrt", {part("more")}, part("deviation"));
  graph_.Node("Div", {part("centred"), part("deviation")}, output);
}

void TransformerStep::AddNormed(const agents::NormParts<const float>& norm,
                                const std::string& input, const std::string& output) {
  graph_.Constant(output + "_gain", {sizes_.width}, norm.gain);
  graph_.Constant(output + "_offset", {sizes_.width}, norm.offset);
  graph_.Node("Mul", {input, output + "_gain"}, output + "_scaled");
  graph_.Node("Add", {output + "_scaled", output + "_offset"}, output);
}

void TransformerStep::AddState() {
  const int each = sizes_.width * sizes_.memory;
  graph_.Columns("state", layer_ * each, (layer_ + 1) * each, Name("state"));
  if (sizes_.memory == 1) {
    graph_.Node("Identity", {Name("standard")}, Name("next_state"));
    return;
  }
  graph_.Columns(Name("state"), sizes_.width, each, Name("kept"));
  graph_.Node("Concat", {Name("kept"), Name("standard")}, Name("next_state"), {{"axis", 1}});
}

void TransformerStep::AddPositions(const agents::AttentionParts<const float>& parts) {
  const int size = sizes_.width / sizes_.heads;
  const MatrixXf positions = parts.position * agents::DistanceSinusoids(sizes_.layer().attention);
  // [width x (memory + 1)] row by row is [heads x head_dim x (memory + 1)].
  const MatrixXf by_rows = positions.transpose();
  graph_.Constant(Name("positions"), {sizes_.heads, size, sizes_.memory + 1}, by_rows.reshaped());
}

void TransformerStep::AddQueries(const Parts& parts) {
  graph_.Node("Reshape", {Name("standard"), "one_token"}, Name("own_token"));
  graph_.Node("Reshape", {Name("state"), "tokens"}, Name("past_tokens"));
  graph_.Node("Concat", {Name("past_tokens"), Name("own_token")}, Name("all_tokens"),
              {{"axis", 1}});
  AddNormed(parts.first_norm, Name("all_tokens"), Name("normed"));
  AddNormed(parts.first_norm, Name("standard"), Name("own_normed"));
  const auto query = [&](const char* name, const VectorXf& bias) {
    graph_.Linear(Name(name) + "_flat", Name("own_normed"), parts.attention.query, bias);
    graph_.Node("Reshape", {Name(name) + "_flat", "one_by_head"}, Name(name));
  };
  query("content_query", parts.attention.content_bias);
  query("position_query", parts.attention.position_bias);
}

void TransformerStep::AddAttention(const Parts& parts) {
  const agents::AttentionParts<const float>& own = parts.attention;
  const int width = sizes_.width;
  AddQueries(parts);
  AddPositions(own);
  const auto by_head = [&](const char* name, const MatrixXf& weights,
                           std::vector<std::int64_t> order) {
    graph_.Matrix(Name(name) + "_weights", weights);
    graph_.Node("MatMul", {Name("normed"), Name(name) + "_weights"}, Name(name) + "_flat");
    graph_.Node("Reshape", {Name(name) + "_flat", "all_by_head"}, Name(name) + "_by_head");
    graph_.Node("Transpose", {Name(name) + "_by_head"}, Name(name),
                {{"perm", 0, true, std::move(order)}});
  };
  by_head("keys", own.key_value.topRows(width), {0, 2, 3, 1});       // [batch, heads, size, tokens]
  by_head("values", own.key_value.bottomRows(width), {0, 2, 1, 3});  // [batch, heads, tokens, size]
  graph_.Node("MatMul", {Name("content_query"), Name("keys")}, Name("content_scores"));
  graph_.Node("MatMul", {Name("position_query"), Name("positions")}, Name("position_scores"));
  graph_.Node("Add", {Name("content_scores"), Name("position_scores")}, Name("scores"));
  graph_.Node("Mul", {Name("scores"), "scale_of_scores"}, Name("scaled_scores"));
  graph_.Node("Add", {Name("scaled_scores"), "mask"}, Name("masked_scores"));
  graph_.Node("Softmax", {Name("masked_scores")}, Name("attention"), {{"axis", 3}});
  graph_.Node("MatMul", {Name("attention"), Name("values")}, Name("context_by_head"));
  graph_.Node("Reshape", {Name("context_by_head"), "whole"}, Name("context"));
  graph_.Matrix(Name("output_weights"), own.output);
  graph_.Node("MatMul", {Name("context"), Name("output_weights")}, Name("attended_sum"));
  graph_.Node("Relu", {Name("attended_sum")}, Name("attended"));
}

void TransformerStep::AddJoin(const agents::GateParts<const float>& gate, const std::string& past,
                              const std::string& result, const std::string& output) {
  if (!sizes_.gated) {
    graph_.Node("Add", {past, result}, output);
    return;
  }
  const int width = sizes_.width;
  const auto part = [&](const char* name) { return output + "_" + name; };
  const auto both = [&](int row, int rows) {
    MatrixXf weights(rows, 2 * width);
    weights << gate.result.middleRows(row, rows), gate.past.middleRows(row, rows);
    return weights;
  };
  VectorXf bias = VectorXf::Zero(2 * width);
  bias.tail(width) = -gate.bias;
  graph_.Node("Concat", {result, past}, part("seen"), {{"axis", 1}});
  graph_.Linear(part("gates"), part("seen"), both(0, 2 * width), bias);
  graph_.Node("Sigmoid", {part("gates")}, part("opened"));
  graph_.Columns(part("opened"), 0, width, part("reset"));
  graph_.Columns(part("opened"), width, 2 * width, part("update"));
  graph_.Node("Mul", {part("reset"), past}, part("reset_past"));
  graph_.Node("Concat", {result, part("reset_past")}, part("seen_reset"), {{"axis", 1}});
  graph_.Linear(part("candidate_sum"), part("seen_reset"), both(2 * width, width),
                VectorXf::Zero(width));
  graph_.Node("Tanh", {part("candidate_sum")}, part("candidate"));
  graph_.Node("Sub", {part("candidate"), past}, part("change"));
  graph_.Node("Mul", {part("update"), part("change")}, part("moved"));
  graph_.Node("Add", {past, part("moved")}, output);
}

void TransformerStep::AddLayer(const Parts& parts, const std::string& input,
                               const std::string& output) {
  AddStandard(input, Name("standard"));
  AddState();
  AddAttention(parts);
  AddJoin(parts.first_gate, input, Name("attended"), Name("joined"));
  AddStandard(Name("joined"), Name("second_standard"));
  AddNormed(parts.second_norm, Name("second_standard"), Name("second_normed"));
  graph_.Linear(Name("hidden_sum"), Name("second_normed"), parts.first, parts.first_bias);
  graph_.Node("Relu", {Name("hidden_sum")}, Name("hidden"));
  graph_.Linear(Name("moved_sum"), Name("hidden"), parts.second, parts.second_bias);
  graph_.Node("Relu", {Name("moved_sum")}, Name("moved"));
  AddJoin(parts.second_gate, Name("joined"), Name("moved"), output);
}

void TransformerStep::Add(const std::string& input) {
  AddConstants();
  AddMask();
  const int width = sizes_.width;
  const float* at = network_.parameters().data();
  const auto next = [&at](Eigen::Index rows, Eigen::Index columns) {
    const Eigen::Map<const MatrixXf> part(at, rows, columns);
    at += rows * columns;
    return part;
  };
  const auto weights = next(width, sizes_.input_dim);
  graph_.Linear("embedded_sum", input, weights, next(width, 1));
  graph_.Node("Tanh", {"embedded_sum"}, "embedded");
  std::string below = "embedded";
  std::vector<std::string> states;
  for (layer_ = 0; layer_ < sizes_.layers; ++layer_) {
    const Parts parts(at, sizes_.layer());
    at += Parts::Count(sizes_.layer());
    AddLayer(parts, below, Name("output"));
    below = Name("output");
    states.push_back(Name("next_state"));
  }
  states.emplace_back("next_remembered");
  graph_.Node("Concat", states, "next_state", {{"axis", 1}});
  const auto output = next(sizes_.output_dim, width);
  graph_.Linear("action", below, output, next(sizes_.output_dim, 1));
}

}  // namespace

void AddStep(const agents::TransformerNetwork& network, const std::string& input,
             OnnxGraph& graph) {
  TransformerStep(network, graph).Add(input);
}

std::string StateText(const agents::TransformerNetwork& network) {
  const TransformerSizes& sizes = network.sizes();
  return fmt::format(
      "of {} layers the standardised inputs, {} wide, at the last {} decisions, the oldest first; "
      "then how many decisions these are of",
      sizes.layers, sizes.width, sizes.memory);
}

}  // namespace lookout::app
