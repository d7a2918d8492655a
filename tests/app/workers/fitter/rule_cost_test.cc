// What a model comes to against the rule is read from the project, of the held-out episodes alone.
#include "app/workers/fitter/rule_cost.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "tests/app/workers/fitter_support.h"

namespace lookout::app {
namespace {

TEST_CASE("held-out episodes are read one by one, and those that cannot be read are left out") {
  FitRequest request = OracleRequest(8);
  agents::CostModelSettings settings{.members = 1, .hidden = 4, .max_epochs = 1};
  settings.signature = request.signature;
  FitSteps steps;
  const auto derived = LabelsOf(request, settings, steps);
  REQUIRE(derived);
  const auto model =
      agents::FitCostModel(derived->labels, settings, CostModelId{1}, [](double) { return true; });
  REQUIRE(model);
  const std::vector<EpisodeId> held_out = (*model)->ensemble()->episodes.held_out;
  REQUIRE_FALSE(held_out.empty());

  std::vector<EpisodeId> read;
  const RecordingLoader load = request.load;
  request.load = [&](EpisodeId id) -> Result<Recording> {
    read.push_back(id);
    Result<Recording> recording = load(id);
    auto header = std::make_shared<sim::EpisodeHeader>();
    header->id = id;
    header->signature = Wandering();
    recording->header = header;
    return recording;
  };
  const agents::CostModelPtr judged = WithRuleCost(*model, request);
  CHECK(std::ranges::is_permutation(read, held_out));
  double charged = 0.0;
  for (const EpisodeId id : held_out) {
    const Result<Recording> recording = load(id);
    REQUIRE(recording);
    for (const sim::ChunkPtr& chunk : recording->chunks) {
      for (const sim::StepRecord& step : chunk->steps) charged += step.costs.total;
      // The reset is not charged.
      if (chunk->first_step == 0) charged -= chunk->steps.front().costs.total;
    }
  }
  CHECK(judged->report().true_cost == doctest::Approx(charged / double(held_out.size())));

  request.load = [](EpisodeId) -> Result<Recording> { return BadInput("It is damaged."); };
  CHECK(WithRuleCost(*model, request) == *model);
}

}  // namespace
}  // namespace lookout::app
