#include "agents/inspect/explanations/counterfactual.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "agents/inspect/explanations/changed_models.h"
#include "tests/agents/inspect/explanations/explanation_support.h"

namespace lookout::agents {
namespace {

Counterfactual MoveIn(const Result<Counterfactual>& found) {
  REQUIRE(found.ok());
  return *found;
}

// What the model says once the robot has been moved, and the world put back.
double ProbabilityAfter(const CostModel& model, sim::SafetyGym& world, const sim::RobotMove& move) {
  const sim::SimState state = world.Save();
  sim::ObserveMoved(world, state, move);
  const double probability = model.PredictOne(world.observation().cast<float>()).probability;
  sim::ObserveMoved(world, state, {});
  return probability;
}

TEST_CASE("the move that is told flips the verdict, and a slightly smaller one does not") {
  const CostModelPtr shipped = test::ShippedModel();
  const auto world = test::PointGoalMoment();
  for (const double distance_m : {0.1, 0.6}) {
    test::StandBefore(*world, 0, distance_m);
    for (const CounterfactualMoves moves :
         {CounterfactualMoves::kAny, CounterfactualMoves::kShift}) {
      CAPTURE(distance_m);
      const Counterfactual found =
          MoveIn(CounterfactualOf(ExplainedModel(*shipped), *world, moves));
      CHECK(found.was_unsafe == (distance_m == 0.1));
      REQUIRE(found.found);
      CHECK((ProbabilityAfter(*shipped, *world, found.move) >= kUnsafeFrom) != found.was_unsafe);
      const double smaller = found.not_yet_m / found.size_m;
      const sim::RobotMove almost{.shift_in_world_m = smaller * found.move.shift_in_world_m,
                                  .turn_rad = smaller * found.move.turn_rad};
      CHECK((ProbabilityAfter(*shipped, *world, almost) >= kUnsafeFrom) == found.was_unsafe);
      CHECK(found.size_m - found.not_yet_m <= 1e-3);
      CHECK(std::hypot(found.shift_m, 0.25 * found.move.turn_rad) == doctest::Approx(found.size_m));
      if (moves == CounterfactualMoves::kShift) CHECK(found.move.turn_rad == 0.0);
    }
  }
}

TEST_CASE("the smallest move goes straight to where the verdict changes") {
  // A cue in the bin straight ahead: unsafe from a reading of 0.8, which of a hazard straight ahead
  // and a little to the left is 0.6 m.
  const auto world = test::AmongHazards({{1.0, 0.2}});
  const CostModelPtr cue =
      PlantedCue(world->spec().signature(), test::PlaceOf(*world, "hazards_lidar"), 0.8F);
  const Counterfactual found =
      MoveIn(CounterfactualOf(ExplainedModel(*cue), *world, CounterfactualMoves::kShift));
  CHECK_FALSE(found.was_unsafe);
  REQUIRE(found.found);
  const double distance_m = std::hypot(1.0, 0.2);
  CHECK(found.size_m == doctest::Approx(distance_m - 0.6).epsilon(0.01));
  CHECK(found.move.shift_in_world_m.x() > 0.9 * found.size_m);
  CHECK(found.pose.x_m == doctest::Approx(found.move.shift_in_world_m.x()).epsilon(1e-3));
}

TEST_CASE("a turn is enough where a heading is all that matters") {
  const auto world = test::AmongHazards({{0.0, 1.0}});  // to the left
  const CostModelPtr cue =
      PlantedCue(world->spec().signature(), test::PlaceOf(*world, "hazards_lidar"), 0.5F);
  const Counterfactual found =
      MoveIn(CounterfactualOf(ExplainedModel(*cue), *world, CounterfactualMoves::kTurn));
  REQUIRE(found.found);
  CHECK(found.shift_m == 0.0);
  // Bin 0 reaches from straight ahead to 22.5 degrees on the left, and shows a share of what is
  // beyond.
  CHECK(found.move.turn_rad > 0.6);
  CHECK(found.move.turn_rad < std::numbers::pi / 2);
  CHECK(found.pose.heading_rad == doctest::Approx(found.move.turn_rad).epsilon(1e-6));
}

TEST_CASE("that nothing was found is said, with how far was searched") {
  const auto world = test::AmongHazards({{2.9, 0.2}});
  const CostModelPtr cue =
      PlantedCue(world->spec().signature(), test::PlaceOf(*world, "hazards_lidar"), 0.99F);
  const Counterfactual found = MoveIn(
      CounterfactualOf(ExplainedModel(*cue), *world, CounterfactualMoves::kAny, {.most_m = 0.4}));
  CHECK_FALSE(found.found);
  CHECK(found.searched_m == 0.4);
  const Counterfactual turn = MoveIn(
      CounterfactualOf(ExplainedModel(*cue), *world, CounterfactualMoves::kTurn, {.most_m = 0.4}));
  CHECK_FALSE(turn.found);
  CHECK(turn.searched_m == doctest::Approx(0.25 * std::numbers::pi));  // all of half a turn
}

TEST_CASE("the world is afterwards as it was, and the search says the same again") {
  const CostModelPtr shipped = test::ShippedModel();
  const auto world = test::PointGoalMoment();
  test::StandBefore(*world, 0, 0.1);
  const Eigen::VectorXd before = world->observation();
  const ExplainedModel model(*shipped);
  const Counterfactual first = MoveIn(CounterfactualOf(model, *world, CounterfactualMoves::kAny));
  CHECK((world->observation() - before).cwiseAbs().maxCoeff() < 1e-12);
  const Counterfactual second = MoveIn(CounterfactualOf(model, *world, CounterfactualMoves::kAny));
  CHECK(first.size_m == second.size_m);
  CHECK(first.move.shift_in_world_m == second.move.shift_in_world_m);
  CHECK(first.move.turn_rad == second.move.turn_rad);
}

TEST_CASE("a search can be stopped") {
  const CostModelPtr shipped = test::ShippedModel();
  const auto world = test::PointGoalMoment();
  int asked = 0;
  const auto stopped = CounterfactualOf(ExplainedModel(*shipped), *world, CounterfactualMoves::kAny,
                                        {}, [&] { return ++asked < 2; });
  CHECK_FALSE(stopped.ok());
}

}  // namespace
}  // namespace lookout::agents
