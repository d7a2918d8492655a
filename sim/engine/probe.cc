#include "sim/engine/probe.h"

#include <cmath>
#include <span>

#include "sim/base/check.h"
#include "sim/objects/object_kinds.h"

namespace lookout::sim {
namespace {

bool IsSeenFromObjects(SceneObjectKind ring, Task task) {
  return ring != SceneObjectKind::kGoal || task == Task::kGoal || task == Task::kPush;
}

}  // namespace

ObservationProbe::ObservationProbe(const EnvironmentConfig& config, const SceneDescription& scene,
                                   const Eigen::VectorXd& observation,
                                   const Eigen::Matrix3d& world_from_robot,
                                   const Eigen::Matrix3Xd& object_positions)
    : config_(config),
      scene_(scene),
      observation_(observation),
      world_from_robot_(world_from_robot),
      object_positions_(object_positions),
      lidar_(config) {
  LOOKOUT_CHECK(object_positions.cols() == static_cast<Eigen::Index>(scene.objects.size()),
                "a position for every object of the scene");
  for (const LidarRing& ring : scene.lidar_rings) {
    LOOKOUT_CHECK(ring.observation_offset + ring.bins <= observation.size(),
                  "the scene's lidars lie within the observation");
  }
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    if (scene.objects[i].kind != SceneObjectKind::kRobot) continue;
    robot_height_m_ = object_positions(2, static_cast<Eigen::Index>(i));
  }
}

void ObservationProbe::ObservationAt(double x_m, double y_m,
                                     Eigen::Ref<Eigen::VectorXd> out) const {
  LOOKOUT_CHECK(out.size() == observation_.size(), "room for a whole observation");
  out = observation_;
  if (config_.lidar_type != LidarType::kPseudo) return;
  const Eigen::Vector3d robot(x_m, y_m, robot_height_m_);
  for (const LidarRing& ring : scene_.lidar_rings) FillRing(ring, robot, out);
}

void ObservationProbe::FillRing(const LidarRing& ring, const Eigen::Vector3d& robot,
                                Eigen::Ref<Eigen::VectorXd> out) const {
  const bool of_objects = IsSeenFromObjects(ring.kind, config_.task);
  if (!of_objects && config_.task == Task::kButton) return;
  const std::span<double> bins(out.data() + ring.observation_offset,
                               static_cast<std::size_t>(ring.bins));
  std::fill(bins.begin(), bins.end(), 0.0);
  if (!of_objects) return lidar_.Add(robot, world_from_robot_, 0, 0, bins);  // the origin
  for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
    if (scene_.objects[i].kind != ring.kind) continue;
    const auto column = static_cast<Eigen::Index>(i);
    lidar_.Add(robot, world_from_robot_, object_positions_(0, column), object_positions_(1, column),
               bins);
  }
}

double ObservationProbe::RuleCostAt(double x_m, double y_m) const {
  double total = 0.0;
  for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
    const auto column = static_cast<Eigen::Index>(i);
    const double distance_m =
        std::hypot(object_positions_(0, column) - x_m, object_positions_(1, column) - y_m);
    total += ChargeOf(scene_.objects[i], distance_m);
  }
  if (!config_.constrain_indicator) return total;
  return total > 0.0 ? 1.0 : 0.0;
}

double ObservationProbe::ChargeOf(const SceneObject& object, double distance_m) const {
  const bool touches = distance_m <= object.radius_m + scene_.robot_radius_m;
  double charge = 0.0;
  for (const CostRule& rule : DescriptorOf(object.kind).costs) {
    const bool here = rule.measure == CostMeasure::kDistance ||
                      (rule.measure == CostMeasure::kContact && touches);
    if (here && rule.charged(config_)) charge += rule.amount(config_, distance_m);
  }
  return charge;
}

}  // namespace lookout::sim
