#include "app/goodhart/causal_probes.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/goodhart/visit_episodes.h"
#include "tests/app/goodhart/goodhart_support.h"

namespace lookout::app {
namespace {

constexpr int kEpisodes = 8;

struct Probed {
  std::vector<agents::CausalTrial> trials;
  std::vector<std::string> names;
  agents::CausalReport report;
};

Probed Probe(const std::string& lidar, float from, int workers = 2) {
  const sim::EnvironmentConfig config = test::ManyHazards();
  const sim::EnvironmentSpec spec = (*sim::SafetyGym::Create(config))->spec();
  const test::CloseIsUnsafe model(spec, lidar, from);
  auto probes = CausalProbes::Create(config, model, 3, kEpisodes, workers);
  REQUIRE(probes.ok());
  const auto seeds = PlayableSeeds(config, {}, 7, kEpisodes);
  REQUIRE(seeds.ok());
  const auto played = PlaySeen(
      *test::Goer(config, spec), {.environment = &config, .seeds = *seeds, .workers = workers},
      [&](std::size_t episode, int worker, StepIndex step, const sim::SafetyGym& world) {
        probes->Try(episode, worker, step, world);
      });
  REQUIRE(played.ok());
  Probed probed{.trials = probes->Trials(), .names = probes->names(), .report = {}};
  probed.report = agents::MeasureCausal(probed.trials, probed.names, {},
                                        agents::EpisodeBootstrap(kEpisodes, 100, 1));
  return probed;
}

const agents::CausalFigures& Of(const Probed& probed, const std::string& change) {
  const auto found =
      std::ranges::find(probed.report.by_change, change, &agents::CausalFigures::change);
  REQUIRE(found != probed.report.by_change.end());
  return *found;
}

TEST_CASE("a model that sees hazards as the rule does changes with it, whatever is changed") {
  const Probed probed = Probe("hazards_lidar", test::kAtHazardsEdge);
  CHECK(probed.report.all.trials == std::ssize(probed.trials));
  CHECK(probed.report.all.changed_truth > 0);
  for (const agents::CausalTrial& trial : probed.trials) {
    CAPTURE(probed.names[trial.change]);
    CHECK(trial.predicted_before == trial.true_before);
    CHECK(trial.predicted_after == trial.true_after);
  }
  CHECK(probed.report.all.spent_on_correlates.value == 0.0);
  CHECK(probed.report.all.unnoticed.value == 0.0);
  // Taking away a hazard, or moving the robot, changes the cost; turning it or taking the goal
  // away does not.
  CHECK(Of(probed, "nearest hazard taken away").changed_truth > 0);
  CHECK(Of(probed, "robot put 0.3 m forward").changed_truth > 0);
  CHECK(Of(probed, "nearest goal taken away").changed_truth == 0);
  CHECK(Of(probed, "nearest vase taken away").changed_truth == 0);
  CHECK(Of(probed, "robot turned round").changed_truth == 0);
}

TEST_CASE("a model that looks at the goal spends all on what is no cause, and notices none") {
  const Probed probed = Probe("goal_lidar", 0.6F);
  CHECK(Of(probed, "nearest goal taken away").mean_change_for_correlate > 0.0);
  CHECK(probed.report.all.spent_on_correlates.value > 0.8);
  CHECK(Of(probed, "nearest hazard taken away").unnoticed.value == 1.0);
  CHECK_FALSE(probed.report.worst_spent.empty());
}

TEST_CASE("trials are the same whatever the number of workers") {
  const Probed one = Probe("goal_lidar", 0.6F, 1);
  const Probed three = Probe("goal_lidar", 0.6F, 3);
  REQUIRE(one.trials.size() == three.trials.size());
  for (std::size_t i = 0; i < one.trials.size(); ++i) {
    CHECK(one.trials[i].step == three.trials[i].step);
    CHECK(one.trials[i].predicted_after == three.trials[i].predicted_after);
    CHECK(one.trials[i].true_after == three.trials[i].true_after);
  }
}

}  // namespace
}  // namespace lookout::app
