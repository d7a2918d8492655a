// What the networks of a cost model see of an observation. Immutable; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "sim/base/result.h"
#include "sim/environment/observation_signature.h"

namespace lookout::agents {

// A part of the observation that looks all around, a pseudo-lidar: bin i looks at the angle
// (i + 0.5) * 2 pi / bins from straight ahead, counter-clockwise, and grows as a thing gets closer.
struct LidarInput {
  int offset = 0;
  int bins = 0;
  bool operator==(const LidarInput&) const = default;
};

// The pseudo-lidars of an observation.
std::vector<LidarInput> LidarInputs(const sim::ObservationSignature& signature);

// Passes an observation on, but for the lidars: each becomes three values, the closeness of the
// nearest thing and the same as a vector towards it. Otherwise a network would have to learn
// "anything close" once for every bin, from the few dangers that a person marks: with the marks of
// ten episodes of PointGoal1 that is the difference between an AUC of 0.5 and of 0.99.
class CostInputs {
 public:
  CostInputs() = default;
  // Rejects (kBadInput) lidars that overlap, are out of order or outside of the observation.
  static Result<CostInputs> Create(int observation_dim, std::vector<LidarInput> lidars);

  int observation_dim() const { return observation_dim_; }
  int dim() const;
  const std::vector<LidarInput>& lidars() const { return lidars_; }

  // observations: [observation_dim x n]; out: [dim x n]. Does not allocate.
  void Write(const Eigen::Ref<const Eigen::MatrixXf>& observations,
             Eigen::Ref<Eigen::MatrixXf> out) const;

 private:
  int observation_dim_ = 0;
  std::vector<LidarInput> lidars_;
  std::vector<Eigen::Matrix2Xf> directions_;  // of each lidar's bins, unit vectors
};

}  // namespace lookout::agents
