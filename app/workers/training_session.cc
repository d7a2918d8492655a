#include "app/workers/training_session.h"

#include <chrono>
#include <utility>

#include "app/workers/wall_time.h"

namespace lookout::app {
namespace {

using History = std::vector<agents::IterationReport>;

double StepsPerSecond(const History& history) {
  if (history.empty()) return 0.0;
  const agents::IterationReport& last = history.back();
  const std::int64_t before = history.size() > 1 ? history[history.size() - 2].steps : 0;
  const double seconds = last.sample_seconds + last.update_seconds;
  return seconds > 0.0 ? static_cast<double>(last.steps - before) / seconds : 0.0;
}

}  // namespace

TrainingSession::TrainingSession(TrainerOptions options, TrainerLinks links)
    : options_(std::move(options)), links_(links) {
  if (!options_.previous) return;
  stored_ = std::move(options_.previous->run);
  history_ = std::make_shared<const History>(std::exchange(stored_.history, {}));
  checkpoint_ = std::move(options_.previous->checkpoint);
  options_.previous.reset();
}

void TrainingSession::Open() {
  if (!checkpoint_.empty()) {
    const Status published = PublishPreviousPolicy();
    if (!published) Warn(links_.notices, published.error().message);
  }
  Publish();
}

Status TrainingSession::PublishPreviousPolicy() {
  const Result<sim::EnvironmentConfig> config = options_.worlds.config(stored_.environment);
  if (!config) return config.error();
  const Result<Worlds::Gym> gym = options_.worlds.create(*config);
  if (!gym) return gym.error();
  const sim::EnvironmentSpec& spec = (*gym)->spec();
  auto policy = agents::DecodePolicy(checkpoint_, spec, /*deterministic=*/false);
  if (!policy) return policy.error();
  PublishPolicy(std::move(policy).value(), spec);
  return {};
}

void TrainingSession::Apply(const ui::TrainerCommand& command) {
  std::visit([this](const auto& specific) { On(specific); }, command);
}

void TrainingSession::On(const ui::StartTraining& command) {
  if (active()) {
    return Warn(links_.notices, "A training run is going on: stop it before starting another.");
  }
  const ui::TrainingState before = std::exchange(state_, ui::TrainingState::kStarting);
  failure_.clear();
  Publish();
  if (const Status started = Start(command); !started) Refuse(started.error(), before);
}

void TrainingSession::On(const ui::PauseTraining&) {
  if (state_ != ui::TrainingState::kRunning) return;
  if (iterating_) {
    pausing_ = true;
  } else {
    state_ = ui::TrainingState::kPaused;
  }
  Publish();
}

void TrainingSession::On(const ui::ResumeTraining&) {
  if (active()) {
    pausing_ = false;
    if (state_ == ui::TrainingState::kPaused) state_ = ui::TrainingState::kRunning;
    return Publish();
  }
  if (checkpoint_.empty()) {
    return Warn(links_.notices, "There is no stopped run to resume: start a new one.");
  }
  const ui::TrainingState before = std::exchange(state_, ui::TrainingState::kStarting);
  failure_.clear();
  Publish();
  const Status restored = Restore();
  if (!restored) Refuse(restored.error(), before);
}

void TrainingSession::On(const ui::StopTraining&) {
  if (!active()) return;
  if (!iterating_) return EndRun(ui::TrainingState::kIdle);
  abandon_ = true;
  state_ = ui::TrainingState::kStopping;
  Publish();
}

void TrainingSession::On(const ui::ContinueRun& command) {
  if (active()) {
    return Warn(links_.notices, "A training run is going on: stop it before resuming another.");
  }
  stored_ = {command.run.id,
             command.run.environment,
             command.run.settings,
             {},
             command.run.started_unix_ms};
  history_ = command.run.history ? command.run.history : std::make_shared<const History>();
  checkpoint_ = command.checkpoint;
  state_ = ui::TrainingState::kIdle;
  On(ui::ResumeTraining{});
}

Result<std::unique_ptr<agents::TrainingRun>> TrainingSession::MakeRun(
    const std::string& environment, const agents::TrainingSettings& settings) {
  const Result<sim::EnvironmentConfig> config = options_.worlds.config(environment);
  if (!config) return config.error();
  if (agents::NeedsCostModel(settings.cost_source) && !links_.cost_models.Get()) {
    return BadInput(
        "There is no cost model to train on: mark some unsafe and safe steps and fit one, or "
        "choose the rule's cost.");
  }
  const auto make_environment = [create = options_.worlds.create,
                                 config = *config]() -> Result<std::unique_ptr<sim::Environment>> {
    Result<Worlds::Gym> gym = create(config);
    if (!gym) return gym.error();
    return std::unique_ptr<sim::Environment>(std::move(gym).value());
  };
  auto run = options_.make_run(settings, make_environment);
  if (!run) return run.error();
  adopted_ = {};
  refused_model_ = {};
  const Status adopted = AdoptCostModel(**run);
  if (!adopted && agents::NeedsCostModel(settings.cost_source)) return adopted.error();
  return run;
}

Status TrainingSession::Start(const ui::StartTraining& command) {
  auto run = MakeRun(command.environment, command.settings);
  if (!run) return run.error();
  if (Status begun = StartFrom(**run, command.start_from); !begun) return begun;
  run_ = std::move(run).value();
  stored_ = {RunId{options_.next_run.value++},
             command.environment,
             run_->settings(),
             {},
             UnixMilliseconds()};
  history_ = std::make_shared<const History>();
  checkpoint_.clear();
  links_.events.Put(RunStarted{stored_});
  state_ = ui::TrainingState::kRunning;
  PublishPolicy(run_->policy(/*deterministic=*/false), run_->spec());
  Publish();
  return {};
}

Status TrainingSession::StartFrom(agents::TrainingRun& run, const std::string& policy) {
  if (policy.empty()) return {};
  if (!options_.read_policy) return BadInput("There are no policies here: start from scratch.");
  const Result<std::string> bytes = options_.read_policy(policy);
  if (!bytes) return bytes.error();
  return run.StartFrom(*bytes);
}

Status TrainingSession::Restore() {
  auto run = MakeRun(stored_.environment, stored_.settings);
  if (!run) return run.error();
  if (const Status restored = (*run)->RestoreCheckpoint(checkpoint_); !restored) return restored;
  run_ = std::move(run).value();
  state_ = ui::TrainingState::kRunning;
  PublishPolicy(run_->policy(/*deterministic=*/false), run_->spec());
  if (run_->finished()) {
    EndRun(ui::TrainingState::kDone);
  } else {
    Publish();
  }
  return {};
}

void TrainingSession::Refuse(const Error& error, ui::TrainingState back_to) {
  state_ = back_to;
  failure_ = error.message;
  Warn(links_.notices, error.message);
  Publish();
}

Status TrainingSession::AdoptCostModel(agents::TrainingRun& run) {
  const agents::CostModelPtr newest = links_.cost_models.Get();
  if (!newest || newest->id() == adopted_ || newest->id() == refused_model_) return {};
  Status set = run.SetCostModel(newest);
  (set ? adopted_ : refused_model_) = newest->id();
  return set;
}

void TrainingSession::RunIteration(const std::function<void()>& poll, const std::stop_token& stop) {
  if (const Status adopted = AdoptCostModel(*run_); !adopted) {
    Warn(links_.notices, adopted.error().message);  // the model before stays
  }
  iterating_ = true;
  const auto progress = [&](double fraction) {
    fraction_ = fraction;
    poll();
    PublishNowAndThen();
    return !abandon_ && !stop.stop_requested();
  };
  const Result<agents::IterationReport> report = run_->RunIteration(progress);
  iterating_ = false;
  fraction_ = 0.0;
  if (abandon_ || stop.stop_requested()) return EndRun(ui::TrainingState::kIdle);
  if (!report) return ReportFailure(report.error().message);
  FinishIteration(*report);
}

void TrainingSession::FinishIteration(const agents::IterationReport& report) {
  auto longer = std::make_shared<History>();
  longer->reserve(history_->size() + 1);
  for (const agents::IterationReport& past : *history_) {
    // A run resumed from a checkpoint does the iterations after it again.
    if (past.iteration < report.iteration) longer->push_back(past);
  }
  longer->push_back(report);
  history_ = std::move(longer);
  links_.events.Put(IterationDone{stored_.id, report});
  PublishPolicy(run_->policy(/*deterministic=*/false), run_->spec());
  MakeCheckpoint(report.iteration);
  if (run_->finished()) return EndRun(ui::TrainingState::kDone);
  if (std::exchange(pausing_, false)) state_ = ui::TrainingState::kPaused;
  Publish();
}

void TrainingSession::MakeCheckpoint(int iteration) {
  const bool small = checkpoint_.size() <= kSmallCheckpoint;
  const bool keeps_policy = ui::KeepsPolicy(stored_.settings, iteration);
  ++iterations_since_checkpoint_;
  if (!small && !keeps_policy && !run_->finished() &&
      iterations_since_checkpoint_ < kLargeCheckpointEvery) {
    return;
  }
  iterations_since_checkpoint_ = 0;
  checkpoint_ = run_->EncodeCheckpoint();
  links_.events.Put(CheckpointMade{stored_.id, checkpoint_});
  if (!keeps_policy) return;
  Result<std::string> policy = options_.policy_of(checkpoint_, run_->spec());
  if (!policy) return Warn(links_.notices, policy.error().message);
  links_.events.Put(PolicyMade{stored_.id, iteration, std::move(policy).value()});
}

void TrainingSession::PublishPolicy(agents::PolicyPtr policy, const sim::EnvironmentSpec& spec) {
  policy_version_ = policy->version();
  auto trained = std::make_shared<TrainedPolicy>();
  trained->policy = std::move(policy);
  trained->environment = stored_.environment;
  trained->observation_dim = spec.observation_dim;
  trained->action_dim = spec.action_dim;
  links_.newest_policy.Set(std::move(trained));
}

void TrainingSession::EndRun(ui::TrainingState state) {
  state_ = state;
  run_.reset();
  pausing_ = false;
  iterating_ = false;
  abandon_ = false;
  fraction_ = 0.0;
  Publish();
}

void TrainingSession::ReportFailure(const std::string& cause) {
  failure_ = cause;
  EndRun(ui::TrainingState::kFailed);
}

void TrainingSession::Publish() {
  published_at_ = std::chrono::steady_clock::now();
  ui::TrainingSnapshot& snapshot = links_.snapshot.Writable();
  snapshot.state = state_;
  snapshot.pausing = pausing_;
  snapshot.resumable = !active() && !checkpoint_.empty() && state_ != ui::TrainingState::kDone &&
                       state_ != ui::TrainingState::kStarting;
  snapshot.run = stored_.id;
  snapshot.environment = stored_.environment;
  snapshot.settings = stored_.settings;
  snapshot.history = history_;
  snapshot.iteration_fraction = fraction_;
  snapshot.steps_per_second = history_ ? StepsPerSecond(*history_) : 0.0;
  snapshot.policy_version = policy_version_;
  snapshot.failure = failure_;
  links_.snapshot.Publish();
}

void TrainingSession::PublishNowAndThen() {
  constexpr std::chrono::milliseconds kPeriod{33};
  if (std::chrono::steady_clock::now() - published_at_ >= kPeriod) Publish();
}

}  // namespace lookout::app
