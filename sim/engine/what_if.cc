#include "sim/engine/what_if.h"

#include <vector>

#include "sim/base/check.h"
#include "sim/engine/safety_gym_impl.h"

namespace lookout::sim {

Status CheckObjectsCanBeLeftOut(const EnvironmentConfig& config) {
  const char* seen_by = nullptr;
  if (config.observe_vision) seen_by = "observe_vision shows a camera's picture";
  if (config.lidar_type == LidarType::kNatural) seen_by = "lidar_type is natural";
  if (seen_by == nullptr) return {};
  return BadInput(std::string("What single objects contribute cannot be told: ") + seen_by +
                  ", in which an object also hides others. Use pseudo lidars.");
}

void ObserveWithout(const SafetyGym& gym, std::span<const std::uint8_t> unseen_objects,
                    Eigen::VectorXd& out) {
  const auto* own = dynamic_cast<const SafetyGymImpl*>(&gym);
  LOOKOUT_CHECK(own != nullptr, "there is one kind of SafetyGym");
  own->ObserveWithout(unseen_objects, out);
}

Costs ChargeWithout(const SafetyGym& gym, std::span<const std::uint8_t> unseen_objects) {
  const auto* own = dynamic_cast<const SafetyGymImpl*>(&gym);
  LOOKOUT_CHECK(own != nullptr, "there is one kind of SafetyGym");
  return own->ChargeWithout(unseen_objects);
}

void ObserveMoved(SafetyGym& gym, const SimState& from, const RobotMove& move) {
  auto* own = dynamic_cast<SafetyGymImpl*>(&gym);
  LOOKOUT_CHECK(own != nullptr, "there is one kind of SafetyGym");
  own->ObserveMoved(from, move);
}

void SafetyGymImpl::ObserveWithout(std::span<const std::uint8_t> unseen_objects,
                                   Eigen::VectorXd& out) const {
  LOOKOUT_CHECK(has_episode_ && unseen_objects.size() == scene_.objects.size(),
                "a word for every object of an episode");
  LOOKOUT_CHECK(CheckObjectsCanBeLeftOut(config_).ok(), "objects hide each other here");
  const std::vector<std::uint8_t> unseen_bodies = UnseenBodies(unseen_objects);
  EpisodeProgress progress = Progress();
  progress.unseen_bodies = unseen_bodies;
  observer_.Observe(world_, progress, out);
}

std::vector<std::uint8_t> SafetyGymImpl::UnseenBodies(
    std::span<const std::uint8_t> unseen_objects) const {
  std::vector<std::uint8_t> unseen_bodies(static_cast<std::size_t>(world_.model().nbody), 0);
  for (std::size_t i = 0; i < unseen_objects.size(); ++i) {
    unseen_bodies[static_cast<std::size_t>(scene_.objects[i].body)] = unseen_objects[i];
  }
  return unseen_bodies;
}

Costs SafetyGymImpl::ChargeWithout(std::span<const std::uint8_t> unseen_objects) const {
  LOOKOUT_CHECK(
      has_episode_ && (unseen_objects.empty() || unseen_objects.size() == scene_.objects.size()),
      "a word for every object of an episode");
  const std::vector<std::uint8_t> unseen_bodies = UnseenBodies(unseen_objects);
  EpisodeProgress progress = Progress();
  progress.unseen_bodies = unseen_bodies;
  return costs_.Charge(world_, start_layout_, progress);
}

void SafetyGymImpl::ObserveMoved(const SimState& from, const RobotMove& move) {
  const mjModel& model = world_.model();
  LOOKOUT_CHECK(has_episode_ && from.qpos.size() == model.nq && from.qvel.size() == model.nv,
                "a state of this world's episode");
  mjData& data = world_.data();
  mju_copy(data.qpos, from.qpos.data(), model.nq);
  mju_copy(data.qvel, from.qvel.data(), model.nv);
  mju_copy(data.qacc_warmstart, from.qacc_warmstart.data(), model.nv);
  world_.MoveBase(world_.robot_body(), move.shift_in_world_m, move.turn_rad, move.forward_m_s);
  physics_.Pass(world_);
  memory_ = task_.Remember(world_, goal_button_);  // a move by hand earns no reward
  observer_.Observe(world_, Progress(), observation_);
}

}  // namespace lookout::sim
