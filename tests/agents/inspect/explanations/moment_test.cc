// Speed and heading, labelled moments, and all of an explanation at once.
#include <doctest/doctest.h>

#include <cmath>
#include <utility>

#include "agents/inspect/explanations/changed_models.h"
#include "agents/inspect/explanations/explanation.h"
#include "sim/config/config_file.h"
#include "tests/agents/inspect/explanations/explanation_support.h"
#include "tests/support/first_value_model.h"

namespace lookout::agents {
namespace {

TEST_CASE("a cue in the speed is found in the curve, whatever the heading") {
  const auto world = test::PointGoalMoment();
  const CostModelPtr cue =
      PlantedCue(world->spec().signature(), test::PlaceOf(*world, "velocimeter"), 0.5F);
  const auto curve = MotionCurveOf(ExplainedModel(*cue), *world);
  REQUIRE(curve.ok());
  CHECK(curve->speeds_m_s == std::vector<double>{-0.5, 0.0, 0.5, 1.0, 1.5});
  REQUIRE(curve->turns_rad.size() == 8);
  for (int heading = 0; heading < 8; ++heading) {
    CHECK(curve->probability(0, heading) < 0.05);
    CHECK(curve->probability(2, heading) == doctest::Approx(0.5).epsilon(0.02));
    CHECK(curve->probability(4, heading) > 0.95);
  }
}

TEST_CASE("a cue in a lidar is the same at every speed, and another in every heading") {
  const auto world = test::AmongHazards({{1.0, 0.2}});
  const CostModelPtr cue =
      PlantedCue(world->spec().signature(), test::PlaceOf(*world, "hazards_lidar"), 0.3F);
  const auto curve = MotionCurveOf(ExplainedModel(*cue), *world);
  REQUIRE(curve.ok());
  for (int speed = 1; speed < 5; ++speed) {
    CHECK(curve->probability.row(speed) == curve->probability.row(0));
  }
  CHECK(curve->probability(0, 0) > 0.8);
  CHECK(curve->probability(0, 4) < 0.2);  // it looks away
}

// Three moments of two episodes, the last of each like the one that is asked about.
LabelSet SomeLabels(const Eigen::VectorXf& observation) {
  LabelSet labels;
  labels.observations = observation.replicate(1, 4);
  labels.observations.col(0).array() += 0.3F;
  labels.observations.col(2).array() += 0.1F;
  labels.observations.col(3).array() += 0.11F;
  labels.annotators = {"Ann"};
  const auto point = [](std::int64_t episode, StepIndex step, float target) {
    TargetPoint one;
    one.target = target;
    one.episode = EpisodeId{episode};
    one.step = step;
    one.annotator = 0;
    return one;
  };
  labels.points = {point(1, 10, 0.0F), point(1, 90, 1.0F), point(2, 40, 0.0F), point(2, 44, 0.0F)};
  return labels;
}

TEST_CASE("the nearest labels come first, and neighbours of one are not told again") {
  const auto world = test::PointGoalMoment();
  const CostModelPtr shipped = test::ShippedModel();
  const Eigen::VectorXf observation = world->observation().cast<float>();
  const auto near = NearestLabels(ExplainedModel(*shipped), SomeLabels(observation), observation);
  REQUIRE(near.ok());
  REQUIRE(near->size() == 3);
  CHECK((*near)[0].episode == EpisodeId{1});
  CHECK((*near)[0].step == 90);
  CHECK((*near)[0].distance == 0.0);
  CHECK((*near)[0].target == 1.0F);
  CHECK((*near)[0].annotator == "Ann");
  CHECK((*near)[1].step == 40);
  CHECK((*near)[2].step == 10);
  CHECK((*near)[1].distance < (*near)[2].distance);
}

TEST_CASE("labels that cannot be compared are refused") {
  const auto world = test::PointGoalMoment();
  const Eigen::VectorXf observation = world->observation().cast<float>();
  const lookout::test::FirstValueModel first(60, 0.0F);
  CHECK_FALSE(NearestLabels(ExplainedModel(first), SomeLabels(observation), observation).ok());
  const CostModelPtr shipped = test::ShippedModel();
  const auto refused =
      NearestLabels(ExplainedModel(*shipped), SomeLabels(Eigen::VectorXf::Zero(5)), observation);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("5 values, not of 60") != std::string::npos);
}

TEST_CASE("an explanation is the same whenever it is asked for") {
  const CostModelPtr shipped = test::ShippedModel();
  const auto world = test::PointGoalMoment();
  test::StandBefore(*world, 0, 0.15);
  const Eigen::VectorXd before = world->observation();
  const auto first = Explain(*shipped, *world, nullptr);
  const auto second = Explain(*shipped, *world, nullptr);
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CHECK((world->observation() - before).cwiseAbs().maxCoeff() < 1e-12);
  CHECK(first->is_unsafe);
  CHECK(first->log_odds == doctest::Approx(first->contributions.value).epsilon(1e-5));
  CHECK(first->gradients.values.isApprox(second->gradients.values));
  CHECK(first->motion.probability == second->motion.probability);
  CHECK(first->any_move.size_m == second->any_move.size_m);
  // The hazard that it stands in is what it is about, and moving alone or turning alone is no
  // smaller than any move.
  CHECK(first->contributions.objects[0].kind == sim::SceneObjectKind::kHazard);
  CHECK(first->contributions.objects[0].index == 0);
  REQUIRE(first->any_move.found);
  REQUIRE(first->shift.found);
  CHECK(first->any_move.size_m <= first->shift.size_m + 1e-3);
}

TEST_CASE("an episode goes on after an explanation as it would have") {
  const CostModelPtr shipped = test::ShippedModel();
  const auto asked = test::PointGoalMoment();
  const auto other = test::PointGoalMoment();
  REQUIRE(Explain(*shipped, *asked, nullptr).ok());
  asked->Step(Eigen::Vector2d(0.5, 0.2));
  other->Step(Eigen::Vector2d(0.5, 0.2));
  CHECK((asked->observation() - other->observation()).cwiseAbs().maxCoeff() < 1e-9);
}

TEST_CASE("what cannot be explained is refused with what differs") {
  const CostModelPtr shipped = test::ShippedModel();
  const auto car = test::World(*sim::ConfigForId("Safexp-PointButton1-v0"));
  const auto misfit = Explain(*shipped, *car, nullptr);
  REQUIRE_FALSE(misfit.ok());
  CHECK(misfit.error().message.find("buttons_lidar") != std::string::npos);
  sim::EnvironmentConfig config = *sim::ConfigForId("Safexp-PointGoal1-v0");
  config.lidar_type = sim::LidarType::kNatural;
  config.lidar_max_dist.reset();
  const auto natural = test::World(config);
  const CostModelPtr model = test::RandomModel(natural->spec().signature(), false);
  const auto refused = Explain(*model, *natural, nullptr);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("lidar_type") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
