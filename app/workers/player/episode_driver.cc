#include "app/workers/player/episode_driver.h"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <utility>

#include "app/workers/runtime/wall_time.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

// The seed as the person knows it; Safety Gym's generator gets one more.
std::uint32_t PersonSeed(const sim::EpisodeSetup& setup) { return setup.generator_seed - 1; }

}  // namespace

EpisodeDriver::EpisodeDriver(EnvironmentFactory factory, ActiveAgent& seat, Oversight& oversight,
                             Links links, std::shared_ptr<EpisodeNumbers> numbers)
    : factory_(std::move(factory)),
      active_agent_(seat),
      links_(links),
      oversight_(oversight),
      numbers_(std::move(numbers)),
      writer_([this](sim::ChunkPtr chunk) { links_.events.Put(std::move(chunk)); }) {}

Status EpisodeDriver::Open(const sim::EnvironmentConfig& config, std::uint32_t seed,
                           const ui::SetAgent* agent) {
  Result<EnvironmentFactory::Gym> gym = factory_.create(config);
  if (!gym) return gym.error();
  refused_seeds_.clear();
  for (const std::uint32_t first = seed;; ++seed) {
    const Status reset = (*gym)->Reset(seed);
    if (reset) break;
    if (seed - first + 1 == kMostRefusedInARow) {
      return Error{fmt::format("Seeds {} to {}: {}", first, seed, reset.error().message),
                   reset.error().code};
    }
    refused_seeds_.push_back(fmt::format("Seed {}: {}", seed, reset.error().message));
  }
  if (agent != nullptr) {
    if (Status seated = active_agent_.SetAgent(*agent, (*gym)->spec(), config); !seated)
      return seated;
  }
  Adopt(std::move(gym).value());
  active_agent_.BeginEpisode(spec(), seed);
  past_.Clear();
  Begin(nullptr, 0);
  return {};
}

Status EpisodeDriver::Reset(std::uint32_t seed) {
  const Status reset = gym_->Reset(seed);
  layout_failed_ = !reset.ok();
  if (layout_failed_) return reset;
  gym_->SetPerturbation({});
  active_agent_.BeginEpisode(spec(), seed);
  past_.Clear();
  Begin(nullptr, 0);
  return {};
}

Status EpisodeDriver::Branch(const ui::BranchFrom& branch) {
  if (!branch.parent || !branch.record) {
    return BadInput("That moment is not in memory: open its episode first.");
  }
  if (!branch.record->state) {
    return BadInput("It cannot be continued: " + sim::WhyNoState(*branch.parent) + ".");
  }
  if (sim::IsDone(branch.record->status)) {
    return BadInput("The episode ends at that step: continue from an earlier one.");
  }
  const sim::EpisodeHeaderPtr parent = branch.parent;
  Result<EnvironmentFactory::Gym> gym =
      factory_.from_episode(parent->config, parent->setup, *branch.record->state);
  if (!gym) return gym.error();
  Adopt(std::move(gym).value());
  active_agent_.BeginEpisode(spec(), parent->seed);
  Recall(branch);
  active_agent_.StartAt(parent->seed, branch.record->state->step, past_);
  Begin(parent.get(), branch.step);
  GoOnHolding();
  return {};
}

void EpisodeDriver::Recall(const ui::BranchFrom& branch) {
  past_.Clear();
  for (const ui::EpisodeStretch& stretch : branch.past) {
    past_.Append(stretch, spec().observation_dim);
  }
  const bool whole = past_.steps() == branch.record->state->step;
  if (whole || !active_agent_.has_memory()) return;
  Inform(links_.notices,
         fmt::format("{} remembers no more than the last {} steps: those before are not in memory.",
                     active_agent_.name(), past_.steps()));
}

// Whoever acted last, and acts still, has to do what it decided for as long as it wanted to.
void EpisodeDriver::GoOnHolding() {
  const int repeat = active_agent_.action_repeat();
  const int held = past_.StepsOf(active_agent_.name(), active_agent_.policy_version()) % repeat;
  if (held == 0 || past_.last_action().size() != spec().action_dim) return;
  stepper_->Hold(past_.last_action(), sim::ActionSource::kAgent, repeat - held, held);
}

void EpisodeDriver::Adopt(EnvironmentFactory::Gym gym) {
  gym_ = std::move(gym);
  signature_ = gym_->spec().signature();
  cost_model_ = links_.cost_models.For(signature_);
  history_ = agents::ObservationHistory({.history = agents::PastInputs::kMostHistory,
                                         .traces = agents::PastInputs::kMostTraces,
                                         .lidars = agents::LidarInputs(signature_)});
  stepper_.emplace(*gym_, &oversight_);
  layout_failed_ = false;
  action_.resize(spec().action_dim);
  if (const Status seated = active_agent_.MoveTo(spec(), gym_->config()); !seated) {
    Warn(links_.notices, seated.error().message);
  }
  if (const Status made = oversight_.MoveTo(*gym_); !made) {
    Warn(links_.notices, "Nobody oversees here: " + made.error().message);
  }
}

void EpisodeDriver::Begin(const sim::EpisodeHeader* parent, StepIndex branched_at) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = numbers_->Next();
  header->config = gym_->config();
  header->setup = gym_->setup();
  header->signature = spec().signature();
  header->seed = PersonSeed(gym_->setup());
  header->agent = active_agent_.name();
  header->branched_from = parent ? parent->id : EpisodeId{};
  header->branched_at = branched_at;
  header->started_unix_ms = UnixMilliseconds();
  header_ = header;

  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = header_;
  scene->spec = gym_->spec();
  scene->scene = gym_->scene();
  scene->model = gym_->CopyModel();

  writer_.Begin(header_->id);
  attention_.Begin(header_->id);
  links_.events.Put(EpisodeBegan{std::move(scene)});
  RecordFirst();
  stepper_->BeginEpisode(now_.state->step);
}

void EpisodeDriver::RecordFirst() {
  step_ = 0;
  now_ = {};
  now_.source = sim::ActionSource::kNone;
  now_.policy_version = active_agent_.policy_version();
  ReadState();
  history_.Begin(now_.observation);
  Predict(now_.observation);
  writer_.Append(now_, {});
  writer_.Flush();  // the window draws a new episode at once
  ++steps_recorded_;
}

void EpisodeDriver::Propose() {
  LOOKOUT_CHECK(open() && !ended(), "a step of an episode that has ended");
  if (!stepper_->needs_action()) return;
  const sim::ActionSource source = active_agent_.Act(gym_->observation(), action_);
  stepper_->Hold(action_, source, active_agent_.action_repeat());
  attention_.Add(step_, active_agent_.attention());
}

EpisodeDriver::Upcoming EpisodeDriver::Preview() {
  Propose();
  return {stepper_->proposed_action(), stepper_->Review()};
}

void EpisodeDriver::Step(SteadyTime time) {
  Propose();
  const agents::StepOutcome& outcome = stepper_->Step();
  past_.Append(now_.observation, active_agent_.name(), active_agent_.policy_version(),
               outcome.proposed_action);
  now_.source = outcome.source;
  now_.policy_version = active_agent_.policy_version();
  now_.agent = active_agent_.shared_name();
  now_.overseer = outcome.intervened ? oversight_.decided_by() : nullptr;
  now_.reason = outcome.intervened ? oversight_.reason() : nullptr;
  now_.executed_action = outcome.executed_action;
  if (outcome.proposed_action == outcome.executed_action) {
    now_.proposed_action.resize(0);
  } else {
    now_.proposed_action = outcome.proposed_action.cast<float>();
  }
  ReadStep(outcome);
  ++step_;
  ++steps_recorded_;
  writer_.Append(now_, time);
  if (ended()) writer_.Flush();
}

void EpisodeDriver::ReadStep(const agents::StepOutcome& outcome) {
  const sim::StepResult& result = outcome.result;
  if (outcome.stopped) {
    Warn(links_.notices, "The episode was ended: " + std::string(outcome.reason));
    Freeze(result.status);
    return;
  }
  if (result.status == sim::EpisodeStatus::kDiverged) {  // the engine's own state is worthless now
    Freeze(result.status);
    return;
  }
  now_.reward = static_cast<float>(result.reward);
  now_.costs = result.costs;
  now_.goal_met = result.goal_met;
  before_ = now_.observation;
  done_ = now_.executed_action.cast<float>();
  ReadState();
  Predict({before_, done_, now_.observation, history_.earlier(), history_.reach().traces});
  history_.Add(now_.observation);
}

// The last good state stays, flagged with how the episode ended.
void EpisodeDriver::Freeze(sim::EpisodeStatus status) {
  auto frozen = std::make_shared<sim::SimState>(*now_.state);
  frozen->status = now_.status = status;
  ++frozen->step;
  now_.state = std::move(frozen);
  now_.reward = 0.0F;
  now_.costs = {};
  now_.goal_met = false;
  if (now_.cost_model) now_.predicted_cost = now_.predicted_cost_spread = 0.0F;  // no transition
}

void EpisodeDriver::ReadState() {
  auto state = std::make_shared<sim::SimState>();
  gym_->Save(*state);
  now_.status = state->status;
  now_.state = std::move(state);
  now_.observation = gym_->observation().cast<float>();
  now_.robot_xy_m = gym_->robot_position_in_world().head<2>().cast<float>();
}

void EpisodeDriver::Predict(const agents::Transitions& transition) {
  const std::int64_t changes = links_.cost_models.changes();
  if (std::exchange(seen_changes_, changes) != changes) {
    cost_model_ = links_.cost_models.For(signature_);
  }
  if (!cost_model_) {
    now_.cost_model = {};
    now_.predicted_cost = std::numeric_limits<float>::quiet_NaN();
    now_.predicted_cost_spread = 0.0F;
    return;
  }
  cost_model_->PredictWith(workspace_, transition, probability_, spread_);
  now_.cost_model = cost_model_->id();
  now_.predicted_cost = probability_[0];
  now_.predicted_cost_spread = spread_[0];
}

void EpisodeDriver::MoveBody(const ui::MoveBody& move) {
  if (ended()) return;
  gym_->MoveBody(move.body, move.position_in_world, move.quaternion_in_world);
  oversight_.Forget();
  ReadState();
  Predict(now_.observation);
}

void EpisodeDriver::SetPerturbation(const sim::Perturbation& perturbation) {
  gym_->SetPerturbation(perturbation);
}

Status EpisodeDriver::SetAgent(const ui::SetAgent& agent) {
  Status seated = active_agent_.SetAgent(agent, spec(), gym_->config());
  if (seated) {
    past_.HandOver();
    attention_.Begin(header_->id);
    active_agent_.StartAt(header_->seed, step_, past_);
    stepper_->Release();
  }
  return seated;
}

}  // namespace lookout::app
