#include "app/experiments/selection/reflexes.h"

#include <cmath>
#include <memory>
#include <numbers>
#include <string>
#include <utility>

#include "agents/policies/learned/gaussian_actor.h"

namespace lookout::app {
namespace {

// Of how near something is, 1: here, 0: at the lidar's range. So a reflex is to what is close: of
// what is felt at the rim of a hazard, a metre away less than a tenth is left.
constexpr int kSharpness = 8;

class ReflexPolicy final : public agents::Policy {
 public:
  // reflex: [action_dim x features].
  ReflexPolicy(agents::PolicyPtr agent, std::vector<agents::LidarInput> lidars,
               Eigen::MatrixXd reflex)
      : agent_(std::move(agent)), lidars_(std::move(lidars)), reflex_(std::move(reflex)) {}

  std::string name() const override { return agent_->name() + ", with a reflex"; }
  std::int64_t version() const override { return agent_->version(); }
  int action_repeat() const override { return agent_->action_repeat(); }
  bool has_memory() const override { return agent_->has_memory(); }
  std::unique_ptr<agents::PolicyMemory> NewMemory() const override { return agent_->NewMemory(); }

  // To what the agent would have done: beyond -1 and 1 its action is clipped, and a reflex could do
  // nothing about it.
  void Act(const Eigen::VectorXd& observation, agents::PolicyMemory& memory, RandomState& random,
           Eigen::VectorXd& action) const override {
    agent_->Act(observation, memory, random, action);
    action = action.cwiseMax(-1.0).cwiseMin(1.0);
    Eigen::Index feature = 0;
    for (const agents::LidarInput& lidar : lidars_) {
      Eigen::Index nearest = 0;
      const double near = observation.segment(lidar.offset, lidar.bins).maxCoeff(&nearest);
      const double felt = std::pow(near, kSharpness);
      const double bearing_rad = (double(nearest) + 0.5) * 2.0 * std::numbers::pi / lidar.bins;
      action += felt * reflex_.col(feature++);
      action += felt * std::cos(bearing_rad) * reflex_.col(feature++);
      action += felt * std::sin(bearing_rad) * reflex_.col(feature++);
    }
  }

 private:
  agents::PolicyPtr agent_;
  std::vector<agents::LidarInput> lidars_;
  Eigen::MatrixXd reflex_;
};

}  // namespace

Result<Reflexes> Reflexes::Create(agents::PolicyPtr agent, const sim::EnvironmentSpec& spec) {
  std::vector<agents::LidarInput> lidars = agents::LidarInputs(spec.signature());
  const sim::ObservationEntry* const goal = spec.FindEntry("goal_lidar");
  std::erase_if(lidars, [&](const agents::LidarInput& lidar) {
    return lidar.bins == 0 || (goal != nullptr && lidar.offset == goal->offset);
  });
  if (lidars.empty()) {
    return BadInput(
        "The observation has no lidar of anything but the goal, which a reflex goes by; choose "
        "another environment.");
  }
  if (const agents::GaussianActor* const actor = agents::ActorOf(*agent); actor != nullptr) {
    agent = agents::MakeGaussianPolicy(*actor, /*deterministic=*/true);
  }
  return Reflexes(std::move(agent), std::move(lidars), spec.action_dim);
}

agents::PolicyPtr Reflexes::With(const Eigen::Ref<const Eigen::VectorXd>& reflex) const {
  return std::make_shared<const ReflexPolicy>(
      agent_, lidars_, reflex.reshaped(action_dim_, kFeatures * std::ssize(lidars_)));
}

}  // namespace lookout::app
