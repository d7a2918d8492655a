#include "agents/inspect/attacks/moment_arena.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "agents/inspect/explanations/explained_model.h"

namespace lookout::agents {
namespace {

// Scores of what is no clear case lie below those of what is, and tell how far it is from one.
constexpr double kFarBelow = 100.0;
constexpr double kMostLogOdds = 60.0;
// Outlines are circles round squares: so much of them may be shared without touching.
constexpr double kOverlap_m = 0.04;

// The robot's share of a point: three of where it is, heading, speed ahead; then the action.
constexpr int kRobotNumbers = 5;
constexpr int kPushNumbers = 2;

// Gremlins go round by an angle that is the time.
int RoundStepsOf(const sim::SafetyGym& gym) {
  const bool any = std::ranges::any_of(gym.scene().objects, [](const sim::SceneObject& object) {
    return object.kind == sim::SceneObjectKind::kGremlin;
  });
  return any ? static_cast<int>(2.0 * std::numbers::pi / gym.spec().step_duration_s) : 0;
}

// Whether the robot stands in something solid, where no robot can get.
bool Overlaps(Surroundings& around, const sim::SafetyGym& gym) {
  around.See(gym);
  const Eigen::Vector2d robot = gym.robot_position_in_world().head<2>();
  return std::ranges::any_of(around.things(), [&](const Surroundings::Thing& thing) {
    const double apart = (around.PlaceOf(thing, 0.0) - robot).norm();
    return !thing.by_distance && apart < thing.reach_m - kOverlap_m;
  });
}

}  // namespace

MomentArena::MomentArena(const CostModel& model, const sim::SafetyGym& gym, std::uint32_t seed,
                         const sim::CameraFactory& cameras, ModelError error,
                         const BlindSpotSettings& settings)
    : model_(model),
      cameras_(cameras),
      error_(error),
      settings_(settings),
      worlds_(gym, settings.reach_m),
      extents_(gym.config().placements_extents),
      seed_(seed),
      action_dim_(gym.spec().action_dim),
      round_steps_(RoundStepsOf(gym)) {}

int MomentArena::dimensions() const {
  return worlds_.dimensions() + kRobotNumbers + action_dim_ +
         (settings_.push_n > 0.0 ? kPushNumbers : 0) + (round_steps_ > 0 ? 1 : 0);
}

Result<JudgedMoment> MomentArena::Judge(const Eigen::Ref<const Eigen::VectorXd>& point,
                                        CostModelWorkspace& workspace) const {
  JudgedMoment judged;
  auto world = worlds_.At(point.head(worlds_.dimensions()));
  if (!world.ok()) return world.error();
  judged.moment.seed = seed_;
  judged.moment.world = std::move(*world);
  if (round_steps_ > 0) {
    judged.moment.wait_steps = static_cast<int>(point[point.size() - 1] * round_steps_);
  }
  const auto gym = WorldOf(judged.moment, cameras_);
  if (!gym.ok()) return judged;  // no goal fits into this layout
  Surroundings around(judged.moment.world, **gym);
  around.See(**gym);
  if (!Place(point.tail(point.size() - worlds_.dimensions()), around, judged.moment)) {
    return judged;
  }
  PutRobot(judged.moment, **gym);
  if (Overlaps(around, **gym)) return judged;
  StepAndPredict(**gym, around, workspace, judged);
  return judged;
}

// False if there is nothing to be placed at.
bool MomentArena::Place(const Eigen::Ref<const Eigen::VectorXd>& numbers,
                        const Surroundings& around, AttackedMoment& moment) const {
  Eigen::Vector2d at(extents_[0] + numbers[0] * (extents_[2] - extents_[0]),
                     extents_[1] + numbers[1] * (extents_[3] - extents_[1]));
  if (error_ == ModelError::kMiss && !PlaceAtDanger(numbers, around, at)) return false;
  moment.x_m = at.x();
  moment.y_m = at.y();
  moment.heading_rad = std::numbers::pi * (2.0 * numbers[3] - 1.0);
  moment.forward_m_s = settings_.speed_m_s * (2.0 * numbers[4] - 1.0) + 0.0;
  moment.action = 2.0 * numbers.segment(kRobotNumbers, action_dim_).array() - 1.0;
  if (settings_.push_n > 0.0) {
    moment.push_n =
        settings_.push_n *
        (2.0 * numbers.segment<kPushNumbers>(kRobotNumbers + action_dim_).array() - 1.0);
  }
  return true;
}

// In a hazard, evenly over what of it is deep enough, or touching something that costs.
bool MomentArena::PlaceAtDanger(const Eigen::Ref<const Eigen::VectorXd>& numbers,
                                const Surroundings& around, Eigen::Vector2d& at) const {
  std::vector<const Surroundings::Thing*> dangers;
  for (const Surroundings::Thing& thing : around.things()) {
    if (thing.costs) dangers.push_back(&thing);
  }
  if (dangers.empty()) return false;
  const auto count = static_cast<double>(dangers.size());
  const auto chosen = static_cast<std::size_t>(std::min(numbers[0] * count, count - 1.0));
  const Surroundings::Thing& thing = *dangers[chosen];
  const double deepest = std::max(0.0, thing.reach_m - settings_.depth_m);
  const double distance =
      thing.by_distance ? std::sqrt(numbers[1]) * deepest : thing.reach_m - numbers[1] * kOverlap_m;
  const double bearing = 2.0 * std::numbers::pi * numbers[2];
  at =
      around.PlaceOf(thing, 0.0) + distance * Eigen::Vector2d(std::cos(bearing), std::sin(bearing));
  return true;
}

void MomentArena::StepAndPredict(sim::SafetyGym& gym, Surroundings& around,
                                 CostModelWorkspace& workspace, JudgedMoment& judged) const {
  AttackedMoment& moment = judged.moment;
  const Eigen::MatrixXf before = gym.observation().cast<float>();
  const sim::StepResult result = gym.Step(moment.action);
  if (result.status == sim::EpisodeStatus::kDiverged) return;
  around.See(gym);
  moment.costs = result.costs;
  moment.clearance_m = around.ClearanceOf(gym.robot_position_in_world().head<2>(), 0.0);
  const Eigen::MatrixXf after = gym.observation().cast<float>();
  const Eigen::MatrixXf done = moment.action.cast<float>();
  Eigen::VectorXf probability(1);
  Eigen::VectorXf spread(1);
  model_.PredictWith(workspace, {before, done, after}, probability, spread);
  moment.probability = probability[0];
  if (std::isfinite(moment.probability)) Score(judged);
}

void MomentArena::Score(JudgedMoment& judged) const {
  const AttackedMoment& moment = judged.moment;
  const double held = std::clamp(moment.probability, 1e-12, 1.0 - 1e-7);
  const double log_odds = std::clamp(LogOddsOf(held), -kMostLogOdds, kMostLogOdds);
  // How much is lacking to a clear case, metres; not above 0: it is one.
  double lacking = settings_.depth_m - moment.clearance_m;
  judged.is_clear = moment.costs.total <= 0.0 && lacking <= 0.0;
  if (error_ == ModelError::kMiss) {
    const bool by_touch = moment.costs.total > 0.0 && moment.costs[sim::CostKind::kHazards] == 0.0;
    lacking = by_touch ? 0.0 : settings_.depth_m + moment.clearance_m;
    judged.is_clear = moment.costs.total > 0.0 && lacking <= 0.0;
  }
  const double fooled = error_ == ModelError::kMiss ? -log_odds : log_odds;
  judged.score = judged.is_clear ? fooled : -kFarBelow - std::clamp(lacking, 0.0, kFarBelow);
}

}  // namespace lookout::agents
