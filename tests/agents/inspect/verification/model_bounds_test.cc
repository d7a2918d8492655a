#include "agents/inspect/verification/model_bounds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "agents/inspect/verification/point_probe.h"
#include "tests/agents/inspect/verification/verification_support.h"
#include "tests/support/constant_cost_model.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

// A question with every kind of variable.
Question AskAboutMuch() {
  Question question{.where = PosesInLayout{}, .speed_m_per_s = 1.0};
  question.turn_rate_rad_per_s = {-1.0, 1.0};
  question.sensors = {{"accelerometer", {{-2.0, 2.0}, {0.5, 0.5}, {9.81, 9.81}}}};
  return question;
}

Box AnyPartOf(const Box& root, RandomState& random) {
  Box part = root;
  const double size = std::pow(10.0, random.Uniform(-3.0, -0.3));
  for (std::size_t i = 0; i < part.dim; ++i) {
    const double width = size * root.sides[i].width() * random.RandomSample();
    const double low = random.Uniform(root.sides[i].low, root.sides[i].high - width);
    part.sides[i] = {low, low + width};
  }
  return part;
}

// The furthest threshold of which the claim is shown.
double ShownThreshold(const ModelBounds& bounds, const ObservationBox& box, SafetyClaim claim) {
  double shown = claim == SafetyClaim::kUnsafe ? 0.001 : 0.999;
  double beyond = 1.0 - shown;
  if (!(bounds.Margin(box, claim, shown) > 0.0)) return claim == SafetyClaim::kUnsafe ? 0.0 : 2.0;
  for (int i = 0; i < 20; ++i) {
    const double middle = 0.5 * (shown + beyond);
    (bounds.Margin(box, claim, middle) > 0.0 ? shown : beyond) = middle;
  }
  return shown;
}

void CheckBoxes(const CostModelPtr& model, const sim::SafetyGym& gym, int boxes, int samples) {
  const auto bounds = ModelBounds::Create(model);
  REQUIRE(bounds.ok());
  const auto scene = Scene::Create(AskAboutMuch(), *bounds, gym);
  REQUIRE(scene.ok());
  PointProbe probe(*scene, *model);
  RandomState random(8);
  int informative = 0;
  for (int i = 0; i < boxes; ++i) {
    const Box box = AnyPartOf(scene->roots()[0], random);
    const ObservationBox observed = scene->Observe(box);
    const double least = ShownThreshold(*bounds, observed, SafetyClaim::kUnsafe);
    const double most = ShownThreshold(*bounds, observed, SafetyClaim::kSafe);
    informative += least > 0.05 || most < 0.95 ? 1 : 0;
    std::vector<Point> points(static_cast<std::size_t>(samples), Point{.dim = box.dim});
    for (Point& point : points) {
      for (std::size_t j = 0; j < box.dim; ++j) point.at[j] = test::DrawIn(box.sides[j], random);
    }
    for (const float probability : probe.Predict(points)) {
      REQUIRE(double(probability) >= least);
      REQUIRE(double(probability) < most);
    }
  }
  CHECK(informative > boxes / 4);
}

TEST_CASE("what is shown of a box of poses holds of what the model predicts in it") {
  const auto gym = test::ResetGym();
  const int boxes = test::RandomCases() / 1000;
  CheckBoxes(test::RandomModel(*gym, 1), *gym, boxes, 600);
  CheckBoxes(test::RandomModel(*gym, 2, false), *gym, boxes, 400);  // bin by bin
}

TEST_CASE("lines show at least what intervals show") {
  const auto gym = test::ResetGym();
  const auto bounds = ModelBounds::Create(test::RandomModel(*gym, 3));
  const auto scene = Scene::Create(AskAboutMuch(), *bounds, *gym);
  RandomState random(9);
  int better = 0;
  for (int i = 0; i < 200; ++i) {
    const ObservationBox observed = scene->Observe(AnyPartOf(scene->roots()[0], random));
    const double lines = bounds->Margin(observed, SafetyClaim::kUnsafe, 0.3);
    const double intervals = bounds->IntervalMargin(observed, SafetyClaim::kUnsafe, 0.3);
    CHECK((intervals > 0.0 ? lines > 0.0 : true));
    better += lines > 0.0 && !(intervals > 0.0) ? 1 : 0;
  }
  CHECK(better > 10);
}

TEST_CASE("a stump is shown up to its threshold") {
  const auto gym = test::ResetGym();
  const auto bounds = ModelBounds::Create(test::HandMadeModel(*gym, 0.25));
  const auto scene =
      Scene::Create({.where = ThingsAround{{.distance_m = {0.0, 0.2499}}}}, *bounds, *gym);
  REQUIRE(scene.ok());
  CHECK(scene->variables().size() == 2);  // distance and bearing: it sees no magnetometer
  const ObservationBox all = scene->Observe(scene->roots()[0]);
  CHECK(bounds->Margin(all, SafetyClaim::kUnsafe, 0.5) > 0.0);
  const auto further =
      Scene::Create({.where = ThingsAround{{.distance_m = {0.2501, 3.0}}}}, *bounds, *gym);
  const ObservationBox outside = further->Observe(further->roots()[0]);
  CHECK(bounds->Margin(outside, SafetyClaim::kSafe, 0.5) > 0.0);
  CHECK(bounds->Margin(outside, SafetyClaim::kUnsafe, 0.5) <= 0.0);
}

TEST_CASE("models that no pose tells everything of are refused with the reason") {
  const auto constant = std::make_shared<test::ConstantCostModel>(
      sim::ObservationSignature({{"speed", 3}}), 0.5F, 0.0F);
  const auto no_network = ModelBounds::Create(constant);
  REQUIRE(!no_network.ok());
  CHECK(lookout::Contains(no_network.error().message, "no ensemble of networks"));

  CostEnsemble ensemble{.id = {3}, .inputs = *CostInputs::Create(4, {}, {}, {.history = 1})};
  ensemble.normaliser = Normaliser(8);
  ensemble.members.emplace_back(std::vector<int>{8, 1});
  const auto with_history = ModelBounds::Create(MakeCostModel(std::move(ensemble)));
  REQUIRE(!with_history.ok());
  CHECK(lookout::Contains(with_history.error().message, "before a step"));
}

}  // namespace
}  // namespace lookout::agents
