// One layer of a Transformer-XL with identity-map reordering (Parisotto et al. 2020, section 3.1,
// "TrXL-I"), or the same with gates ("GTrXL"). Const use from any thread, each with its own
// workspace.
#pragma once

#include <Eigen/Core>
#include <span>

#include "agents/learning/transformer/gru_gate.h"
#include "agents/learning/transformer/layer_norm.h"
#include "agents/learning/transformer/relative_attention.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

struct LayerShape {
  AttentionShape attention;
  bool gated = true;
  int width() const { return attention.width; }
  int gate_width() const { return gated ? width() : 0; }
};

// With E the layer's input, M its memory without gradient, g(x, y) the gates or x + y:
//   Y = g1(E, relu(attention(LN [M, E])))        E' = g2(Y, relu(W2 relu(W1 LN(Y) + b1) + b2))
template <typename Float>
struct LayerParts {
  LayerParts(Float* data, const LayerShape& shape) : LayerParts(ParameterCursor(data), shape) {}
  LayerParts(ParameterCursor<Float> cursor, const LayerShape& shape)
      : first_norm(cursor, shape.width()),
        attention(cursor, shape.width()),
        first_gate(cursor, shape.gate_width()),
        second_norm(cursor, shape.width()),
        first(cursor.TakeMatrix(shape.width(), shape.width())),
        first_bias(cursor.TakeVector(shape.width())),
        second(cursor.TakeMatrix(shape.width(), shape.width())),
        second_bias(cursor.TakeVector(shape.width())),
        second_gate(cursor, shape.gate_width()) {}

  NormParts<Float> first_norm;
  AttentionParts<Float> attention;
  GateParts<Float> first_gate;  // of size 0 without gates
  NormParts<Float> second_norm;
  typename ParameterCursor<Float>::Matrix first;
  typename ParameterCursor<Float>::Vector first_bias;
  typename ParameterCursor<Float>::Matrix second;
  typename ParameterCursor<Float>::Vector second_bias;
  GateParts<Float> second_gate;

  static int Count(const LayerShape& shape) {
    const int width = shape.width();
    return 2 * NormParts<Float>::Count(width) + AttentionParts<Float>::Count(width) +
           2 * width * (width + 1) + 2 * GateParts<Float>::Count(shape.gate_width());
  }
};

// What Forward leaves, all [width x max_columns].
struct LayerWorkspace {
  LayerWorkspace() = default;
  LayerWorkspace(const LayerShape& shape, int max_columns);
  NormWorkspace first_norm, second_norm;
  AttentionWorkspace attention;
  GateWorkspace first_gate, second_gate;
  Eigen::MatrixXf first_normed, attended, joined, second_normed, hidden, moved, output;
};

// For any one layer at a time.
struct LayerScratch {
  LayerScratch() = default;
  LayerScratch(const LayerShape& shape, int max_columns);
  AttentionScratch attention;
  GateScratch gate;
  Eigen::MatrixXf a, b, c;  // [width x max_columns]
};

class TransformerLayer {
 public:
  TransformerLayer() = default;
  explicit TransformerLayer(const LayerShape& shape) : shape_(shape), attention_(shape.attention) {}

  // Glorot and Bengio 2010; gains 1, biases 0, those of the gates gate_bias.
  static void Initialise(RandomState& random, double gate_bias, LayerParts<float>& parts);

  // x: [width x n], the layer's input; the result is workspace.output.
  void Forward(const LayerParts<const float>& parts, const ColumnsIn& x,
               const AttentionMemory& memory, std::span<const AttentionChunk> chunks,
               LayerWorkspace& workspace, LayerScratch& scratch) const;
  // After Forward with the same. delta: dLoss/doutput on entry, dLoss/dx on return. Overwrites the
  // gradient.
  void Backward(const LayerParts<const float>& parts, const ColumnsIn& x,
                const AttentionMemory& memory, std::span<const AttentionChunk> chunks,
                const LayerWorkspace& workspace, LayerScratch& scratch, ColumnsOut delta,
                LayerParts<float>& gradient) const;
  // After Forward with the same. tangent: of x on entry, of the output on return.
  void Tangent(const LayerParts<const float>& parts, const LayerParts<const float>& change,
               const ColumnsIn& x, const AttentionMemory& memory,
               std::span<const AttentionChunk> chunks, const LayerWorkspace& workspace,
               LayerScratch& scratch, ColumnsOut tangent) const;

 private:
  void Join(const GateParts<const float>& gate, const ColumnsIn& x, const ColumnsIn& y,
            GateWorkspace& workspace, ColumnsOut out) const;
  void JoinBack(const GateParts<const float>& gate, const ColumnsIn& x, const ColumnsIn& y,
                const ColumnsIn& out_delta, const GateWorkspace& workspace, GateScratch& scratch,
                ColumnsOut x_delta, ColumnsOut y_delta, GateParts<float>& gradient) const;
  void JoinTangent(const GateParts<const float>& gate, const GateParts<const float>& change,
                   const ColumnsIn& x, const ColumnsIn& y, const ColumnsIn& x_tangent,
                   const ColumnsIn& y_tangent, const GateWorkspace& workspace, GateScratch& scratch,
                   ColumnsOut out_tangent) const;
  // The second submodule; scratch.a: dLoss/djoined, scratch.b: dLoss/dmoved.
  void PerceptronBack(const LayerParts<const float>& parts, Eigen::Index n,
                      const LayerWorkspace& workspace, LayerScratch& scratch,
                      LayerParts<float>& gradient) const;

  LayerShape shape_;
  RelativeAttention attention_;
};

}  // namespace lookout::agents
