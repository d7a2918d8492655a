#include "agents/learning/transformer/transformer_layer.h"

#include <cmath>

namespace lookout::agents {
namespace {

// Adds a bias to every column and cuts off what is below 0.
void AddBiasAndRelu(const ParameterCursor<const float>::Vector& bias, ColumnsOut columns) {
  for (Eigen::Index i = 0; i < columns.cols(); ++i) {
    columns.col(i) = (columns.col(i) + bias).cwiseMax(0.0F);
  }
}

// What becomes of changes where `result` was cut off.
void ReluChange(const ColumnsIn& result, ColumnsOut changes) {
  for (Eigen::Index i = 0; i < changes.cols(); ++i) {
    const float* const values = result.col(i).data();
    float* const change = changes.col(i).data();
    // Eigen's select() is not vectorised; this is.
    for (Eigen::Index k = 0; k < changes.rows(); ++k)
      change[k] = values[k] > 0.0F ? change[k] : 0.0F;
  }
}

void SumColumns(const ColumnsIn& columns, ParameterCursor<float>::Vector& sum) {
  sum.setZero();
  for (Eigen::Index i = 0; i < columns.cols(); ++i) sum += columns.col(i);
}

void Glorot(RandomState& random, ParameterCursor<float>::Matrix matrix, Eigen::Index fan_out) {
  const double bound = std::sqrt(6.0 / double(fan_out + matrix.cols()));
  for (float& weight : matrix.reshaped()) {
    weight = static_cast<float>(random.Uniform(-bound, bound));
  }
}

}  // namespace

LayerWorkspace::LayerWorkspace(const LayerShape& shape, int max_columns)
    : first_norm(shape.width(), max_columns),
      second_norm(shape.width(), max_columns),
      attention(shape.attention, max_columns),
      first_gate(shape.gate_width(), max_columns),
      second_gate(shape.gate_width(), max_columns),
      first_normed(Eigen::MatrixXf::Zero(shape.width(), max_columns)),
      attended(first_normed),
      joined(first_normed),
      second_normed(first_normed),
      hidden(first_normed),
      moved(first_normed),
      output(first_normed) {}

LayerScratch::LayerScratch(const LayerShape& shape, int max_columns)
    : attention(shape.attention, max_columns),
      gate(shape.gate_width(), max_columns),
      a(Eigen::MatrixXf::Zero(shape.width(), max_columns)),
      b(a),
      c(a) {}

void TransformerLayer::Initialise(RandomState& random, double gate_bias, LayerParts<float>& parts) {
  const Eigen::Index width = parts.first.rows();
  parts.first_norm.gain.setOnes();
  parts.second_norm.gain.setOnes();
  AttentionParts<float>& attention = parts.attention;
  for (const auto& matrix : {attention.query, attention.key_value, attention.position,
                             attention.output, parts.first, parts.second}) {
    Glorot(random, matrix, width);
  }
  for (GateParts<float>* gate : {&parts.first_gate, &parts.second_gate}) {
    if (gate->bias.size() == 0) continue;
    Glorot(random, gate->result, width);
    Glorot(random, gate->past, width);
    gate->bias.setConstant(static_cast<float>(gate_bias));
  }
}

void TransformerLayer::Forward(const LayerParts<const float>& parts, const ColumnsIn& x,
                               const AttentionMemory& memory,
                               std::span<const AttentionChunk> chunks, LayerWorkspace& ws,
                               LayerScratch& scratch) const {
  const Eigen::Index n = x.cols();
  Standardise(x, ws.first_norm);
  ScaleAndShift(parts.first_norm, ws.first_norm.standard.leftCols(n), ws.first_normed.leftCols(n));
  const AttentionInputs in{ws.first_norm.standard, ws.first_normed, n, memory, chunks,
                           parts.first_norm};
  auto attended = ws.attended.leftCols(n);
  attention_.Forward(parts.attention, in, ws.attention, scratch.attention, attended);
  attended = attended.cwiseMax(0.0F);
  auto joined = ws.joined.leftCols(n);
  Join(parts.first_gate, x, attended, ws.first_gate, joined);

  Standardise(joined, ws.second_norm);
  auto normed = ws.second_normed.leftCols(n);
  ScaleAndShift(parts.second_norm, ws.second_norm.standard.leftCols(n), normed);
  auto hidden = ws.hidden.leftCols(n);
  hidden.noalias() = parts.first * normed;
  AddBiasAndRelu(parts.first_bias, hidden);
  auto moved = ws.moved.leftCols(n);
  moved.noalias() = parts.second * hidden;
  AddBiasAndRelu(parts.second_bias, moved);
  Join(parts.second_gate, joined, moved, ws.second_gate, ws.output.leftCols(n));
}

void TransformerLayer::Backward(const LayerParts<const float>& parts, const ColumnsIn& x,
                                const AttentionMemory& memory,
                                std::span<const AttentionChunk> chunks, const LayerWorkspace& ws,
                                LayerScratch& scratch, ColumnsOut delta,
                                LayerParts<float>& gradient) const {
  const Eigen::Index n = x.cols();
  auto a = scratch.a.leftCols(n);
  auto b = scratch.b.leftCols(n);
  auto c = scratch.c.leftCols(n);
  JoinBack(parts.second_gate, ws.joined.leftCols(n), ws.moved.leftCols(n), delta, ws.second_gate,
           scratch.gate, a, b, gradient.second_gate);
  PerceptronBack(parts, n, ws, scratch, gradient);
  JoinBack(parts.first_gate, x, ws.attended.leftCols(n), a, ws.first_gate, scratch.gate, delta, b,
           gradient.first_gate);
  ReluChange(ws.attended.leftCols(n), b);
  gradient.first_norm.gain.setZero();
  gradient.first_norm.offset.setZero();
  const AttentionInputs in{ws.first_norm.standard, ws.first_normed, n, memory, chunks,
                           parts.first_norm};
  attention_.Backward(parts.attention, in, b, ws.attention, scratch.attention, c,
                      gradient.attention, gradient.first_norm);
  ScaleAndShiftBack(parts.first_norm, ws.first_norm.standard.leftCols(n), c, gradient.first_norm);
  StandardiseBack(c, ws.first_norm, delta);
}

void TransformerLayer::PerceptronBack(const LayerParts<const float>& parts, Eigen::Index n,
                                      const LayerWorkspace& ws, LayerScratch& scratch,
                                      LayerParts<float>& gradient) const {
  auto b = scratch.b.leftCols(n);
  auto c = scratch.c.leftCols(n);
  ReluChange(ws.moved.leftCols(n), b);
  gradient.second.noalias() = b * ws.hidden.leftCols(n).transpose();
  SumColumns(b, gradient.second_bias);
  c.noalias() = parts.second.transpose() * b;
  ReluChange(ws.hidden.leftCols(n), c);
  gradient.first.noalias() = c * ws.second_normed.leftCols(n).transpose();
  SumColumns(c, gradient.first_bias);
  b.noalias() = parts.first.transpose() * c;
  gradient.second_norm.gain.setZero();
  gradient.second_norm.offset.setZero();
  ScaleAndShiftBack(parts.second_norm, ws.second_norm.standard.leftCols(n), b,
                    gradient.second_norm);
  StandardiseBack(b, ws.second_norm, scratch.a.leftCols(n));
}

void TransformerLayer::Tangent(const LayerParts<const float>& parts,
                               const LayerParts<const float>& change, const ColumnsIn& x,
                               const AttentionMemory& memory,
                               std::span<const AttentionChunk> chunks, const LayerWorkspace& ws,
                               LayerScratch& scratch, ColumnsOut tangent) const {
  const Eigen::Index n = x.cols();
  auto a = scratch.a.leftCols(n);
  auto b = scratch.b.leftCols(n);
  auto c = scratch.c.leftCols(n);
  a = tangent;
  StandardiseTangent(ws.first_norm, a);
  ScaleAndShiftTangent(parts.first_norm, change.first_norm, ws.first_norm.standard.leftCols(n), a);
  const AttentionInputs in{ws.first_norm.standard, ws.first_normed, n, memory, chunks,
                           parts.first_norm};
  attention_.Tangent(parts.attention, change.attention, change.first_norm, in, a, ws.attention,
                     scratch.attention, b);
  ReluChange(ws.attended.leftCols(n), b);
  JoinTangent(parts.first_gate, change.first_gate, x, ws.attended.leftCols(n), tangent, b,
              ws.first_gate, scratch.gate, c);

  a = c;
  StandardiseTangent(ws.second_norm, a);
  ScaleAndShiftTangent(parts.second_norm, change.second_norm, ws.second_norm.standard.leftCols(n),
                       a);
  b.noalias() = change.first * ws.second_normed.leftCols(n);
  b.noalias() += parts.first * a;
  for (Eigen::Index i = 0; i < n; ++i) b.col(i) += change.first_bias;
  ReluChange(ws.hidden.leftCols(n), b);
  a.noalias() = change.second * ws.hidden.leftCols(n);
  a.noalias() += parts.second * b;
  for (Eigen::Index i = 0; i < n; ++i) a.col(i) += change.second_bias;
  ReluChange(ws.moved.leftCols(n), a);
  JoinTangent(parts.second_gate, change.second_gate, ws.joined.leftCols(n), ws.moved.leftCols(n), c,
              a, ws.second_gate, scratch.gate, tangent);
}

void TransformerLayer::Join(const GateParts<const float>& gate, const ColumnsIn& x,
                            const ColumnsIn& y, GateWorkspace& workspace, ColumnsOut out) const {
  if (shape_.gated) {
    GateForward(gate, x, y, workspace, out);
  } else {
    out = x + y;
  }
}

void TransformerLayer::JoinBack(const GateParts<const float>& gate, const ColumnsIn& x,
                                const ColumnsIn& y, const ColumnsIn& out_delta,
                                const GateWorkspace& workspace, GateScratch& scratch,
                                ColumnsOut x_delta, ColumnsOut y_delta,
                                GateParts<float>& gradient) const {
  if (shape_.gated) {
    GateBackward(gate, x, y, out_delta, workspace, scratch, x_delta, y_delta, gradient);
  } else {
    x_delta = out_delta;
    y_delta = out_delta;
  }
}

void TransformerLayer::JoinTangent(const GateParts<const float>& gate,
                                   const GateParts<const float>& change, const ColumnsIn& x,
                                   const ColumnsIn& y, const ColumnsIn& x_tangent,
                                   const ColumnsIn& y_tangent, const GateWorkspace& workspace,
                                   GateScratch& scratch, ColumnsOut out_tangent) const {
  if (shape_.gated) {
    GateTangent(gate, change, x, y, x_tangent, y_tangent, workspace, scratch, out_tangent);
  } else {
    out_tangent = x_tangent + y_tangent;
  }
}

}  // namespace lookout::agents
