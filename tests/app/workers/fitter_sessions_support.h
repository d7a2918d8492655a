// A fitter of tests, over several starts of the program.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/workers/fitter/fit_job.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {

// A fitter that may be started again with what the project kept of it.
struct Sessions {
  NoticeBoard notices;
  Mailbox<FitterEvent> events;
  LatestValue<ui::FitSnapshot> snapshot;
  std::unique_ptr<CostModelRegistry> models;
  std::unique_ptr<FitJob> job;
  SteadyTime now{std::chrono::hours(1)};
  int fits = 0;
  // What the project holds.
  std::vector<agents::CostModelPtr> stored;
  std::string notes;

  Sessions() { Restart(); }
  void Restart() {
    Keep();
    FitterOptions options;
    options.stored = stored;
    options.notes = notes;
    options.fit = [this](const agents::LabelSet& labels, const agents::CostModelSettings& settings,
                         CostModelId id,
                         const agents::FitProgress&) -> Result<agents::CostModelPtr> {
      if (labels.rows() == 0) return BadInput("There are no labels: mark some steps first.");
      ++fits;
      return agents::CostModelPtr(
          std::make_shared<KnownCostModel>(id.value, 3, settings.signature));
    };
    job.reset();
    models = std::make_unique<CostModelRegistry>();
    job = std::make_unique<FitJob>(std::move(options),
                                   FitterLinks{*models, events, snapshot, notices});
    Keep();
  }
  void Keep() {
    std::vector<FitterEvent> said;
    events.Take(said);
    for (FitterEvent& event : said) {
      if (auto* fitted = std::get_if<ModelFitted>(&event)) stored.push_back(fitted->model);
      if (auto* changed = std::get_if<NotesChanged>(&event)) notes = changed->notes;
      if (auto* forgotten = std::get_if<ModelForgotten>(&event)) {
        std::erase_if(stored, [&](const auto& model) { return model->id() == forgotten->id; });
      }
    }
  }
  void Do(FitterMessage message) { job->Apply(std::move(message), now); }
  void Fit() {
    while (job->DueAt() != SteadyTime::max()) {
      job->Fit([] {}, {});
    }
    Keep();
  }
  void Mark(FitRequest request) {
    Do(LabelsChanged{std::move(request)});
    Fit();
  }
  const ui::FitSnapshot& Said() {
    snapshot.Refresh();
    return snapshot.value();
  }
  std::int64_t InUse(const sim::ObservationSignature& observed) {
    const agents::CostModelPtr model = models->For(observed);
    return model ? model->id().value : 0;
  }
};

}  // namespace lookout::app
