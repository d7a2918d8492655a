#include "agents/learning/transformer/gru_gate.h"

namespace lookout::agents {

GateWorkspace::GateWorkspace(int width, int max_columns)
    : gates(Eigen::MatrixXf::Zero(Eigen::Index{3} * width, max_columns)),
      reset(Eigen::MatrixXf::Zero(width, max_columns)) {}

GateScratch::GateScratch(int width, int max_columns)
    : gates(Eigen::MatrixXf::Zero(Eigen::Index{3} * width, max_columns)),
      reset(Eigen::MatrixXf::Zero(width, max_columns)) {}

void GateForward(const GateParts<const float>& parts, const ColumnsIn& x, const ColumnsIn& y,
                 GateWorkspace& ws, ColumnsOut out) {
  const Eigen::Index n = x.cols();
  const Eigen::Index d = x.rows();
  auto gates = ws.gates.leftCols(n);
  gates.noalias() = parts.result * y;
  gates.topRows(2 * d).noalias() += parts.past.topRows(2 * d) * x;
  for (Eigen::Index i = 0; i < n; ++i) {
    auto reset_and_update = gates.col(i).head(2 * d);
    reset_and_update.tail(d) -= parts.bias;
    reset_and_update = (1.0F + (-reset_and_update.array()).exp()).inverse().matrix();
    ws.reset.col(i) = gates.col(i).head(d).cwiseProduct(x.col(i));
  }
  gates.bottomRows(d).noalias() += parts.past.bottomRows(d) * ws.reset.leftCols(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    auto candidate = gates.col(i).tail(d);
    candidate = candidate.array().tanh().matrix();
    out.col(i) = x.col(i) + gates.col(i).segment(d, d).cwiseProduct(candidate - x.col(i));
  }
}

void GateBackward(const GateParts<const float>& parts, const ColumnsIn& x, const ColumnsIn& y,
                  const ColumnsIn& out_delta, const GateWorkspace& ws, GateScratch& scratch,
                  ColumnsOut x_delta, ColumnsOut y_delta, GateParts<float>& gradient) {
  const Eigen::Index n = x.cols();
  const Eigen::Index d = x.rows();
  auto deltas = scratch.gates.leftCols(n);
  gradient.bias.setZero();
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto update = ws.gates.col(i).segment(d, d).array();
    const auto candidate = ws.gates.col(i).tail(d).array();
    const auto delta = out_delta.col(i).array();
    deltas.col(i).segment(d, d) =
        (delta * (candidate - x.col(i).array()) * update * (1.0F - update)).matrix();
    deltas.col(i).tail(d) = (delta * update * (1.0F - candidate.square())).matrix();
    x_delta.col(i) = (delta * (1.0F - update)).matrix();
    gradient.bias -= deltas.col(i).segment(d, d);
  }
  auto reset_delta = scratch.reset.leftCols(n);
  reset_delta.noalias() = parts.past.bottomRows(d).transpose() * deltas.bottomRows(d);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto reset = ws.gates.col(i).head(d).array();
    const auto delta = reset_delta.col(i).array();
    deltas.col(i).head(d) = (delta * x.col(i).array() * reset * (1.0F - reset)).matrix();
    x_delta.col(i).array() += delta * reset;
  }
  x_delta.noalias() += parts.past.topRows(2 * d).transpose() * deltas.topRows(2 * d);
  y_delta.noalias() = parts.result.transpose() * deltas;
  gradient.result.noalias() = deltas * y.transpose();
  gradient.past.topRows(2 * d).noalias() = deltas.topRows(2 * d) * x.transpose();
  gradient.past.bottomRows(d).noalias() = deltas.bottomRows(d) * ws.reset.leftCols(n).transpose();
}

void GateTangent(const GateParts<const float>& parts, const GateParts<const float>& change,
                 const ColumnsIn& x, const ColumnsIn& y, const ColumnsIn& x_tangent,
                 const ColumnsIn& y_tangent, const GateWorkspace& ws, GateScratch& scratch,
                 ColumnsOut out_tangent) {
  const Eigen::Index n = x.cols();
  const Eigen::Index d = x.rows();
  auto tangents = scratch.gates.leftCols(n);
  auto reset_tangents = scratch.reset.leftCols(n);
  tangents.noalias() = change.result * y;
  tangents.noalias() += parts.result * y_tangent;
  tangents.topRows(2 * d).noalias() += change.past.topRows(2 * d) * x;
  tangents.topRows(2 * d).noalias() += parts.past.topRows(2 * d) * x_tangent;
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto gates = ws.gates.col(i).head(2 * d).array();
    auto tangent = tangents.col(i).head(2 * d);
    tangent.tail(d) -= change.bias;
    tangent.array() *= gates * (1.0F - gates);
    reset_tangents.col(i) = tangent.head(d).cwiseProduct(x.col(i)) +
                            ws.gates.col(i).head(d).cwiseProduct(x_tangent.col(i));
  }
  tangents.bottomRows(d).noalias() += change.past.bottomRows(d) * ws.reset.leftCols(n);
  tangents.bottomRows(d).noalias() += parts.past.bottomRows(d) * reset_tangents;
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto update = ws.gates.col(i).segment(d, d).array();
    const auto candidate = ws.gates.col(i).tail(d).array();
    const auto candidate_tangent = tangents.col(i).tail(d).array() * (1.0F - candidate.square());
    out_tangent.col(i) = (x_tangent.col(i).array() * (1.0F - update) +
                          tangents.col(i).segment(d, d).array() * (candidate - x.col(i).array()) +
                          update * candidate_tangent)
                             .matrix();
  }
}

}  // namespace lookout::agents
