// What could be done instead of an action, the most similar first. One owner and thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/overseer/look_ahead_settings.h"
#include "sim/robots/robots.h"

namespace lookout::agents {

// For a robot that is driven: a grid over its two components, with the proposed turn as a further
// value. For others: less and less of what was proposed. Actions that do the same because motors
// saturate count as the same, and turning otherwise matters less than driving otherwise.
class Candidates {
 public:
  Candidates(const sim::Robot& robot, const LookAheadSettings& settings);

  // proposed: [action_dim]. Does not allocate after the first call.
  void Order(const Eigen::VectorXd& proposed);

  int count() const { return static_cast<int>(order_.size()); }
  // The n-th in order; valid until the next Order().
  const Eigen::VectorXd& operator[](int n) const {
    return actions_[static_cast<std::size_t>(order_[static_cast<std::size_t>(n)])];
  }

 private:
  void Fill(const Eigen::VectorXd& proposed);
  double Deviation(const Eigen::VectorXd& a, const Eigen::VectorXd& b) const;

  const sim::Robot* robot_;
  int grid_;
  double turn_weight_;
  bool is_driven_;
  std::vector<Eigen::VectorXd> actions_;
  std::vector<double> deviations_;
  std::vector<int> order_;
};

}  // namespace lookout::agents
