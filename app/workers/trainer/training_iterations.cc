// The iterations of a training session, and what they leave behind.
#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

#include "agents/inspect/goodhart/parting.h"
#include "agents/rl/runs/cost_parting.h"
#include "agents/rl/runs/kept_policies.h"
#include "app/workers/trainer/training_job.h"

namespace lookout::app {

Status TrainingJob::AdoptCostModel(agents::TrainingRun& run) {
  const agents::CostModelPtr model = links_.cost_models.For(run.spec().signature());
  if (!model || model->id() == adopted_) return {};
  adopted_ = model->id();
  return run.SetCostModel(model);
}

void TrainingJob::RunIteration(const std::function<void()>& poll, const std::stop_token& stop) {
  if (const Status adopted = AdoptCostModel(*run_); !adopted) {
    // The model before stays.
    Warn(links_.notices, fmt::format("Version {} of the cost model, for run {}: {}", adopted_.value,
                                     shown_.id.value, adopted.error().message));
  }
  iterating_ = true;
  pace_.Begin(std::chrono::steady_clock::now());
  const auto progress = [&](double fraction) {
    fraction_ = pace_.Share(fraction, std::chrono::steady_clock::now());
    poll();
    PublishNowAndThen();
    return !abandon_ && !stop.stop_requested();
  };
  const Result<agents::IterationReport> report = run_->RunIteration(progress);
  iterating_ = false;
  fraction_ = 0.0;
  const bool stopped = abandon_ || stop.stop_requested();
  if (!report && !stopped) return ReportFailure(report.error().message);
  if (report) Record(*report);  // also where the stop came too late to abandon it
  if (run_->finished()) return EndRun(ui::TrainingState::kDone);
  if (report && StopsWhereCostsPart(report->iteration)) return EndRun(ui::TrainingState::kIdle);
  if (stopped) return EndRun(ui::TrainingState::kIdle);
  if (std::exchange(pausing_, false)) Pause();
  Publish();
}

// Only in the iteration in which it is found, so that a run that goes on after that does go on.
bool TrainingJob::StopsWhereCostsPart(int iteration) {
  if (!agents::ReadsCostModel(shown_.settings)) return false;
  const std::optional<agents::Parting> parting = agents::PartingOf(*shown_.history);
  if (!parting || parting->flagged != iteration) return false;
  const bool stops = shown_.settings.stop_when_parted;
  Warn(links_.notices,
       agents::PartingText(*parting) +
           (stops ? fmt::format(" The run stops after iteration {}, as was asked.", iteration)
                  : ""));
  return stops;
}

void TrainingJob::Record(const agents::IterationReport& report) {
  pace_.Finish(std::chrono::steady_clock::now());
  ++iterations_since_checkpoint_;
  AddToHistory(report);
  links_.events.Put(IterationDone{shown_.id, report});
  PublishPolicy(run_->policy(/*deterministic=*/false), run_->spec());
  const bool keeps_policy = agents::KeepsPolicy(shown_.settings, report.iteration);
  if (checkpoint_.size() <= kSmallCheckpoint || keeps_policy ||
      iterations_since_checkpoint_ >= kLargeCheckpointEvery) {
    MakeCheckpoint();
  }
  if (keeps_policy) SavePolicy(report.iteration);
}

// A run resumed from a checkpoint does the iterations after it again: what was said of them before
// goes, as it does in the project.
void TrainingJob::AddToHistory(const agents::IterationReport& report) {
  auto longer = std::make_shared<std::vector<agents::IterationReport>>();
  longer->reserve(shown_.history->size() + 1);
  for (const agents::IterationReport& past : *shown_.history) {
    if (past.iteration < report.iteration) longer->push_back(past);
  }
  longer->push_back(report);
  shown_.history = std::move(longer);
  std::erase_if(shown_.kept_policies, [&](int kept) { return kept >= report.iteration; });
}

void TrainingJob::MakeCheckpoint() {
  if (iterations_since_checkpoint_ == 0) return;
  iterations_since_checkpoint_ = 0;
  checkpoint_ = run_->EncodeCheckpoint();
  links_.events.Put(CheckpointMade{shown_.id, checkpoint_});
}

void TrainingJob::SavePolicy(int iteration) {
  Result<std::string> policy = options_.policy_of(checkpoint_, run_->spec());
  if (!policy) return Warn(links_.notices, policy.error().message);
  shown_.kept_policies.push_back(iteration);
  links_.events.Put(PolicyMade{shown_.id, iteration, std::move(policy).value()});
}

}  // namespace lookout::app
