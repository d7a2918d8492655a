#include "agents/learning/transformer/layer_norm.h"

#include <cmath>

#include "agents/learning/transformer/layer_details.h"

namespace lookout::agents {
NormWorkspace::NormWorkspace(int width, int max_columns)
    : standard(Eigen::MatrixXf::Zero(width, max_columns)),
      inverse_deviations(Eigen::VectorXf::Zero(max_columns)) {}

void Standardise(const ColumnsIn& x, NormWorkspace& workspace) {
  for (Eigen::Index i = 0; i < x.cols(); ++i) {
    auto column = workspace.standard.col(i);
    column = (x.col(i).array() - x.col(i).mean()).matrix();
    const float variance = column.squaredNorm() / static_cast<float>(x.rows());
    const float inverse = 1.0F / std::sqrt(variance + kLeastVariance);
    column *= inverse;
    workspace.inverse_deviations[i] = inverse;
  }
}

void ScaleAndShift(const NormParts<const float>& parts, const ColumnsIn& standard, ColumnsOut out) {
  for (Eigen::Index i = 0; i < standard.cols(); ++i) {
    out.col(i) = standard.col(i).cwiseProduct(parts.gain) + parts.offset;
  }
}

void ScaleAndShiftBack(const NormParts<const float>& parts, const ColumnsIn& standard,
                       ColumnsOut delta, NormParts<float>& gradient) {
  for (Eigen::Index i = 0; i < standard.cols(); ++i) {
    gradient.gain += delta.col(i).cwiseProduct(standard.col(i));
    gradient.offset += delta.col(i);
    delta.col(i) = delta.col(i).cwiseProduct(parts.gain);
  }
}

void StandardiseBack(const ColumnsIn& standard_delta, const NormWorkspace& workspace,
                     ColumnsOut x_delta) {
  const auto width = static_cast<float>(standard_delta.rows());
  for (Eigen::Index i = 0; i < standard_delta.cols(); ++i) {
    const auto delta = standard_delta.col(i);
    const auto standard = workspace.standard.col(i);
    const float mean = delta.mean();
    const float along = delta.dot(standard) / width;
    x_delta.col(i).array() +=
        workspace.inverse_deviations[i] * (delta.array() - mean - along * standard.array());
  }
}

void StandardiseTangent(const NormWorkspace& workspace, ColumnsOut tangent) {
  // The Jacobian is symmetric.
  const auto width = static_cast<float>(tangent.rows());
  for (Eigen::Index i = 0; i < tangent.cols(); ++i) {
    const auto standard = workspace.standard.col(i);
    const float mean = tangent.col(i).mean();
    const float along = tangent.col(i).dot(standard) / width;
    tangent.col(i).array() = workspace.inverse_deviations[i] *
                             (tangent.col(i).array() - mean - along * standard.array());
  }
}

void ScaleAndShiftTangent(const NormParts<const float>& parts, const NormParts<const float>& change,
                          const ColumnsIn& standard, ColumnsOut tangent) {
  for (Eigen::Index i = 0; i < standard.cols(); ++i) {
    tangent.col(i) = parts.gain.cwiseProduct(tangent.col(i)) +
                     change.gain.cwiseProduct(standard.col(i)) + change.offset;
  }
}

}  // namespace lookout::agents
