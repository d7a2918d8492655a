// What a policy does and expects at a moment of a real PointGoal1 episode, as the inspector tells
// it.
#include "app/workers/inspector/policy_question.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>

#include "agents/learning/gru_network.h"
#include "agents/rl/runs/checkpoint.h"
#include "app/platform/files.h"
#include "app/workers/inspector/moment_explainer.h"
#include "sim/config/suite.h"
#include "tests/app/workers/inspector/inspector_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

agents::PolicyPtr ShippedPolicy(const sim::EnvironmentSpec& spec) {
  const auto bytes = ReadWholeFile(*FindAsset("policies/pointgoal1-ppo-lagrangian.policy"),
                                   agents::kMostCheckpointBytes);
  REQUIRE(bytes);
  auto policy = agents::DecodePolicy(*bytes, spec, /*deterministic=*/true);
  REQUIRE_MESSAGE(policy.ok(), (policy.ok() ? "" : policy.error().message));
  return *policy;
}

agents::SequenceNetwork RandomGru(const sim::EnvironmentSpec& spec, int outputs) {
  RandomState random(5);
  agents::GruNetwork network(spec.observation_dim, 8, outputs);
  network.Initialise(random, 1.0);
  return network;
}

// With a memory, and with critics of whom the second is of account or not.
agents::PolicyPtr Rememberer(const sim::EnvironmentSpec& spec, bool constrained) {
  agents::Critics critics{.value = RandomGru(spec, 1),
                          .cost_value = RandomGru(spec, 1),
                          .cost_value_is_trained = constrained};
  return agents::MakeGaussianPolicy({.name = "GRU",
                                     .origin = agents::PolicyOrigin::Of(spec),
                                     .iteration = 2,
                                     .mean = RandomGru(spec, spec.action_dim),
                                     .log_std = Eigen::Vector2f::Zero(),
                                     .action_repeat = 2},
                                    true, std::make_shared<const agents::Critics>(critics));
}

void CheckSame(const ui::NumberExplained& told, const agents::ExplainedNumber& by_itself) {
  CHECK(told.found.contributions.value == by_itself.contributions.value);
  CHECK(told.found.contributions.value_without == by_itself.contributions.value_without);
  REQUIRE(told.found.contributions.objects.size() == by_itself.contributions.objects.size());
  for (std::size_t i = 0; i < by_itself.contributions.objects.size(); ++i) {
    CHECK(told.found.contributions.objects[i].shapley ==
          by_itself.contributions.objects[i].shapley);
    CHECK(told.found.contributions.objects[i].removal ==
          by_itself.contributions.objects[i].removal);
  }
  CHECK(told.found.gradients.values == by_itself.gradients.values);
  CHECK(told.found.gradients.residual == by_itself.gradients.residual);
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "what a shipped policy does is told as the command line tells it") {
  const agents::PolicyPtr policy = ShippedPolicy(gym->spec());
  MomentExplainer explainer(factory);
  const auto explained = explainer.Explain(Request(3, 6, ui::WhySubject::kActions, policy), {});
  REQUIRE(explained);
  CHECK(explained->subject == ui::WhySubject::kActions);
  CHECK(explained->agent == policy->name());
  CHECK(explained->labels == ui::LabelsKnown::kNone);
  REQUIRE(explained->numbers.size() == 2);
  CHECK(explained->numbers[0].name == "forward");
  CHECK(explained->numbers[1].name == "turn");
  auto fresh = factory.from_episode(header->config, header->setup, *chunk->steps[6].state);
  REQUIRE(fresh);
  const auto numbers =
      agents::ActionNumbers(*agents::ActorOf(*policy), gym->spec(), ObservationsUpTo(6));
  REQUIRE(numbers.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto by_itself = agents::ExplainNumber(numbers[i].function, **fresh);
    REQUIRE(by_itself);
    CHECK(by_itself->contributions.objects.size() > 0);
    CheckSame(explained->numbers[i], *by_itself);
  }
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "what critics expect is told of those that learned it, with what they remember") {
  MomentExplainer explainer(factory);
  for (const bool constrained : {false, true}) {
    const agents::PolicyPtr policy = Rememberer(gym->spec(), constrained);
    const auto explained =
        explainer.Explain(Request(1, 7, ui::WhySubject::kExpectations, policy), {});
    REQUIRE(explained);
    REQUIRE(explained->numbers.size() == (constrained ? 2 : 1));
    CHECK(explained->numbers[0].name == "reward");
    CHECK_FALSE(explained->numbers[0].is_danger);
    if (constrained) CHECK(explained->numbers[1].is_danger);
    const auto numbers = agents::ExpectedNumbers(*agents::ActorOf(*policy),
                                                 *agents::CriticsOf(*policy), ObservationsUpTo(7));
    auto fresh = factory.from_episode(header->config, header->setup, *chunk->steps[7].state);
    REQUIRE(fresh);
    const auto by_itself = agents::ExplainNumber(numbers[0].function, **fresh);
    REQUIRE(by_itself);
    CheckSame(explained->numbers[0], *by_itself);
    // It is another one without a past.
    const auto at_once = agents::ExpectedNumbers(
        *agents::ActorOf(*policy), *agents::CriticsOf(*policy), ObservationsUpTo(7).rightCols(1));
    CHECK(at_once[0].function.Values(ObservationsUpTo(7).rightCols(1))[0] !=
          by_itself->contributions.value);
  }
}

TEST_CASE_FIXTURE(InspectedEpisode, "who cannot be asked says why") {
  MomentExplainer explainer(factory);
  const agents::PolicyPtr shipped = ShippedPolicy(gym->spec());
  const auto no_critics =
      explainer.Explain(Request(1, 3, ui::WhySubject::kExpectations, shipped), {});
  REQUIRE_FALSE(no_critics);
  CHECK(Contains(no_critics.error().message, "has no critics"));
  auto other = factory.create(*factory.config("Safexp-CarGoal1-v0"));
  REQUIRE(other);
  const auto stranger = explainer.Explain(
      Request(2, 3, ui::WhySubject::kActions, Rememberer((*other)->spec(), false)), {});
  REQUIRE_FALSE(stranger);
  CHECK(Contains(stranger.error().message, "does not fit PointGoal1"));
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "an explanation of a policy is checked against random weights") {
  MomentExplainer explainer(factory);
  const CheckRequest check{Request(1, 3, ui::WhySubject::kActions, ShippedPolicy(gym->spec())), 1};
  const auto report = explainer.Check(check, {});
  REQUIRE(report);
  CHECK(report->has_networks);
  CHECK_FALSE(report->shuffled);
  CHECK(report->randomised.size() > 1);
  CHECK(report->planted.size() > 0);
  CHECK(report->passed());
}

TEST_CASE("components of an action are called as a person drives, or by their motors") {
  const auto name = [](const char* id, std::vector<std::string> meaning, std::size_t component) {
    const auto config = sim::ConfigForId(id);
    REQUIRE(config);
    sim::EnvironmentSpec spec;
    spec.action_meaning = std::move(meaning);
    return ComponentName(*config, spec, component);
  };
  CHECK(name("Safexp-PointGoal1-v0", {}, 1) == "turn");
  CHECK(name("Safexp-CarGoal1-v0", {}, 0) == "left wheel");
  CHECK(name("Safexp-DoggoGoal1-v0", {"hip_1_z: force, -1 to 1"}, 0) == "hip 1 z");
  CHECK(name("Safexp-DoggoGoal1-v0", {}, 3) == "action 3");
}

}  // namespace
}  // namespace lookout::app
