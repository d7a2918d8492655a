#include "agents/rl/multipliers/pid_multiplier.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace lookout::agents {
namespace {

constexpr std::int64_t kMostHistory = 1001;

}  // namespace

PidMultiplier::PidMultiplier(double initial, const PidGains& gains, const MultiplierCap& cap)
    : gains_(gains), cap_(cap), value_(initial), integral_(initial) {
  LOOKOUT_CHECK(initial >= 0.0 && initial <= cap.highest && gains.delay >= 1,
                "a PID multiplier out of range");
}

void PidMultiplier::Update(double episode_cost, double limit) {
  const double excess = episode_cost - limit;
  const auto smooth = [&](double past, double present) {
    return gains_.smoothing * past + (1.0 - gains_.smoothing) * present;
  };
  const bool first = smooth_costs_.empty();
  smooth_excess_ = first ? excess : smooth(smooth_excess_, excess);
  smooth_costs_.push_back(first ? episode_cost : smooth(smooth_costs_.back(), episode_cost));
  while (static_cast<int>(smooth_costs_.size()) > gains_.delay + 1) smooth_costs_.pop_front();

  const double rise = std::max(0.0, smooth_costs_.back() - smooth_costs_.front());
  const double proportional = gains_.proportional * smooth_excess_;
  const double derivative = gains_.derivative * rise;
  const double summed = std::max(0.0, integral_ + gains_.integral * excess);
  const double room = std::max(integral_, cap_.highest - proportional - derivative);
  integral_ = cap_.anti_windup ? std::min(summed, room) : summed;
  value_ = std::clamp(proportional + integral_ + derivative, 0.0, cap_.highest);
}

void PidMultiplier::Encode(ArchiveWriter& writer) const {
  const std::vector<double> costs(smooth_costs_.begin(), smooth_costs_.end());
  writer.Real("multiplier.pid", value_);
  writer.Real("multiplier.pid_integral", integral_);
  writer.Real("multiplier.pid_excess", smooth_excess_);
  writer.Integer("multiplier.pid_history", static_cast<std::int64_t>(costs.size()));
  writer.Doubles("multiplier.pid_costs", costs);
}

void PidMultiplier::Decode(ArchiveReader& reader) {
  const double value = reader.Real("multiplier.pid");
  const double integral = reader.Real("multiplier.pid_integral");
  const double excess = reader.Real("multiplier.pid_excess");
  const std::int64_t count = reader.Integer("multiplier.pid_history", 0, kMostHistory);
  const Eigen::VectorXd costs = reader.Doubles("multiplier.pid_costs", count);
  if (reader.ok() && (value < 0.0 || integral < 0.0)) {
    reader.Reject(fmt::format(
        "field 'multiplier.pid' is {} and its integral {}, expected 0 or more.", value, integral));
  }
  if (!reader.ok()) return;
  value_ = value;
  integral_ = integral;
  smooth_excess_ = excess;
  smooth_costs_.assign(costs.begin(), costs.end());
}

}  // namespace lookout::agents
