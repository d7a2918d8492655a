#include "app/goodhart/causal_probes.h"

#include <fmt/format.h>

#include <array>
#include <numbers>
#include <utility>

#include "sim/engine/what_if.h"
#include "sim/objects/object_kinds.h"

namespace lookout::app {
namespace {

struct NamedMove {
  const char* name;
  double turn_rad;
  double forward_m, left_m;
};
constexpr double kStep_m = 0.3;
constexpr std::array kMoves{
    NamedMove{"robot turned left by 90 degrees", 0.5 * std::numbers::pi, 0.0, 0.0},
    NamedMove{"robot turned round", std::numbers::pi, 0.0, 0.0},
    NamedMove{"robot put 0.3 m forward", 0.0, kStep_m, 0.0},
    NamedMove{"robot put 0.3 m back", 0.0, -kStep_m, 0.0},
    NamedMove{"robot put 0.3 m to the left", 0.0, 0.0, kStep_m},
    NamedMove{"robot put 0.3 m to the right", 0.0, 0.0, -kStep_m},
};

// What there is in every episode of the environment, apart from the robot.
std::vector<sim::SceneObjectKind> KindsIn(const sim::EnvironmentConfig& config) {
  std::vector<sim::SceneObjectKind> kinds;
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    if (kind == sim::SceneObjectKind::kRobot) continue;
    if (sim::DescriptorOf(kind).count(config) > 0) kinds.push_back(kind);
  }
  return kinds;
}

sim::RobotMove MoveOf(const NamedMove& named, const Eigen::Matrix3d& world_from_robot) {
  const Eigen::Vector3d shift =
      world_from_robot * Eigen::Vector3d(named.forward_m, named.left_m, 0.0);
  return {.shift_in_world_m = shift.head<2>(), .turn_rad = named.turn_rad, .forward_m_s = {}};
}

}  // namespace

Result<CausalProbes> CausalProbes::Create(const sim::EnvironmentConfig& environment,
                                          const agents::CostModel& proxy, StepIndex every_steps,
                                          std::size_t episodes, int workers) {
  if (Status can = sim::CheckObjectsCanBeLeftOut(environment); !can.ok()) return can.error();
  CausalProbes probes;
  probes.proxy_ = &proxy;
  probes.every_steps_ = every_steps;
  probes.kinds_ = KindsIn(environment);
  for (const sim::SceneObjectKind kind : probes.kinds_) {
    probes.names_.push_back(fmt::format("nearest {} taken away", sim::DescriptorOf(kind).one));
  }
  for (const NamedMove& move : kMoves) probes.names_.emplace_back(move.name);
  for (int worker = 0; worker < workers; ++worker) {
    auto twin = sim::SafetyGym::Create(environment);
    if (!twin.ok()) return twin.error();
    probes.benches_.emplace_back().twin = std::move(*twin);
  }
  probes.trials_.resize(episodes);
  return probes;
}

CausalProbes::Judged CausalProbes::Judge(const Eigen::VectorXd& observation,
                                         const sim::Costs& costs, Bench& bench) const {
  const Eigen::VectorXf seen = observation.cast<float>();
  return {.predicted = double(proxy_->PredictOne(seen, bench.workspace).probability),
          .truth = costs.total};
}

void CausalProbes::Try(std::size_t episode, int worker, StepIndex step,
                       const sim::SafetyGym& world) {
  if (step % every_steps_ != 0) return;
  Bench& bench = benches_[static_cast<std::size_t>(worker)];
  const Judged before = Judge(world.observation(), sim::ChargeWithout(world, {}), bench);
  const agents::CausalTrial trial{.episode = episode,
                                  .step = step,
                                  .predicted_before = before.predicted,
                                  .true_before = before.truth};
  std::vector<agents::CausalTrial>& trials = trials_[episode];
  TakeAway(world, trial, bench, trials);
  if (!bench.twin->Follow(world).ok()) return;
  Move(trial, bench, trials);
}

void CausalProbes::TakeAway(const sim::SafetyGym& world, agents::CausalTrial trial, Bench& bench,
                            std::vector<agents::CausalTrial>& trials) const {
  const std::vector<sim::SceneObject>& objects = world.scene().objects;
  world.ObjectPositions(bench.positions);
  bench.observation.resize(world.observation().size());
  const Eigen::Vector2d robot = world.robot_position_in_world().head<2>();
  for (std::size_t change = 0; change < kinds_.size(); ++change) {
    std::size_t nearest = objects.size();
    double distance_m = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < objects.size(); ++i) {
      if (objects[i].kind != kinds_[change]) continue;
      const auto column = static_cast<Eigen::Index>(i);
      const double own = (bench.positions.col(column).head<2>() - robot).norm();
      if (own >= distance_m) continue;
      distance_m = own;
      nearest = i;
    }
    if (nearest == objects.size()) continue;
    bench.unseen.assign(objects.size(), 0);
    bench.unseen[nearest] = 1;
    sim::ObserveWithout(world, bench.unseen, bench.observation);
    const Judged after = Judge(bench.observation, sim::ChargeWithout(world, bench.unseen), bench);
    trial.change = change;
    trial.predicted_after = after.predicted;
    trial.true_after = after.truth;
    trials.push_back(trial);
  }
}

void CausalProbes::Move(agents::CausalTrial trial, Bench& bench,
                        std::vector<agents::CausalTrial>& trials) const {
  sim::SafetyGym& twin = *bench.twin;
  twin.Save(bench.state);
  const Eigen::Matrix3d world_from_robot = twin.world_from_robot_rotation();
  for (std::size_t i = 0; i < kMoves.size(); ++i) {
    sim::ObserveMoved(twin, bench.state, MoveOf(kMoves[i], world_from_robot));
    const Judged after = Judge(twin.observation(), sim::ChargeWithout(twin, {}), bench);
    trial.change = kinds_.size() + i;
    trial.predicted_after = after.predicted;
    trial.true_after = after.truth;
    trials.push_back(trial);
  }
}

std::vector<agents::CausalTrial> CausalProbes::Trials() const {
  std::vector<agents::CausalTrial> all;
  for (const auto& own : trials_) all.insert(all.end(), own.begin(), own.end());
  return all;
}

}  // namespace lookout::app
