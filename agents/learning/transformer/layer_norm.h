// Layer normalisation (Ba et al. 2016): each column to mean 0 and variance 1, then times a gain and
// plus an offset of every row. Any thread, each with its own workspace.
#pragma once

#include <Eigen/Core>

#include "agents/learning/transformer/parameter_cursor.h"

namespace lookout::agents {

template <typename Float>
struct NormParts {
  NormParts(ParameterCursor<Float>& cursor, int width)
      : gain(cursor.TakeVector(width)), offset(cursor.TakeVector(width)) {}
  typename ParameterCursor<Float>::Vector gain, offset;
  static int Count(int width) { return 2 * width; }
};

struct NormWorkspace {
  NormWorkspace() = default;
  NormWorkspace(int width, int max_columns);
  Eigen::MatrixXf standard;            // [width x max_columns]: before gain and offset
  Eigen::VectorXf inverse_deviations;  // [max_columns]
};

using ColumnsIn = Eigen::Ref<const Eigen::MatrixXf>;
using ColumnsOut = Eigen::Ref<Eigen::MatrixXf>;

// standard = (x - mean) / deviation of each column of x [width x n].
void Standardise(const ColumnsIn& x, NormWorkspace& workspace);
// out = gain * standard + offset, all [width x n].
void ScaleAndShift(const NormParts<const float>& parts, const ColumnsIn& standard, ColumnsOut out);

// delta: dLoss/d(out of ScaleAndShift) [width x n] on entry, dLoss/dstandard on return; adds to the
// gradients of gain and offset.
void ScaleAndShiftBack(const NormParts<const float>& parts, const ColumnsIn& standard,
                       ColumnsOut delta, NormParts<float>& gradient);
// Adds to x_delta [width x n] what dLoss/dstandard makes of dLoss/dx.
void StandardiseBack(const ColumnsIn& standard_delta, const NormWorkspace& workspace,
                     ColumnsOut x_delta);

// tangent: of x [width x n] on entry, of `standard` on return.
void StandardiseTangent(const NormWorkspace& workspace, ColumnsOut tangent);
// tangent: of `standard` on entry, of ScaleAndShift's result on return.
void ScaleAndShiftTangent(const NormParts<const float>& parts, const NormParts<const float>& change,
                          const ColumnsIn& standard, ColumnsOut tangent);

}  // namespace lookout::agents
