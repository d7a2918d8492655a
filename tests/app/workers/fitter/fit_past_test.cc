// Fits of models that look at what led to a state: their labels, their identity, their refits.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "app/workers/fitter/fit_fingerprint.h"
#include "app/workers/fitter/fit_job.h"
#include "tests/app/workers/fitter_support.h"

namespace lookout::app {
namespace {

Result<agents::DerivedLabels> Labels(const FitRequest& request,
                                     const agents::CostModelSettings& settings = {}) {
  FitSteps steps;
  return LabelsOf(request, settings, steps);
}

TEST_CASE("labels take along the history and the actions that the settings of the fit look at") {
  const FitRequest request = OracleRequest(2);
  const auto states = Labels(request);
  CHECK(states->labels.past.observations.size() == 0);
  CHECK(states->labels.past.actions.size() == 0);
  const auto derived = Labels(request, {.history = 2, .with_action = true});
  REQUIRE(derived.ok());
  const agents::LabelSet& labels = derived->labels;
  REQUIRE(labels.rows() == states->labels.rows());
  for (std::int64_t row = 0; row < labels.rows(); ++row) {
    const agents::TargetPoint& point = labels.points[static_cast<std::size_t>(row)];
    const auto chunks = request.load(point.episode)->chunks;
    const auto at = [&](StepIndex step) -> const sim::StepRecord& {
      step = std::max(step, 0);
      return chunks[static_cast<std::size_t>(step / 50)]
          ->steps[static_cast<std::size_t>(step % 50)];
    };
    REQUIRE(labels.past.observations.col(row).head(3) == at(point.step - 1).observation);
    REQUIRE(labels.past.observations.col(row).tail(3) == at(point.step - 2).observation);
    if (point.step > 0) {
      REQUIRE(labels.past.actions.col(row) == at(point.step).executed_action.cast<float>());
    }
  }
}

TEST_CASE("what a fit looks at is part of its fingerprint, and of it alone") {
  const FitRequest request = OracleRequest(1);
  const auto print = [&](const agents::CostModelSettings& settings) {
    return FitFingerprint(Labels(request, settings)->labels, settings);
  };
  const std::string plain = print({});
  std::set<std::string> all{plain, print({.history = 1}), print({.history = 2}),
                            print({.with_action = true}),
                            print({.history = 1, .with_action = true})};
  CHECK(all.size() == 5);
  CHECK(print({}) == plain);
}

TEST_CASE("who asks for a model that looks back gets one, and refits by themselves go on so") {
  CostModelRegistry cost_models;
  NoticeBoard notices;
  Mailbox<FitterEvent> events;
  LatestValue<ui::FitSnapshot> snapshot;
  const FitterLinks links{cost_models, events, snapshot, notices};
  const SteadyTime now{std::chrono::hours(1)};
  std::vector<Eigen::Index> rows;
  FitterOptions options{.settings = {.members = 1, .hidden = 4, .max_epochs = 1}};
  options.fit = [&](const agents::LabelSet& labels, const agents::CostModelSettings& settings,
                    CostModelId id, const agents::FitProgress& progress) {
    rows.push_back(labels.past.observations.rows());
    CHECK(settings.with_action == (labels.past.actions.rows() > 0));
    return agents::FitCostModel(labels, settings, id, progress);
  };
  const auto fit = [&](FitJob& job, int episodes) {
    job.Apply(LabelsChanged{OracleRequest(episodes)}, now);
    job.Fit([] {}, {});
  };
  FitJob job(options, links);
  fit(job, 1);
  agents::CostModelSettings back = options.settings;
  back.history = 4;
  back.with_action = true;
  job.Apply(ui::FitNow{back}, now);
  job.Fit([] {}, {});
  fit(job, 2);
  CHECK(rows == std::vector<Eigen::Index>{0, 12, 12});
  // After a restart, too.
  snapshot.Refresh();
  const agents::CostModelPtr model = snapshot.value().model;
  REQUIRE(model != nullptr);
  CHECK(model->past_inputs() == agents::PastInputs{.history = 4, .action_dim = 2});
  options.stored = {model};
  FitJob restarted(options, links);
  fit(restarted, 3);
  CHECK(rows.back() == 12);
}

}  // namespace
}  // namespace lookout::app
