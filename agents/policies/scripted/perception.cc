#include "agents/policies/scripted/perception.h"

#include <cmath>
#include <numbers>
#include <string_view>

#include "agents/policies/scripted/wrap_angle.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

using std::numbers::pi;

constexpr int kFewestBins = 3;  // that give a direction

int OffsetOf(const sim::EnvironmentSpec& spec, std::string_view key) {
  const sim::ObservationEntry* entry = spec.FindEntry(key);
  return entry != nullptr && entry->size == 3 ? entry->offset : -1;
}

}  // namespace

Eigen::Vector2d Sighting::point_m() const {
  return distance_m * Eigen::Vector2d(std::cos(angle_rad), std::sin(angle_rad));
}

Sighting Sighting::At(const Eigen::Vector2d& point_m) {
  return {std::atan2(point_m.y(), point_m.x()), point_m.norm()};
}

Perception::Perception(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec,
                       double forward_angle_rad)
    : lidar_range_m_(config.lidar_max_dist),
      lidar_gain_(config.lidar_exp_gain),
      forward_angle_rad_(forward_angle_rad),
      velocimeter_(OffsetOf(spec, "velocimeter")),
      magnetometer_(OffsetOf(spec, "magnetometer")) {
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    const sim::ObservationEntry* entry = spec.FindEntry(sim::DescriptorOf(kind).lidar.key);
    if (entry == nullptr || entry->size < kFewestBins) continue;
    rings_[static_cast<std::size_t>(kind)] = {entry->offset, entry->size};
  }
}

// The inverse of sim/lidar.cc.
Sighting Perception::From(const LidarReturn& seen) const {
  const double distance_m = lidar_range_m_ ? *lidar_range_m_ * (1.0 - seen.closeness)
                                           : -std::log(seen.closeness) / lidar_gain_;
  return {WrapAngle(seen.angle_rad - forward_angle_rad_), distance_m};
}

std::optional<Sighting> Perception::Nearest(const Eigen::VectorXd& observation,
                                            sim::SceneObjectKind kind) const {
  if (!sees(kind)) return std::nullopt;
  const LidarReturn seen = NearestReturn(observation.segment(ring(kind).offset, ring(kind).bins));
  if (seen.closeness <= 0.0) return std::nullopt;
  return From(seen);
}

void Perception::All(const Eigen::VectorXd& observation, sim::SceneObjectKind kind,
                     std::vector<LidarReturn>& returns, std::vector<Sighting>& out) const {
  out.clear();
  if (!sees(kind)) return;
  ReadReturns(observation.segment(ring(kind).offset, ring(kind).bins), returns);
  for (const LidarReturn& seen : returns) out.push_back(From(seen));
}

std::optional<Eigen::Vector2d> Perception::Velocity(const Eigen::VectorXd& observation) const {
  if (velocimeter_ < 0) return std::nullopt;
  const Eigen::Vector2d in_body = observation.segment<2>(velocimeter_);
  const double c = std::cos(forward_angle_rad_);
  const double s = std::sin(forward_angle_rad_);
  return Eigen::Vector2d(c * in_body.x() + s * in_body.y(), -s * in_body.x() + c * in_body.y());
}

// MuJoCo's magnetic field points along the world's -y.
std::optional<double> Perception::AngleToX(const Eigen::VectorXd& observation) const {
  if (magnetometer_ < 0) return std::nullopt;
  const double to_minus_y = std::atan2(observation[magnetometer_ + 1], observation[magnetometer_]);
  return WrapAngle(to_minus_y + 0.5 * pi - forward_angle_rad_);
}

}  // namespace lookout::agents
