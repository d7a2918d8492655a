#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <limits>

#include "agents/rl/rollouts/cost_signal.h"
#include "agents/rl/rollouts/episode_statistics.h"
#include "agents/rl/rollouts/sampler.h"
#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/first_policy.h"
#include "agents/rl/runs/learner.h"
#include "agents/rl/runs/memory_estimate.h"
#include "agents/rl/runs/training.h"
#include "agents/rl/settings/settings.h"

namespace lookout::agents {
namespace {

// A run may take at most this share of the machine's memory.
constexpr double kMostMemoryShare = 0.5;
// A policy file in a checkpoint: the first policy of a run that reads a cost model.
constexpr std::string_view kFirstPolicyField = "first_policy";
// How much of the progress bar belongs to sampling.
constexpr double kSamplingShare = 0.5;

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// From one environment that is made to be asked how large it is.
Status CheckMemory(const TrainingSettings& settings, const EnvironmentMaker& make_environment) {
  const auto environment = make_environment();
  if (!environment.ok()) return environment.error();
  const double memory = double(sysconf(_SC_PHYS_PAGES)) * double(sysconf(_SC_PAGE_SIZE));
  return CheckFitsMemory(EstimateMemory(settings, **environment), settings,
                         kMostMemoryShare * memory);
}

class LocalTrainingRun : public TrainingRun {
 public:
  LocalTrainingRun(const TrainingSettings& settings, std::unique_ptr<Sampler> sampler,
                   ProcessGroup& processes)
      : settings_(settings),
        sampler_(std::move(sampler)),
        learner_(settings, sampler_->spec()),
        statistics_(settings.environments, settings.action_repeat),
        saved_statistics_(statistics_),
        costs_(settings.cost_source),
        buffer_(sampler_->spec().observation_dim, sampler_->spec().action_dim,
                settings.environments,
                settings.steps_per_iteration / settings.environments / settings.action_repeat,
                learner_.state_dims(), settings.learn_from == LearnFrom::kBoth),
        pool_(settings.workers, processes) {}

  const TrainingSettings& settings() const override { return settings_; }
  const sim::EnvironmentSpec& spec() const override { return sampler_->spec(); }
  bool finished() const override { return statistics_.steps() >= settings_.total_steps; }
  PolicyPtr policy(bool deterministic) const override {
    return MakeGaussianPolicy(learner_.Actor(iteration_), deterministic, learner_.Expectations());
  }

  Status SetCostModel(CostModelPtr model) override;
  Status StartFrom(std::string_view policy) override;
  Result<IterationReport> RunIteration(const Progress& progress) override;
  std::string EncodeCheckpoint() const override;
  Status RestoreCheckpoint(std::string_view bytes) override;

 private:
  Result<bool> TryIteration(const Progress& progress, IterationReport& report);
  Result<bool> Collect(const Progress& progress, IterationReport& report);
  void GoBack();
  void MeetFirstPolicy();
  void DecodeFirstPolicy(ArchiveReader& reader);

  TrainingSettings settings_;
  std::unique_ptr<Sampler> sampler_;
  Learner learner_;
  EpisodeStatistics statistics_;
  EpisodeStatistics saved_statistics_;
  CostSignal costs_;
  int iteration_ = 0;
  std::optional<GaussianActor> first_policy_;  // none: not known, or nothing is compared with it
  RolloutBuffer buffer_;
  WorkerPool pool_;
};

Status LocalTrainingRun::SetCostModel(CostModelPtr model) {
  if (model) {
    if (Status fits = model->CheckFits(spec()); !fits.ok()) return fits;
    if (NeedsCostModel(settings_.cost_source)) {
      auto read = ReadWith(std::move(model), {settings_.cost_reading, settings_.cost_caution});
      if (!read.ok()) return read.error();
      model = std::move(*read);
    }
  }
  sampler_->SetCostModel(model);
  costs_.set_model(std::move(model));
  return {};
}

Status LocalTrainingRun::StartFrom(std::string_view policy) {
  const Result<GaussianActor> actor = DecodeActor(policy, spec());
  if (!actor.ok()) return actor.error();
  return learner_.StartFrom(*actor);
}

Result<IterationReport> LocalTrainingRun::RunIteration(const Progress& progress) {
  if (costs_.lacks_model()) {
    return BadInput("The cost source is " + std::string(ChoiceName(settings_.cost_source)) +
                    ", but there is no cost model; give one first.");
  }
  MeetFirstPolicy();
  sampler_->Save();
  learner_.Save();
  saved_statistics_ = statistics_;
  IterationReport report;
  report.iteration = iteration_ + 1;
  try {
    Result<bool> done = TryIteration(progress, report);
    if (done.ok() && *done) {
      ++iteration_;
      sampler_->Save();
      return report;
    }
    GoBack();
    if (!done.ok()) return done.error();
  } catch (...) {
    GoBack();
    throw;
  }
  return Error{"The iteration was abandoned; the agent is as it was before."};
}

// A run that started from a policy has it from the beginning, or an older version left it out.
void LocalTrainingRun::MeetFirstPolicy() {
  if (first_policy_ || !ReadsCostModel(settings_)) return;
  const bool may_be = iteration_ == 0 || (iteration_ == 1 && settings_.normalise_observations &&
                                          settings_.start_from.empty());
  if (!may_be) return;
  GaussianActor actor = learner_.Actor(iteration_);
  if (CanBeFirst(actor)) first_policy_ = std::move(actor);
}

void LocalTrainingRun::GoBack() {
  sampler_->GoBack();
  learner_.GoBack();
  statistics_ = saved_statistics_;
}

Result<bool> LocalTrainingRun::TryIteration(const Progress& progress, IterationReport& report) {
  const auto sampling = std::chrono::steady_clock::now();
  auto collected = Collect(progress, report);
  if (!collected.ok() || !*collected) return collected;
  report.sample_seconds = SecondsSince(sampling);

  const auto updating = std::chrono::steady_clock::now();
  // All processes have to stop at the same place, or go on.
  const KeepGoing keep_going = [&](double part) {
    return pool_.processes().AllAgree(!progress ||
                                      progress(kSamplingShare + (1.0 - kSamplingShare) * part));
  };
  auto updated = learner_.Update(buffer_, report.iteration, pool_, keep_going, report);
  report.update_seconds = SecondsSince(updating);
  return updated;
}

Result<bool> LocalTrainingRun::Collect(const Progress& progress, IterationReport& report) {
  KeepGoing keep_going;
  if (progress) keep_going = [&](double part) { return progress(kSamplingShare * part); };
  auto collected =
      sampler_->Collect(learner_.Actor(iteration_), report.iteration, pool_, buffer_, keep_going);
  if (!collected.ok() || !*collected) return collected;
  costs_.Fill(buffer_);
  const bool has_model = costs_.model() != nullptr;
  if (has_model) report.cost_model = costs_.model()->id();
  statistics_.Add(buffer_, has_model, report);
  if (settings_.cost_source == CostSource::kNone) {
    report.constrained_cost = std::numeric_limits<double>::quiet_NaN();
  }
  buffer_.DropDiverged();
  if (buffer_.size == 0) {
    return Error{"Every episode of this iteration diverged; there is nothing to learn from."};
  }
  if (first_policy_) {
    report.kl_from_first = KlFromFirst(*first_policy_, learner_.Actor(iteration_), buffer_);
  }
  return true;
}

std::string LocalTrainingRun::EncodeCheckpoint() const {
  ArchiveWriter writer(kCheckpointKind, kCheckpointVersion);
  learner_.Actor(iteration_).Encode(writer);
  EncodeSettings(settings_, writer);
  statistics_.Encode(writer);
  learner_.Encode(writer);
  sampler_->Encode(writer);
  // At iteration 0 it is the policy itself.
  if (first_policy_ && iteration_ > 0)
    writer.Text(kFirstPolicyField, EncodePolicyFile(*first_policy_));
  return writer.Finish();
}

void LocalTrainingRun::DecodeFirstPolicy(ArchiveReader& reader) {
  first_policy_.reset();
  if (!reader.ok() || !reader.Has(kFirstPolicyField)) return;
  const std::string bytes = reader.Text(kFirstPolicyField, kMostCheckpointBytes);
  if (!reader.ok()) return;
  Result<GaussianActor> first = DecodeActor(bytes, spec());
  if (!first.ok()) return reader.Reject("its first policy: " + first.error().message);
  first_policy_ = std::move(*first);
}

Status LocalTrainingRun::RestoreCheckpoint(std::string_view bytes) {
  auto reader = ArchiveReader::Open(bytes, kCheckpointKind, kCheckpointVersion, "The checkpoint");
  if (!reader.ok()) return reader.error();
  const GaussianActor actor = GaussianActor::Decode(*reader, spec());
  const TrainingSettings found = DecodeSettings(*reader);
  CheckSameRun(found, settings_, *reader);
  if (reader->ok() && actor.origin.environment_id != spec().id) {
    reader->Reject("it was written in " + actor.origin.environment_id + ", this run is in " +
                   spec().id + ".");
  }
  sampler_->Save();
  learner_.Save();
  saved_statistics_ = statistics_;
  statistics_.Decode(*reader);
  learner_.Decode(*reader, actor);
  sampler_->Decode(*reader, actor.mean.state_dim());
  const std::optional<GaussianActor> first_before = first_policy_;
  DecodeFirstPolicy(*reader);
  if (found.action_repeat != settings_.action_repeat && sampler_->amid_episodes()) {
    // What was done in them could not be repeated.
    reader->Reject(
        fmt::format("it was written amid episodes with --action-repeat {}, this run has {}; "
                    "another one can go on only where iterations end with their episodes.",
                    found.action_repeat, settings_.action_repeat));
  }
  if (found.overseer != settings_.overseer && sampler_->amid_episodes()) {
    reader->Reject(fmt::format(
        "it was written amid episodes with --overseer \"{}\", this run has \"{}\"; another one can "
        "go on only where iterations end with their episodes.",
        found.overseer, settings_.overseer));
  }
  if (Status status = reader->Finish(); !status.ok()) {
    GoBack();
    first_policy_ = first_before;
    return status;
  }
  sampler_->Save();
  iteration_ = static_cast<int>(actor.iteration);
  return {};
}

}  // namespace

Result<std::unique_ptr<TrainingRun>> TrainingRun::Create(const TrainingSettings& settings,
                                                         const EnvironmentMaker& make_environment,
                                                         const ActionFilterMaker& make_filter) {
  return CreateTogether(settings, make_environment, SingleProcess(), make_filter);
}

Result<std::unique_ptr<TrainingRun>> TrainingRun::CreateTogether(
    const TrainingSettings& settings, const EnvironmentMaker& make_environment,
    ProcessGroup& processes, const ActionFilterMaker& make_filter) {
  if (Status status = CheckSettings(settings); !status.ok()) return status.error();
  if (Status status = CheckMemory(settings, make_environment); !status.ok()) {
    return status.error();
  }
  auto sampler = Sampler::Create(settings, make_environment, make_filter);
  if (!sampler.ok()) return sampler.error();
  return std::unique_ptr<TrainingRun>(
      std::make_unique<LocalTrainingRun>(settings, std::move(*sampler), processes));
}

}  // namespace lookout::agents
