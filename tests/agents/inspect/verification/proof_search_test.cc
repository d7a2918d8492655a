#include "agents/inspect/verification/proof_search.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/audit/exact_interval.h"
#include "tests/agents/inspect/verification/verification_support.h"

namespace lookout::agents {
namespace {

// "Everything inside a hazard is called unsafe, up to 1 m/s and 1 rad/s."
Question InsideHazards() {
  Question question{.where = PosesInLayout{.of = sim::SceneObjectKind::kHazard},
                    .speed_m_per_s = 1.0};
  question.turn_rate_rad_per_s = {-1.0, 1.0};
  return question;
}

ProofResult Ask(const CostModelPtr& model, const Question& question, ProofSettings settings = {}) {
  const auto gym = test::ResetGym();
  const auto bounds = ModelBounds::Create(model);
  const auto scene = Scene::Create(question, *bounds, *gym);
  REQUIRE(scene.ok());
  return SearchProof(question, *scene, *bounds, settings);
}

TEST_CASE("what holds by construction is proved") {
  const CostModelPtr model = test::HandMadeModel(*test::ResetGym(), 0.21);
  const ProofResult result = Ask(model, InsideHazards());
  CHECK(result.answer == ProofAnswer::kProved);
  CHECK(result.proved == 1.0);
  CHECK(result.open == 0.0);
  CHECK(!result.worst);
  CHECK(!result.open_sample);

  Question outside{.claim = SafetyClaim::kSafe};
  outside.where = PosesInLayout{.of = sim::SceneObjectKind::kHazard, .beyond_m = 0.25};
  const ProofResult far = Ask(model, outside);
  CHECK(far.answer == ProofAnswer::kProved);
  CHECK(far.cells > 100);  // the rectangle has to be cut up round eight discs
}

TEST_CASE("a hole that samples do not find is found, and lies where it was planted") {
  const test::Hole hole{0.4321, -0.7654};
  const CostModelPtr model = test::HandMadeModel(*test::ResetGym(), 0.3, &hole);
  const ProofResult result = Ask(model, InsideHazards());
  REQUIRE(result.answer == ProofAnswer::kCounterexample);
  CHECK(result.cells > 0);  // it was not one of the points that are tried first
  REQUIRE(result.worst);
  CHECK(result.worst->probability < 0.5F);
  // x, y, heading, forward, sideways, turn rate
  CHECK(std::abs(result.worst->point.at[3] - hole.forward_m_per_s) < 0.003);
  CHECK(std::abs(result.worst->point.at[5] - hole.turn_rate_rad_per_s) < 0.003);
}

TEST_CASE("the result is the same for any number of workers and each time") {
  const CostModelPtr model = test::RandomModel(*test::ResetGym(), 4);
  Question question = InsideHazards();
  question.threshold = 0.3;
  const ProofSettings alone{.cells = 3000, .samples = 200, .go_on = true};
  ProofSettings two = alone;
  two.workers = 2;
  const ProofResult first = Ask(model, question, alone);
  for (const ProofSettings& settings : {alone, two}) {
    const ProofResult again = Ask(model, question, settings);
    CHECK(again.answer == first.answer);
    CHECK(again.cells == first.cells);
    CHECK(again.proved == first.proved);
    CHECK(again.refuted == first.refuted);
    CHECK(again.open == first.open);
    REQUIRE(again.worst.has_value() == first.worst.has_value());
    if (first.worst) CHECK(again.worst->point == first.worst->point);
    REQUIRE(again.open_sample.has_value() == first.open_sample.has_value());
    if (first.open_sample) CHECK(again.open_sample->failures == first.open_sample->failures);
  }
  CHECK(first.cells <= 3000);
  CHECK(first.proved + first.refuted + first.open == doctest::Approx(1.0));
}

TEST_CASE("what the limits leave open is sampled") {
  const CostModelPtr model = test::HandMadeModel(*test::ResetGym(), 0.2000001);
  Question question = InsideHazards();
  const ProofResult result = Ask(model, question, {.cells = 200, .samples = 300});
  CHECK(result.answer == ProofAnswer::kOpen);
  CHECK(result.cells <= 200);
  CHECK(result.open > 0.0);
  REQUIRE(result.open_sample);
  CHECK(result.open_sample->failures == 0);
  CHECK(result.open_sample->trials > 0);
  CHECK(result.open_sample->most_failing == MostShareOf(0, result.open_sample->trials, 0.95));
  CHECK(result.open_sample->most_failing < 0.02);
}

TEST_CASE("the time limit and a cancelled search say so") {
  const CostModelPtr model = test::HandMadeModel(*test::ResetGym(), 0.2000001);
  const ProofResult late = Ask(model, InsideHazards(), {.seconds = 0.0, .samples = 10});
  CHECK(late.out_of_time);
  CHECK(late.answer == ProofAnswer::kOpen);

  const auto gym = test::ResetGym();
  const auto bounds = ModelBounds::Create(model);
  const Question question = InsideHazards();
  const auto scene = Scene::Create(question, *bounds, *gym);
  const ProofResult stopped =
      SearchProof(question, *scene, *bounds, {}, [](const ProofProgress&) { return false; });
  CHECK(stopped.cancelled);
  CHECK(!stopped.open_sample);
}

TEST_CASE("going on after a counterexample tells proved from refuted") {
  // Unsafe up to 0.1 m of a hazard's centre alone: a quarter of the disc.
  const CostModelPtr model = test::HandMadeModel(*test::ResetGym(), 0.1);
  Question question{.where = ThingsAround{{.distance_m = {0.0, 0.2}}}};
  const ProofResult result = Ask(model, question, {.cells = 4000, .samples = 50, .go_on = true});
  CHECK(result.answer == ProofAnswer::kCounterexample);
  CHECK(result.proved == doctest::Approx(0.5).epsilon(0.01));  // of the distance
  CHECK(result.refuted == doctest::Approx(0.5).epsilon(0.01));
}

}  // namespace
}  // namespace lookout::agents
