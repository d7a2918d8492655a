// The inspector on a real PointGoal1 episode.
#include "app/workers/inspector/inspector.h"

#include <doctest/doctest.h>

#include <chrono>
#include <limits>
#include <thread>
#include <vector>

#include "tests/app/workers/inspector/inspector_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

// Waits until so many answers are there, or for none to come.
std::vector<InspectorAnswer> Wait(Inspector& inspector, std::size_t count) {
  std::vector<InspectorAnswer> all;
  std::vector<InspectorAnswer> some;
  Eventually([&] {
    inspector.answers().Take(some);
    for (InspectorAnswer& answer : some) all.push_back(std::move(answer));
    return all.size() >= count;
  });
  return all;
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "a moment is explained as it is by itself, with where the move leads") {
  MomentExplainer explainer(factory);
  const auto explained = explainer.Explain(Request(7, 5, Gated()), {});
  REQUIRE(explained);
  CHECK(explained->number == 7);
  CHECK(explained->step == 5);
  CHECK(explained->labels == ui::LabelsKnown::kNone);
  auto fresh = factory.from_episode(header->config, header->setup, *chunk->steps[5].state);
  REQUIRE(fresh);
  const auto by_itself = agents::Explain(*Gated(), **fresh, nullptr);
  REQUIRE(by_itself);
  CHECK(explained->explanation.log_odds == by_itself->log_odds);
  CHECK(explained->explanation.contributions.objects.size() ==
        by_itself->contributions.objects.size());
  REQUIRE(explained->explanation.any_move.found == by_itself->any_move.found);
  REQUIRE(by_itself->any_move.found);
  REQUIRE(explained->moved != nullptr);
  REQUIRE((*fresh)->Restore(*explained->moved));
  CHECK(agents::PoseOf(**fresh).x_m == doctest::Approx(by_itself->any_move.pose.x_m));
  CHECK(agents::PoseOf(**fresh).heading_rad ==
        doctest::Approx(by_itself->any_move.pose.heading_rad));

  // Another moment in the same world gives the same again.
  REQUIRE(explainer.Explain(Request(8, 9, Gated()), {}));
  const auto again = explainer.Explain(Request(9, 5, Gated()), {});
  REQUIRE(again);
  CHECK(again->explanation.log_odds == by_itself->log_odds);
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "an explanation is told at once, and again with the labels it is like") {
  Inspector inspector(factory);
  ExplainRequest request = Request(1, 5, RandomEnsemble(gym->spec().signature(), 0.0));
  request.labels = Labels();
  inspector.Ask(request);
  const std::vector<InspectorAnswer> answers = Wait(inspector, 2);
  REQUIRE(answers.size() == 2);
  const auto& first = std::get<MomentAnswer>(answers[0]);
  const auto& second = std::get<MomentAnswer>(answers[1]);
  REQUIRE(first.moment != nullptr);
  REQUIRE(second.moment != nullptr);
  CHECK(first.moment->labels == ui::LabelsKnown::kComing);
  CHECK(first.moment->explanation.labels.empty());
  REQUIRE(second.moment->labels == ui::LabelsKnown::kThere);
  REQUIRE(second.moment->explanation.labels.size() == 1);  // the others are too near to it
  CHECK(second.moment->explanation.labels[0].episode == EpisodeId{4});
  CHECK(second.moment->explanation.labels[0].annotator == "me");
  CHECK(second.moment->explanation.labels[0].target == 1.0F);
}

TEST_CASE_FIXTURE(InspectedEpisode, "of several moments the newest alone is told") {
  *open = false;
  Inspector inspector(factory);
  inspector.Ask(Request(1, 3, Gated()));
  REQUIRE(Eventually([&] { return *asked > 0; }));  // the first is under way
  inspector.Ask(Request(2, 4, Gated()));
  inspector.Ask(Request(3, 5, Gated()));
  *open = true;
  const std::vector<InspectorAnswer> answers = Wait(inspector, 1);
  REQUIRE(answers.size() == 1);
  CHECK(std::get<MomentAnswer>(answers[0]).number == 3);
  REQUIRE(std::get<MomentAnswer>(answers[0]).moment != nullptr);
  CHECK(std::get<MomentAnswer>(answers[0]).moment->step == 5);
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "what is abandoned is told nothing of, and what comes after it is") {
  *open = false;
  Inspector inspector(factory);
  inspector.Ask(Request(1, 3, Gated()));
  REQUIRE(Eventually([&] { return *asked > 0; }));
  inspector.Abandon(2);
  *open = true;
  inspector.Ask(Request(2, 4, Gated()));
  const std::vector<InspectorAnswer> answers = Wait(inspector, 1);
  REQUIRE(answers.size() == 1);
  CHECK(std::get<MomentAnswer>(answers[0]).number == 2);
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "sensors of a moment are attacked after it is explained, alike each time") {
  Inspector inspector(factory);
  inspector.Ask(Request(1, 5, Gated()));
  SensorRequest request{Request(2, 5, Gated()), 0.05};
  request.moment.chunks = {chunk};
  inspector.Ask(request);
  request.moment.number = 3;
  inspector.Ask(request);
  const std::vector<InspectorAnswer> answers = Wait(inspector, 3);
  REQUIRE(answers.size() == 3);
  CHECK(std::holds_alternative<MomentAnswer>(answers[0]));  // nothing has abandoned it
  const auto& first = std::get<SensorAnswer>(answers[1]);
  const auto& again = std::get<SensorAnswer>(answers[2]);
  REQUIRE(first.result != nullptr);
  REQUIRE(again.result != nullptr);
  CHECK(first.result->step == 5);
  CHECK(first.result->scale_steps == 6);
  CHECK(first.result->attack.budget == 0.05);
  CHECK(first.result->attack.change == again.result->attack.change);
  CHECK(first.result->attack.smallest_budget == again.result->attack.smallest_budget);
  CHECK_FALSE(first.result->of_state_alone);
  CHECK(Eigen::VectorXf(chunk->steps[5].observation + first.result->attack.change)
            .cwiseAbs()
            .maxCoeff() > 0.0F);

  request.moment.number = 4;
  request.moment.record.state = nullptr;  // an episode from elsewhere
  inspector.Ask(request);
  request.moment.number = 5;
  request.moment.record.observation.setConstant(std::numeric_limits<float>::quiet_NaN());
  inspector.Ask(request);
  const std::vector<InspectorAnswer> others = Wait(inspector, 2);
  REQUIRE(others.size() == 2);
  CHECK(std::get<SensorAnswer>(others[0]).result != nullptr);
  CHECK(Contains(std::get<SensorAnswer>(others[1]).problem, "without all of its observation"));
}

TEST_CASE_FIXTURE(InspectedEpisode, "what cannot be explained says why") {
  Inspector inspector(factory);
  ExplainRequest request = Request(1, 3, Gated());
  request.record.state = nullptr;
  inspector.Ask(request);
  const std::vector<InspectorAnswer> answers = Wait(inspector, 1);
  REQUIRE(answers.size() == 1);
  CHECK(std::get<MomentAnswer>(answers[0]).moment == nullptr);
  CHECK(Contains(std::get<MomentAnswer>(answers[0]).problem, "Nothing can be tried out"));
}

TEST_CASE_FIXTURE(InspectedEpisode, "a world that was built ahead is the one that is asked about") {
  int built = 0;
  EnvironmentFactory counted;
  counted.from_episode = [&, build = counted.from_episode](const sim::EnvironmentConfig& config,
                                                           const sim::EpisodeSetup& setup,
                                                           const sim::SimState& state) {
    ++built;
    return build(config, setup, state);
  };
  MomentExplainer explainer(counted);
  REQUIRE(explainer.Enter(scene, chunk->steps[2].state));
  const auto explained = explainer.Explain(Request(1, 5, Gated()), {});
  REQUIRE(explained);
  CHECK(built == 1);
  const auto by_itself = MomentExplainer(EnvironmentFactory()).Explain(Request(1, 5, Gated()), {});
  REQUIRE(by_itself);
  CHECK(explained->explanation.log_odds == by_itself->explanation.log_odds);

  Inspector inspector{EnvironmentFactory()};
  inspector.Ask(PrepareRequest{1, scene, chunk->steps[0].state});
  inspector.Ask(Request(2, 5, Gated()));
  const std::vector<InspectorAnswer> answers = Wait(inspector, 1);
  REQUIRE(answers.size() == 1);  // nothing is told of what was built
  CHECK(std::get<MomentAnswer>(answers[0]).number == 2);
}

TEST_CASE_FIXTURE(InspectedEpisode, "an explanation is checked after it was told") {
  Inspector inspector(factory);
  inspector.Ask(Request(1, 3, RandomEnsemble(gym->spec().signature(), 0.0)));
  inspector.Ask(CheckRequest{Request(2, 3, RandomEnsemble(gym->spec().signature(), 0.0))});
  const std::vector<InspectorAnswer> answers = Wait(inspector, 2);
  REQUIRE(answers.size() == 2);
  CHECK(std::get<MomentAnswer>(answers[0]).moment != nullptr);
  const auto& checked = std::get<CheckAnswer>(answers[1]);
  CHECK(checked.number == 2);
  REQUIRE(checked.report != nullptr);
  CHECK(checked.report->has_networks);
  CHECK_FALSE(checked.report->shuffled);  // there are no labels
  CHECK(checked.report->planted.size() > 0);
}

TEST_CASE_FIXTURE(InspectedEpisode, "it ends in the middle of an explanation") {
  *open = false;
  {
    Inspector inspector(factory);
    inspector.Ask(Request(1, 3, Gated()));
    REQUIRE(Eventually([&] { return *asked > 0; }));
    inspector.RequestStop();
    *open = true;
    const auto start = std::chrono::steady_clock::now();
    *asked = 0;
    while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(20)) {
      std::this_thread::yield();
    }
  }
  CHECK(*asked < 5000);  // it was not gone through to its end
}

}  // namespace
}  // namespace lookout::app
