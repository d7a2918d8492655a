// Where a cost model knows something: how near an observation lies to those that were labelled.
// Value type; any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <string_view>

#include "agents/learning/archive.h"

namespace lookout::agents {

// Keeps a few hundred labelled inputs that are spread over all of them, and how far labelled inputs
// lie from those of other groups (episodes or stretches). The score of an input is the share of
// those distances that are at least its own to the nearest kept one: the p-value of a conformal
// anomaly test (Laxhammar and Falkman 2010), near 1 beside what was labelled, 0 far from all of it,
// and evenly spread in between for more of the kind that was labelled.
class Support {
 public:
  static constexpr int kMostReferences = 256;
  static constexpr int kMostLookedAt = 2000;  // of the labelled inputs
  static constexpr int kQuantiles = 101;      // of the distances, from the least to the greatest

  Support() = default;
  // inputs: [dim x n], normalised; groups: [n]. The references are chosen greedily, each the
  // farthest from those before (k-center, Gonzalez 1985), from kMostLookedAt inputs at most.
  static Support Of(const Eigen::MatrixXf& inputs, std::span<const int> groups);

  bool empty() const { return references_.cols() == 0; }
  int dim() const { return static_cast<int>(references_.rows()); }
  // Scores in [0, 1] of normalised inputs [dim x n]. Not of an empty one. Allocates.
  Eigen::VectorXf Scores(const Eigen::Ref<const Eigen::MatrixXf>& inputs) const;
  // The same of one, [dim], to the precision of its distance. Does not allocate.
  float ScoreOne(const Eigen::Ref<const Eigen::VectorXf>& input) const;

  // Fields "<name>.references" and "<name>.distances".
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  static Support Decode(ArchiveReader& reader, std::string_view name, int dim);

 private:
  float ScoreOf(float distance) const;

  Eigen::MatrixXf references_;  // [dim x references]
  Eigen::VectorXf distances_;   // [kQuantiles], ascending
};

}  // namespace lookout::agents
