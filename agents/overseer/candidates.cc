#include "agents/overseer/candidates.h"

#include <algorithm>
#include <numeric>

namespace lookout::agents {
namespace {

constexpr int kShares = 4;  // of a proposed action: 3/4, 1/2, 1/4, 0

double Saturated(double value, double full) { return std::clamp(value, -full, full) / full; }

}  // namespace

Candidates::Candidates(const sim::Robot& robot, const LookAheadSettings& settings)
    : robot_(&robot),
      grid_(settings.grid),
      turn_weight_(settings.turn_weight),
      is_driven_(robot.drive == sim::Drive::kForceAndTurn ||
                 robot.drive == sim::Drive::kTwoWheels) {
  const int count = is_driven_ ? grid_ * (grid_ + 1) : kShares;
  actions_.assign(static_cast<std::size_t>(count), Eigen::VectorXd::Zero(robot.action_dim));
  deviations_.resize(actions_.size());
  order_.resize(actions_.size());
}

void Candidates::Order(const Eigen::VectorXd& proposed) {
  Fill(proposed);
  for (std::size_t i = 0; i < actions_.size(); ++i) {
    deviations_[i] = Deviation(actions_[i], proposed);
  }
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::sort(order_, [&](int a, int b) {
    const double first = deviations_[static_cast<std::size_t>(a)];
    const double second = deviations_[static_cast<std::size_t>(b)];
    return first != second ? first < second : a < b;
  });
}

void Candidates::Fill(const Eigen::VectorXd& proposed) {
  if (!is_driven_) {
    for (int i = 0; i < kShares; ++i) {
      actions_[static_cast<std::size_t>(i)] = proposed * (1.0 - (i + 1.0) / kShares);
    }
    return;
  }
  const auto [first_full, second_full] = robot_->braking.full_action;
  std::size_t at = 0;
  for (int i = 0; i < grid_; ++i) {
    const double first = first_full * (2.0 * i / (grid_ - 1) - 1.0);
    for (int j = 0; j < grid_; ++j) {
      actions_[at++] << first, second_full * (2.0 * j / (grid_ - 1) - 1.0);
    }
    actions_[at++] << first, std::clamp(proposed[1], -second_full, second_full);
  }
}

double Candidates::Deviation(const Eigen::VectorXd& a, const Eigen::VectorXd& b) const {
  if (!is_driven_) return (a - b).squaredNorm();
  const auto [first_full, second_full] = robot_->braking.full_action;
  const double first = Saturated(a[0], first_full) - Saturated(b[0], first_full);
  const double second = Saturated(a[1], second_full) - Saturated(b[1], second_full);
  const bool wheels = robot_->drive == sim::Drive::kTwoWheels;
  const double drive = wheels ? (first + second) / 2.0 : first;
  const double turn = wheels ? (first - second) / 2.0 : second;
  return drive * drive + turn_weight_ * turn * turn;
}

}  // namespace lookout::agents
