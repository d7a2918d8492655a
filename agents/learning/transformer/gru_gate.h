// The gate that joins a submodule's result to what went past it (Parisotto et al. 2020, section
// 3.2, "Gated-Recurrent-Unit-type gating"). Any thread, each with its own workspace.
#pragma once

#include <Eigen/Core>

#include "agents/learning/transformer/layer_norm.h"
#include "agents/learning/transformer/parameter_cursor.h"

namespace lookout::agents {

// With x what went past and y the submodule's result, products of gates by element:
//   r = sigmoid(W_r y + U_r x)   z = sigmoid(W_z y + U_z x - b)   h = tanh(W_h y + U_h (r x))
//   g(x, y) = (1 - z) x + z h
template <typename Float>
struct GateParts {
  GateParts(ParameterCursor<Float>& cursor, int width)
      : result(cursor.TakeMatrix(Eigen::Index{3} * width, width)),
        past(cursor.TakeMatrix(Eigen::Index{3} * width, width)),
        bias(cursor.TakeVector(width)) {}
  // W and U, each with the rows of r, z and h; b.
  typename ParameterCursor<Float>::Matrix result, past;
  typename ParameterCursor<Float>::Vector bias;
  static int Count(int width) { return width * (6 * width + 1); }
};

struct GateWorkspace {
  GateWorkspace() = default;
  GateWorkspace(int width, int max_columns);
  Eigen::MatrixXf gates;  // [3 width x max_columns]: r, z, h
  Eigen::MatrixXf reset;  // [width x max_columns]: r x
};

// For any one gate at a time.
struct GateScratch {
  GateScratch() = default;
  GateScratch(int width, int max_columns);
  Eigen::MatrixXf gates;  // [3 width x max_columns]: deltas before the nonlinearities, or tangents
  Eigen::MatrixXf reset;  // [width x max_columns]: the same of r x
};

// All [width x n]; the workspace keeps what the others need.
void GateForward(const GateParts<const float>& parts, const ColumnsIn& x, const ColumnsIn& y,
                 GateWorkspace& workspace, ColumnsOut out);
// out_delta: dLoss/dg. Overwrites x_delta, y_delta and the gradient.
void GateBackward(const GateParts<const float>& parts, const ColumnsIn& x, const ColumnsIn& y,
                  const ColumnsIn& out_delta, const GateWorkspace& workspace, GateScratch& scratch,
                  ColumnsOut x_delta, ColumnsOut y_delta, GateParts<float>& gradient);
// The derivative of g where the parameters change by `change` and x and y by their tangents.
void GateTangent(const GateParts<const float>& parts, const GateParts<const float>& change,
                 const ColumnsIn& x, const ColumnsIn& y, const ColumnsIn& x_tangent,
                 const ColumnsIn& y_tangent, const GateWorkspace& workspace, GateScratch& scratch,
                 ColumnsOut out_tangent);

}  // namespace lookout::agents
