// Observations of one environment in the terms of another, part by part and by name. Immutable; any
// thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/policies/policy.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

// A lidar that the one lacks sees nothing, for such things are not there; whatever the other lacks
// is dropped.
class OtherView {
 public:
  // unneeded: places in the observation `to` that may be missing, ascending; they become 0. Rejects
  // (kBadInput) other parts that are missing, or that mean something else, in half a sentence that
  // names them: "lacks ballquat_rear (9)".
  static Result<OtherView> Create(const sim::ObservationSignature& from,
                                  const sim::ObservationSignature& to,
                                  const std::vector<int>& unneeded = {});

  // from: [dimension of the one x n]; to: [that of the other x n], overwritten.
  template <typename From, typename To>
  void Write(const Eigen::MatrixBase<From>& from, Eigen::MatrixBase<To>& to) const {
    to.setZero();
    for (const Part& part : parts_) {
      to.middleRows(part.to, part.size) = from.middleRows(part.from, part.size);
    }
  }
  int from_dim() const { return from_dim_; }
  int to_dim() const { return to_dim_; }

 private:
  struct Part {
    int from = 0;
    int to = 0;
    int size = 0;
  };
  std::vector<Part> parts_;
  int from_dim_ = 0;
  int to_dim_ = 0;
};

// A policy of one environment in another, whose observations it is shown in its own terms. Rejects
// (kBadInput) parts that it needs and the other lacks, and actions that mean something else.
Result<agents::PolicyPtr> PolicyElsewhere(agents::PolicyPtr policy,
                                          const sim::EnvironmentSpec& home,
                                          const sim::EnvironmentSpec& elsewhere);

}  // namespace lookout::app
