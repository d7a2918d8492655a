#include "app/goodhart/visit_episodes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "agents/policies/scripted/scripted_policies.h"
#include "app/explanations/explained_moment.h"
#include "app/goodhart/best_of_class.h"
#include "sim/engine/what_if.h"
#include "tests/app/goodhart/goodhart_support.h"

namespace lookout::app {
namespace {

sim::EnvironmentSpec SpecOf(const sim::EnvironmentConfig& config) {
  return (*sim::SafetyGym::Create(config))->spec();
}

std::vector<SeenEpisode> Driven(const sim::EnvironmentConfig& config, int episodes, int workers,
                                const StateWatcher& watch = {}) {
  const auto seeds = PlayableSeeds(config, {}, 40, episodes);
  REQUIRE(seeds.ok());
  const agents::PolicyPtr policy = test::Goer(config, SpecOf(config));
  auto played =
      PlaySeen(*policy, {.environment = &config, .seeds = *seeds, .workers = workers}, watch);
  REQUIRE(played.ok());
  return std::move(*played);
}

TEST_CASE("episodes are the same whatever the number of workers") {
  const sim::EnvironmentConfig config = test::ManyHazards();
  const auto one = Driven(config, 5, 1);
  const auto three = Driven(config, 5, 3);
  REQUIRE(three.size() == 5);
  for (std::size_t k = 0; k < one.size(); ++k) {
    CHECK(one[k].seed == three[k].seed);
    CHECK(one[k].observations == three[k].observations);
    CHECK(one[k].truth == three[k].truth);
    CHECK(one[k].total_reward == three[k].total_reward);
    CHECK(one[k].observations.cols() == 121);
    CHECK(one[k].actions.cols() == 120);
  }
}

TEST_CASE("any moment can be looked at again where lookout explain looks at it") {
  const sim::EnvironmentConfig config = test::ManyHazards();
  const auto played = Driven(config, 2, 1);
  const agents::PolicyPtr policy = test::Goer(config, SpecOf(config));
  const auto moment = PlayTo(37, config, *policy, played[1].seed);
  REQUIRE(moment.ok());
  CHECK(moment->observations == played[1].observations.leftCols(38));
  CHECK(moment->rule_cost == played[1].truth[36]);
}

TEST_CASE("the rule charges a state what it charged the step, and distances are those in it") {
  const sim::EnvironmentConfig config = test::ManyHazards();
  std::vector<std::vector<double>> charged(6);
  const auto played =
      Driven(config, 6, 2, [&](std::size_t episode, int, StepIndex, const sim::SafetyGym& gym) {
        charged[episode].push_back(sim::ChargeWithout(gym, {}).total);
      });
  int costly = 0;
  for (std::size_t k = 0; k < played.size(); ++k) {
    for (std::size_t i = 0; i < played[k].truth.size(); ++i) {
      CHECK(charged[k][i] == double(played[k].truth[i]));
      // Hazards charge within 0.2 m of their middle.
      CHECK((played[k].nearest_m[i] <= 0.2F) == (played[k].truth[i] > 0.0F));
      costly += played[k].truth[i] > 0.0F ? 1 : 0;
    }
  }
  CHECK(costly > 0);
}

TEST_CASE("steps are judged by the model and the best beside it") {
  const sim::EnvironmentConfig config = test::ManyHazards();
  const sim::EnvironmentSpec spec = SpecOf(config);
  const test::CloseIsUnsafe right(spec, "hazards_lidar", test::kAtHazardsEdge);
  const test::CloseIsUnsafe wrong(spec, "goal_lidar", 0.5F);
  const auto played = Driven(config, 6, 2);
  const auto judged = JudgeAll(played, {.model = &wrong, .proxy = &wrong, .best = &right}, 2);
  int differ = 0;
  for (const agents::VisitedEpisode& episode : judged) {
    CHECK(episode.kl == 0.0);
    for (const agents::VisitedStep& step : episode.steps) {
      CHECK(step.best == step.truth);
      differ += step.predicted != step.truth ? 1 : 0;
    }
  }
  CHECK(differ > 0);
}

TEST_CASE("true labels say of every so-many-th step what the rule charged") {
  const sim::EnvironmentConfig config = test::ManyHazards();
  const test::CloseIsUnsafe like(SpecOf(config), "hazards_lidar", 0.9F);
  const auto played = Driven(config, 3, 1);
  const agents::LabelSet labels = TrueLabels(played, like, 7);
  REQUIRE(labels.rows() == 3 * 17);
  for (std::int64_t i = 0; i < labels.rows(); ++i) {
    const agents::TargetPoint& point = labels.points[static_cast<std::size_t>(i)];
    const SeenEpisode& episode = played[static_cast<std::size_t>(point.episode.value - 1)];
    CHECK(point.unsafe() == (episode.truth[static_cast<std::size_t>(point.step - 1)] > 0.0F));
    CHECK(labels.observations.col(i) == episode.observations.col(point.step));
  }
}

TEST_CASE("seeds from which no episode starts are passed over, and too many of them refused") {
  sim::EnvironmentConfig config = test::ManyHazards();
  config.hazards.num = 400;
  const auto seeds = PlayableSeeds(config, {}, 1, 2);
  REQUIRE_FALSE(seeds.ok());
  CHECK(seeds.error().message.find("--seed") != std::string::npos);
}

TEST_CASE("it can be stopped") {
  const sim::EnvironmentConfig config = test::ManyHazards();
  const auto policy = agents::MakeRandomPolicy(SpecOf(config));
  const auto played = PlaySeen(
      *policy, {.environment = &config, .seeds = {1, 2}, .workers = 1, .progress = [](double) {
                  return false;
                }});
  CHECK_FALSE(played.ok());
}

}  // namespace
}  // namespace lookout::app
