#include "app/annotation/scripted_future.h"

#include <fmt/format.h>

#include <limits>
#include <memory>
#include <utility>

#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rollout/stepper.h"
#include "sim/base/check.h"
#include "sim/base/random_state.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

const sim::StepRecord& At(const AnnotatedEpisode& recorded, StepIndex step) {
  return *recorded.steps[static_cast<std::size_t>(step)];
}

class ChunkBuilder {
 public:
  explicit ChunkBuilder(EpisodeId episode) : episode_(episode) {}

  void Add(sim::StepRecord step) {
    if (chunks_.empty() || std::ssize(chunks_.back().steps) >= sim::kChunkSteps) {
      chunks_.push_back({.episode = episode_, .first_step = steps_, .steps = {}});
    }
    chunks_.back().steps.push_back(std::move(step));
    ++steps_;
  }
  StepIndex steps() const { return steps_; }
  std::vector<sim::RecordingChunk> Take() { return std::move(chunks_); }

 private:
  EpisodeId episode_;
  StepIndex steps_ = 0;
  std::vector<sim::RecordingChunk> chunks_;
};

// As an episode begins: nobody has done anything yet.
sim::StepRecord AsFirst(sim::StepRecord step) {
  step.proposed_action.resize(0);
  step.executed_action.resize(0);
  step.other_costs.resize(0);
  step.reward = 0.0F;
  step.costs = {};
  step.goal_met = false;
  step.source = sim::ActionSource::kNone;
  step.agent = nullptr;
  step.overseer = nullptr;
  return step;
}

sim::StepRecord DrivenStep(const sim::SafetyGym& gym, const agents::StepOutcome& outcome,
                           const sim::SharedName& driver) {
  sim::StepRecord step;
  step.state = std::make_shared<const sim::SimState>(gym.Save());
  step.status = step.state->status;
  step.observation = gym.observation().cast<float>();
  step.executed_action = outcome.executed_action;
  step.robot_xy_m = gym.robot_position_in_world().head<2>().cast<float>();
  step.reward = static_cast<float>(outcome.result.reward);
  step.costs = outcome.result.costs;
  step.goal_met = outcome.result.goal_met;
  step.source = sim::ActionSource::kHuman;
  step.agent = driver;
  step.predicted_cost = std::numeric_limits<float>::quiet_NaN();  // no model looked on
  return step;
}

sim::EpisodeHeader HeaderOf(const AnnotatedEpisode& recorded, const FutureRequest& request) {
  sim::EpisodeHeader header = recorded.header;
  header.id = request.id;
  header.hand_overs.clear();
  const bool at_once = request.from == request.drive_at;
  header.agent = at_once
                     ? request.driver
                     : std::string(sim::AgentOf(recorded.header, At(recorded, request.drive_at)));
  header.branched_from = recorded.header.id;
  header.branched_at = request.from;
  return header;
}

// Whoever has the wheel in a simulation that goes on from the recorded moment.
class Driver {
 public:
  Driver(sim::SafetyGym& gym, const agents::DrivingPolicy& script, std::uint32_t seed)
      : gym_(gym), script_(script), memory_(script.NewMemory()), random_(seed), stepper_(gym) {
    stepper_.BeginEpisode(gym.Save().step);
  }

  agents::DriveCommand Decide() { return script_.Decide(gym_.observation(), *memory_, random_); }

  const agents::StepOutcome& Do(const agents::DriveCommand& drive) {
    script_.Do(drive, *memory_, action_);
    stepper_.Hold(action_, sim::ActionSource::kHuman, 1);
    return stepper_.Step();
  }

 private:
  sim::SafetyGym& gym_;
  const agents::DrivingPolicy& script_;
  std::unique_ptr<agents::PolicyMemory> memory_;
  RandomState random_;
  agents::Stepper stepper_;
  Eigen::VectorXd action_;
};

// What was recorded until the moment of the request.
ChunkBuilder Before(const AnnotatedEpisode& recorded, const FutureRequest& request) {
  ChunkBuilder chunks(request.id);
  chunks.Add(AsFirst(At(recorded, request.from)));
  for (StepIndex step = request.from + 1; step <= request.drive_at; ++step) {
    chunks.Add(At(recorded, step));
  }
  return chunks;
}

}  // namespace

Result<ScriptedFuture> DriveFrom(const AnnotatedEpisode& recorded, const FutureRequest& request,
                                 const sim::CameraFactory& cameras) {
  LOOKOUT_CHECK(0 <= request.from && request.from <= request.drive_at &&
                    request.drive_at < std::ssize(recorded.steps) && request.steps >= 1,
                "a future of a recorded step");
  const sim::StepRecord& moment = At(recorded, request.drive_at);
  if (moment.state == nullptr) {
    return BadInput(
        fmt::format("No other future of episode {} can be simulated: {}. Leave it out "
                    "by --episodes.",
                    recorded.header.id.value, sim::WhyNoState(recorded.header)));
  }
  auto gym = sim::SafetyGym::FromEpisode(recorded.header.config, recorded.header.setup,
                                         *moment.state, cameras);
  if (!gym) return gym.error();
  const auto script = agents::MakeGoToGoalDriver((*gym)->config(), (*gym)->spec(), true);
  if (!script) return script.error();
  const auto name = std::make_shared<const std::string>(request.driver);
  Driver driver(**gym, **script,
                recorded.header.seed ^ static_cast<std::uint32_t>(request.drive_at));
  ChunkBuilder chunks = Before(recorded, request);
  ScriptedFuture future{.header = HeaderOf(recorded, request), .chunks = {}};
  future.first_driven = chunks.steps();
  future.drive = driver.Decide();
  if (request.wrong_way) future.drive = {1.0, -future.drive.turn};
  for (StepIndex i = 0; i < request.steps; ++i) {
    const agents::StepOutcome& outcome =
        driver.Do(i < request.held_steps ? future.drive : driver.Decide());
    if (outcome.result.status == sim::EpisodeStatus::kDiverged) break;  // its state is worthless
    chunks.Add(DrivenStep(**gym, outcome, name));
    if (sim::IsDone(outcome.result.status)) break;
  }
  future.last = chunks.steps() - 1;
  future.chunks = chunks.Take();
  return future;
}

}  // namespace lookout::app
