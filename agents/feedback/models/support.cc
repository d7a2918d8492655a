#include "agents/feedback/models/support.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

std::string FieldName(std::string_view name, std::string_view part) {
  return std::string(name) + "." + std::string(part);
}

// Evenly over all columns.
std::vector<Eigen::Index> SomeColumns(Eigen::Index count) {
  std::vector<Eigen::Index> columns;
  const Eigen::Index some = std::min<Eigen::Index>(count, Support::kMostLookedAt);
  for (Eigen::Index i = 0; i < some; ++i) columns.push_back(i * count / some);
  return columns;
}

Eigen::RowVectorXf SquaredDistances(const Eigen::MatrixXf& inputs, Eigen::Index to) {
  return (inputs.colwise() - inputs.col(to)).colwise().squaredNorm();
}

// Of columns of `inputs`, the first column first.
std::vector<Eigen::Index> KCenter(const Eigen::MatrixXf& inputs, int most) {
  std::vector<Eigen::Index> centers{0};
  Eigen::RowVectorXf nearest = SquaredDistances(inputs, 0);
  while (std::ssize(centers) < most) {
    Eigen::Index farthest = 0;
    if (!(nearest.maxCoeff(&farthest) > 0.0F)) break;  // only copies are left
    centers.push_back(farthest);
    nearest = nearest.cwiseMin(SquaredDistances(inputs, farthest));
  }
  return centers;
}

// From each input to the nearest center of another group, or to the nearest other center if there
// is but one group. Ascending; those that have no such center are left out.
std::vector<float> DistancesToOthers(const Eigen::MatrixXf& inputs, const std::vector<int>& groups,
                                     const std::vector<Eigen::Index>& centers) {
  const bool several = std::ranges::adjacent_find(groups, std::not_equal_to<>()) != groups.end();
  constexpr float kNone = std::numeric_limits<float>::infinity();
  Eigen::RowVectorXf nearest = Eigen::RowVectorXf::Constant(inputs.cols(), kNone);
  for (const Eigen::Index center : centers) {
    const Eigen::RowVectorXf squared = SquaredDistances(inputs, center);
    for (Eigen::Index i = 0; i < inputs.cols(); ++i) {
      const bool own =
          several ? groups[static_cast<std::size_t>(i)] == groups[static_cast<std::size_t>(center)]
                  : i == center;
      if (!own) nearest[i] = std::min(nearest[i], squared[i]);
    }
  }
  std::vector<float> distances;
  for (const float squared : nearest) {
    if (squared < kNone) distances.push_back(std::sqrt(squared));
  }
  std::ranges::sort(distances);
  return distances;
}

}  // namespace

Support Support::Of(const Eigen::MatrixXf& inputs, std::span<const int> groups) {
  LOOKOUT_CHECK(std::ssize(groups) == inputs.cols(), "every input is of a group");
  if (inputs.cols() == 0) return {};
  const std::vector<Eigen::Index> columns = SomeColumns(inputs.cols());
  const Eigen::MatrixXf some = inputs(Eigen::all, columns);
  std::vector<int> groups_of_some;
  for (const Eigen::Index column : columns) {
    groups_of_some.push_back(groups[static_cast<std::size_t>(column)]);
  }
  const std::vector<Eigen::Index> centers = KCenter(some, kMostReferences);
  Support support;
  support.references_ = some(Eigen::all, centers);
  const std::vector<float> distances = DistancesToOthers(some, groups_of_some, centers);
  support.distances_.setZero(kQuantiles);
  for (int i = 0; i < kQuantiles && !distances.empty(); ++i) {
    const std::size_t last = distances.size() - 1;
    support.distances_[i] = distances[last * static_cast<std::size_t>(i) / (kQuantiles - 1)];
  }
  return support;
}

float Support::ScoreOf(float distance) const {
  const auto nearer = std::lower_bound(distances_.begin(), distances_.end(), distance);
  return static_cast<float>(distances_.end() - nearer) / static_cast<float>(kQuantiles);
}

Eigen::VectorXf Support::Scores(const Eigen::Ref<const Eigen::MatrixXf>& inputs) const {
  LOOKOUT_CHECK(!empty() && inputs.rows() == dim(), "inputs do not fit the labelled ones");
  // |x - r|^2 = |x|^2 - 2 r x + |r|^2, all at once as a product.
  const Eigen::VectorXf lengths = references_.colwise().squaredNorm();
  Eigen::MatrixXf squared = -2.0F * (references_.transpose() * inputs);
  squared.colwise() += lengths;
  Eigen::VectorXf scores(inputs.cols());
  for (Eigen::Index i = 0; i < inputs.cols(); ++i) {
    const float nearest = squared.col(i).minCoeff() + inputs.col(i).squaredNorm();
    scores[i] = ScoreOf(std::sqrt(std::max(nearest, 0.0F)));
  }
  return scores;
}

float Support::ScoreOne(const Eigen::Ref<const Eigen::VectorXf>& input) const {
  LOOKOUT_CHECK(!empty() && input.size() == dim(), "an input does not fit the labelled ones");
  float nearest = std::numeric_limits<float>::infinity();
  for (Eigen::Index i = 0; i < references_.cols(); ++i) {
    nearest = std::min(nearest, (references_.col(i) - input).squaredNorm());
  }
  return ScoreOf(std::sqrt(nearest));
}

void Support::Encode(ArchiveWriter& writer, std::string_view name) const {
  writer.Integer(FieldName(name, "count"), references_.cols());
  writer.Floats(FieldName(name, "references"),
                {references_.data(), static_cast<std::size_t>(references_.size())});
  writer.Floats(FieldName(name, "distances"),
                {distances_.data(), static_cast<std::size_t>(distances_.size())});
}

Support Support::Decode(ArchiveReader& reader, std::string_view name, int dim) {
  const std::int64_t count = reader.Integer(FieldName(name, "count"), 0, kMostReferences);
  const Eigen::VectorXf references = reader.Floats(FieldName(name, "references"), count * dim);
  const Eigen::VectorXf distances =
      reader.Floats(FieldName(name, "distances"), count > 0 ? kQuantiles : 0);
  if (!reader.ok() || count == 0) return {};
  if (!std::ranges::is_sorted(distances) || distances[0] < 0.0F) {
    reader.Reject("its distances among the labelled observations are out of order.");
    return {};
  }
  Support support;
  support.references_ = references.reshaped(dim, count);
  support.distances_ = distances;
  return support;
}

}  // namespace lookout::agents
