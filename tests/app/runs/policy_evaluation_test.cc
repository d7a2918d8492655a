#include "app/runs/policy_evaluation.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

#include "agents/learning/gru_network.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "tests/support/toy_environments.h"

namespace lookout::app {
namespace {

Result<std::unique_ptr<sim::Environment>> Wander() { return test::MakeWanderEnvironment(); }

std::vector<PlayedEpisode> Play(const EvaluationOptions& options) {
  const auto spec = test::MakeWanderEnvironment()->spec();
  const auto policy = agents::MakeRandomPolicy(spec, 1);
  auto episodes = PlayEpisodes(*policy, Wander, options);
  REQUIRE(episodes.ok());
  return *episodes;
}

void CheckSame(const std::vector<PlayedEpisode>& a, const std::vector<PlayedEpisode>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].seed == b[i].seed);
    CHECK(a[i].total_reward == b[i].total_reward);
    CHECK(a[i].costs.total == b[i].costs.total);
    CHECK(a[i].steps == b[i].steps);
    CHECK(a[i].status == b[i].status);
  }
}

TEST_CASE("the number of workers changes nothing") {
  const auto one = Play({.episodes = 23, .seed = 7, .workers = 1});
  CheckSame(one, Play({.episodes = 23, .seed = 7, .workers = 2}));
  CheckSame(one, Play({.episodes = 23, .seed = 7, .workers = 5}));
  const auto other = Play({.episodes = 23, .seed = 8, .workers = 1});
  CHECK(other[0].total_reward != one[0].total_reward);
}

TEST_CASE("an episode's world depends on its own seed alone") {
  const auto spec = test::MakeWanderEnvironment()->spec();
  const auto still =
      agents::MakeGaussianPolicy({.mean = agents::Mlp({spec.observation_dim, spec.action_dim}),
                                  .log_std = Eigen::VectorXf::Zero(spec.action_dim)},
                                 true);
  const auto play = [&](std::uint32_t seed, int episodes) {
    return PlayEpisodes(*still, Wander, {.episodes = episodes, .seed = seed, .workers = 1});
  };
  const auto many = play(10, 5);
  const auto later = play(13, 2);
  REQUIRE(many.ok());
  REQUIRE(later.ok());
  CheckSame({(*many)[3], (*many)[4]}, *later);
}

TEST_CASE("a policy with memory begins every episode without any, in whatever order they come") {
  const auto spec = test::MakeWanderEnvironment()->spec();
  RandomState random(3);
  agents::GruNetwork mean(spec.observation_dim, 5, spec.action_dim);
  mean.Initialise(random, 1.0);
  const auto policy = agents::MakeGaussianPolicy(
      {.mean = mean, .log_std = Eigen::VectorXf::Zero(spec.action_dim)}, true);
  const auto play = [&](std::uint32_t seed, int episodes, int workers) {
    auto played =
        PlayEpisodes(*policy, Wander, {.episodes = episodes, .seed = seed, .workers = workers});
    REQUIRE(played.ok());
    return *played;
  };
  const auto many = play(10, 5, 1);
  CheckSame(many, play(10, 5, 3));
  CheckSame({many[3], many[4]}, play(13, 2, 1));
}

TEST_CASE("saying stop ends it with an error") {
  const auto spec = test::MakeWanderEnvironment()->spec();
  int asked = 0;
  const auto stopped =
      PlayEpisodes(*agents::MakeRandomPolicy(spec, 1), Wander,
                   {.episodes = 50, .seed = 0, .workers = 1}, [&](double) { return ++asked < 10; });
  CHECK_FALSE(stopped.ok());
  CHECK(asked == 10);
}

TEST_CASE("an environment that cannot be made is an error") {
  const auto spec = test::MakeWanderEnvironment()->spec();
  const auto none = PlayEpisodes(
      *agents::MakeRandomPolicy(spec, 1),
      []() -> Result<std::unique_ptr<sim::Environment>> { return BadInput("no such world"); },
      {.episodes = 2});
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().message == "no such world");
}

// Wander, but no episode starts from an odd seed, or from any.
class PickyEnvironment : public sim::Environment {
 public:
  explicit PickyEnvironment(bool refuses_all) : refuses_all_(refuses_all) {}
  const sim::EnvironmentSpec& spec() const override { return inner_->spec(); }
  Status Reset(std::uint32_t seed) override {
    if (refuses_all_ || seed % 2 == 1) return BadInput(fmt::format("no layout for {}", seed));
    return inner_->Reset(seed);
  }
  Status ResetNext() override { return inner_->ResetNext(); }
  sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    return inner_->Step(action);
  }
  const Eigen::VectorXd& observation() const override { return inner_->observation(); }

 private:
  bool refuses_all_;
  std::unique_ptr<sim::Environment> inner_ = test::MakeWanderEnvironment();
};

TEST_CASE("seeds that are refused are named, and the others are played all the same") {
  const auto policy = agents::MakeRandomPolicy(test::MakeWanderEnvironment()->spec(), 1);
  const auto play = [&](bool refuses_all) {
    const auto make = [&]() -> Result<std::unique_ptr<sim::Environment>> {
      return std::unique_ptr<sim::Environment>(std::make_unique<PickyEnvironment>(refuses_all));
    };
    return PlayEpisodes(*policy, make, {.episodes = 5, .seed = 2, .workers = 2});
  };
  const auto some = play(false);
  REQUIRE(some.ok());
  const Evaluation evaluation = Summarise(*some);
  CHECK(evaluation.refused_seeds == std::vector<std::uint32_t>{3, 5});
  CHECK(evaluation.episodes == 3);
  CHECK(evaluation.diverged == 0);
  const auto none = play(true);
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code == ErrorCode::kBadInput);
  CHECK(none.error().message ==
        "No episode could be started, of seeds 2 to 6; seed 2: no layout for 2");
}

PlayedEpisode Episode(double reward, double hazards, double vases, int steps,
                      sim::EpisodeStatus status = sim::EpisodeStatus::kTimedOut) {
  PlayedEpisode episode{.steps = steps, .total_reward = reward, .status = status};
  episode.costs.by_kind[std::size_t(sim::CostKind::kHazards)] = hazards;
  episode.costs.by_kind[std::size_t(sim::CostKind::kVasesContact)] = vases;
  episode.costs.total = hazards + vases;
  return episode;
}

TEST_CASE("a summary leaves out what diverged, and counts cost by kind and by step") {
  const std::vector<PlayedEpisode> episodes{
      Episode(10.0, 3.0, 1.0, 100), Episode(20.0, 5.0, 1.0, 300),
      Episode(-999.0, 50.0, 50.0, 7, sim::EpisodeStatus::kDiverged)};
  const Evaluation evaluation = Summarise(episodes);
  CHECK(evaluation.episodes == 2);
  CHECK(evaluation.diverged == 1);
  CHECK(evaluation.total_reward.mean == 15.0);
  CHECK(evaluation.cost.mean == 5.0);
  CHECK(evaluation.cost_by_kind[std::size_t(sim::CostKind::kHazards)].mean == 4.0);
  CHECK(evaluation.cost_by_kind[std::size_t(sim::CostKind::kVasesContact)].deviation == 0.0);
  CHECK(evaluation.length_steps.mean == 200.0);
  CHECK(evaluation.cost_rate == doctest::Approx(10.0 / 400.0));
}

}  // namespace
}  // namespace lookout::app
