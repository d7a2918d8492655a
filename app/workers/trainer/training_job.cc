#include "app/workers/trainer/training_job.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "app/overseers/overseer_spec.h"
#include "app/workers/runtime/wall_time.h"
#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

using History = std::vector<agents::IterationReport>;

}  // namespace

TrainingJob::TrainingJob(TrainerOptions options, TrainerLinks links)
    : options_(std::move(options)), links_(links) {
  if (!options_.previous) return;
  shown_ = std::move(options_.previous->run);
  checkpoint_ = std::move(options_.previous->checkpoint);
  options_.previous.reset();
}

void TrainingJob::Open() {
  if (!checkpoint_.empty()) {
    const Status published = PublishPreviousPolicy();
    if (!published) {
      Warn(links_.notices,
           fmt::format("The policy of run {}: {}", shown_.id.value, published.error().message));
    }
  }
  Publish();
}

Status TrainingJob::PublishPreviousPolicy() {
  const Result<sim::EnvironmentConfig> config = options_.factory.config(shown_.environment);
  if (!config) return config.error();
  const Result<EnvironmentFactory::Gym> gym = options_.factory.create(*config);
  if (!gym) return gym.error();
  const sim::EnvironmentSpec& spec = (*gym)->spec();
  auto policy = agents::DecodePolicy(checkpoint_, spec, /*deterministic=*/false);
  if (!policy) return policy.error();
  PublishPolicy(std::move(policy).value(), spec);
  return {};
}

void TrainingJob::Apply(const ui::TrainerCommand& command) {
  std::visit([this](const auto& specific) { On(specific); }, command);
}

void TrainingJob::On(const ui::StartTraining& command) {
  if (active()) {
    return Warn(links_.notices, "A training run is going on: stop it before starting another.");
  }
  const ui::TrainingState before = std::exchange(state_, ui::TrainingState::kStarting);
  failure_.clear();
  PublishAsked(command.environment, command.settings);
  if (const Status started = Start(command); !started) Reject(started.error(), before);
}

void TrainingJob::On(const ui::PauseTraining&) {
  if (state_ != ui::TrainingState::kRunning) return;
  if (iterating_) {
    pausing_ = true;
  } else {
    Pause();
  }
  Publish();
}

void TrainingJob::On(const ui::ResumeTraining&) {
  if (active()) {
    pausing_ = false;
    if (state_ == ui::TrainingState::kPaused) state_ = ui::TrainingState::kRunning;
    return Publish();
  }
  if (checkpoint_.empty()) {
    return Warn(links_.notices, "There is no stopped run to resume: start a new one.");
  }
  Continue({shown_, checkpoint_});
}

void TrainingJob::On(const ui::StopTraining&) {
  if (!active()) return;
  if (!iterating_) return EndRun(ui::TrainingState::kIdle);
  abandon_ = true;
  state_ = ui::TrainingState::kStopping;
  Publish();
}

void TrainingJob::On(const ui::ContinueRun& command) {
  if (active()) {
    return Warn(links_.notices, "A training run is going on: stop it before resuming another.");
  }
  Continue(command.run);
}

void TrainingJob::Continue(const ui::StoppedRun& stopped) {
  const ui::TrainingState before = std::exchange(state_, ui::TrainingState::kStarting);
  failure_.clear();
  PublishAsked(stopped.run.environment, stopped.run.settings);
  if (const Status restored = Restore(stopped); !restored) Reject(restored.error(), before);
}

Result<agents::ActionFilterMaker> TrainingJob::OverseersOf(
    const agents::TrainingSettings& settings, const sim::EnvironmentConfig& config) const {
  if (settings.overseer.empty()) return agents::ActionFilterMaker();
  const Result<EnvironmentFactory::Gym> gym = options_.factory.create(config);
  if (!gym) return gym.error();
  return MakeOverseers(settings.overseer, config, (*gym)->spec(), {.guarded = false});
}

Result<std::unique_ptr<agents::TrainingRun>> TrainingJob::MakeRun(
    const std::string& environment, const agents::TrainingSettings& settings) {
  const Result<sim::EnvironmentConfig> config = options_.factory.config(environment);
  if (!config) return config.error();
  const auto make_environment = [create = options_.factory.create,
                                 config = *config]() -> Result<std::unique_ptr<sim::Environment>> {
    Result<EnvironmentFactory::Gym> gym = create(config);
    if (!gym) return gym.error();
    return std::unique_ptr<sim::Environment>(std::move(gym).value());
  };
  auto overseers = OverseersOf(settings, *config);
  if (!overseers) return overseers.error();
  auto run = options_.make_run(settings, make_environment, *overseers);
  if (!run) return run.error();
  const bool needs_model = agents::NeedsCostModel(settings.cost_source);
  if (needs_model && !links_.cost_models.For((*run)->spec().signature())) {
    return BadInput("There is no cost model of the observation of " + (*run)->spec().id +
                    " to train on: mark some unsafe and safe steps there and fit one, or choose "
                    "the rule's cost.");
  }
  adopted_ = {};
  pace_ = {};
  const Status adopted = AdoptCostModel(**run);
  if (!adopted && needs_model) return adopted.error();
  return run;
}

Status TrainingJob::Start(const ui::StartTraining& command) {
  auto run = MakeRun(command.environment, command.settings);
  if (!run) return run.error();
  if (Status met = CheckLimit(command); !met) return met;
  if (Status begun = StartFrom(**run, command.settings.start_from); !begun) return begun;
  run_ = std::move(run).value();
  iterations_since_checkpoint_ = 0;
  shown_ = {.id = RunId{options_.next_run.value++},
            .environment = command.environment,
            .settings = run_->settings(),
            .history = std::make_shared<const History>(),
            .started_unix_ms = UnixMilliseconds()};
  checkpoint_.clear();
  TellRun();
  state_ = ui::TrainingState::kRunning;
  PublishPolicy(run_->policy(/*deterministic=*/false), run_->spec());
  Publish();
  return {};
}

void TrainingJob::TellRun() {
  links_.events.Put(RunStarted{{.id = shown_.id,
                                .environment = shown_.environment,
                                .settings = shown_.settings,
                                .started_unix_ms = shown_.started_unix_ms}});
}

Status TrainingJob::StartFrom(agents::TrainingRun& run, const std::string& policy) {
  if (policy.empty()) return {};
  if (!options_.read_policy) return BadInput("There are no policies here: start from scratch.");
  const Result<std::string> bytes = options_.read_policy(policy);
  if (!bytes) return bytes.error();
  Status started = run.StartFrom(*bytes);
  return started ? started : Status(BadInput(policy + ": " + started.error().message));
}

Status TrainingJob::Restore(const ui::StoppedRun& stopped) {
  agents::TrainingSettings settings = stopped.run.settings;
  if (stopped.more_steps > 0) settings.total_steps = stopped.run.steps() + stopped.more_steps;
  auto run = MakeRun(stopped.run.environment, settings);
  if (!run) return run.error();
  if (Status restored = (*run)->RestoreCheckpoint(stopped.checkpoint); !restored) {
    return BadInput(fmt::format("The checkpoint of run {}: {}", stopped.run.id.value,
                                restored.error().message));
  }
  run_ = std::move(run).value();
  shown_ = stopped.run;
  if (!shown_.history) shown_.history = std::make_shared<const History>();
  shown_.settings.total_steps = settings.total_steps;
  if (stopped.more_steps > 0) TellRun();
  checkpoint_ = stopped.checkpoint;
  iterations_since_checkpoint_ = 0;
  state_ = ui::TrainingState::kRunning;
  PublishPolicy(run_->policy(/*deterministic=*/false), run_->spec());
  if (run_->finished()) {
    EndRun(ui::TrainingState::kDone);
  } else {
    Publish();
  }
  return {};
}

void TrainingJob::Reject(const Error& error, ui::TrainingState back_to) {
  state_ = back_to;
  failure_ = error.message;
  Warn(links_.notices, error.message);
  Publish();
}

void TrainingJob::PublishPolicy(agents::PolicyPtr policy, const sim::EnvironmentSpec& spec) {
  policy_version_ = policy->version();
  auto trained = std::make_shared<TrainedPolicy>();
  trained->policy = std::move(policy);
  trained->origin = agents::PolicyOrigin::Of(spec);
  links_.newest_policy.Set(std::move(trained));
}

void TrainingJob::Pause() {
  MakeCheckpoint();
  state_ = ui::TrainingState::kPaused;
}

void TrainingJob::EndRun(ui::TrainingState state) {
  MakeCheckpoint();
  state_ = state;
  run_.reset();
  pausing_ = false;
  iterating_ = false;
  abandon_ = false;
  fraction_ = 0.0;
  Publish();
}

void TrainingJob::ReportFailure(const std::string& cause) {
  failure_ = cause;
  // What went wrong, such as a lack of memory, may do so again; then the checkpoint before stays.
  FailureOf([this] { MakeCheckpoint(); });
  EndRun(ui::TrainingState::kFailed);
}

void TrainingJob::Publish() {
  published_at_ = std::chrono::steady_clock::now();
  ui::TrainingSnapshot& snapshot = links_.snapshot.Writable();
  snapshot.state = state_;
  snapshot.pausing = pausing_;
  snapshot.resumable = !active() && !checkpoint_.empty() && state_ != ui::TrainingState::kDone &&
                       state_ != ui::TrainingState::kStarting;
  snapshot.run = shown_.id;
  snapshot.environment = shown_.environment;
  snapshot.settings = shown_.settings;
  snapshot.history = shown_.history;
  snapshot.kept_policies = shown_.kept_policies;
  snapshot.iteration_fraction = fraction_;
  snapshot.steps_per_second = shown_.steps_per_second();
  snapshot.policy_version = policy_version_;
  snapshot.failure = failure_;
  snapshot.floor = floor_;
  links_.snapshot.Publish();
}

// Until it has started, a run is what was asked for; the one before is no part of it.
void TrainingJob::PublishAsked(const std::string& environment,
                               const agents::TrainingSettings& settings) {
  ui::TrainingSnapshot& snapshot = links_.snapshot.Writable();
  snapshot = {};
  snapshot.state = state_;
  snapshot.environment = environment;
  snapshot.settings = settings;
  snapshot.floor = floor_;
  snapshot.history = std::make_shared<const std::vector<agents::IterationReport>>();
  links_.snapshot.Publish();
}

void TrainingJob::PublishNowAndThen() {
  constexpr std::chrono::milliseconds kPeriod{33};
  if (std::chrono::steady_clock::now() - published_at_ >= kPeriod) Publish();
}

}  // namespace lookout::app
