#include "app/workers/cost_field/cost_field_worker.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "tests/app/workers/worker_support.h"
#include "tests/support/step_states.h"

namespace lookout::app {
namespace {

// A moment of a real PointGoal1 episode, some steps in.
struct Lookout {
  EnvironmentFactory factory;
  CostModelRegistry models;
  NoticeBoard notices;
  EnvironmentFactory::Gym gym;
  CostFieldRequest request;

  Lookout() {
    Result<EnvironmentFactory::Gym> made = factory.create(*factory.config("Safexp-PointGoal1-v0"));
    REQUIRE(made);
    gym = std::move(made).value();
    REQUIRE(gym->Reset(11));
    auto header = std::make_shared<sim::EpisodeHeader>();
    header->id = EpisodeId{4};
    header->config = gym->config();
    header->setup = gym->setup();
    auto scene = std::make_shared<ui::EpisodeScene>();
    scene->header = header;
    scene->spec = gym->spec();
    scene->scene = gym->scene();
    request.scene = scene;
    Look(10);
  }
  void Look(int steps) {
    for (int i = 0; i < steps; ++i) gym->Step(Eigen::Vector2d(0.5, 0.2));
    request.step += steps;
    test::SetState(request.record, gym->Save());
    request.record.observation = gym->observation().cast<float>();
  }
  int observation_dim() const { return gym->spec().observation_dim; }
};

// Predicts the closeness of the nearest hazard, which is a lidar reading.
class HazardWatcher : public KnownCostModel {
 public:
  HazardWatcher(std::int64_t id, const sim::EnvironmentSpec& spec)
      : KnownCostModel(id, spec.observation_dim), lidar_(*spec.FindEntry("hazards_lidar")) {}
  void Predict(const agents::Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability = transitions.next_observations.middleRows(lidar_.offset, lidar_.size)
                      .colwise()
                      .maxCoeff()
                      .transpose();
    spread.setConstant(0.25F);
  }

 private:
  sim::ObservationEntry lidar_;
};

TEST_CASE_FIXTURE(Lookout, "the field covers the floor and is high where the hazards are") {
  CostFieldSampler survey(factory);
  ui::FieldSnapshot field;
  const HazardWatcher model(2, gym->spec());
  REQUIRE(survey.Compute(request, &model, field));
  CHECK(field.episode == EpisodeId{4});
  CHECK(field.step == 10);
  CHECK(field.model == CostModelId{2});
  REQUIRE(field.predicted.size() == static_cast<std::size_t>(field.rows * field.columns));
  const sim::Rectangle& extents = gym->config().placements_extents;
  CHECK(field.min_x_m < extents[0]);
  CHECK(field.max_y_m > extents[3]);

  Eigen::Matrix3Xd positions;
  gym->ObjectPositions(positions);
  const auto& objects = gym->scene().objects;
  const auto cell_at = [&](double x_m, double y_m) {
    const int column =
        static_cast<int>((x_m - field.min_x_m) / (field.max_x_m - field.min_x_m) * field.columns);
    const int row =
        static_cast<int>((y_m - field.min_y_m) / (field.max_y_m - field.min_y_m) * field.rows);
    return static_cast<std::size_t>(row * field.columns + column);
  };
  int hazards = 0;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].kind != sim::SceneObjectKind::kHazard) continue;
    ++hazards;
    const auto column = static_cast<Eigen::Index>(i);
    const std::size_t cell = cell_at(positions(0, column), positions(1, column));
    CHECK(field.rule_cost[cell] == 1.0F);
    CHECK(field.predicted[cell] > 0.9F);
    CHECK(field.spread[cell] == 0.25F);
  }
  CHECK(hazards == gym->config().hazards.num);
  const std::size_t corner = 0;
  CHECK(field.rule_cost[corner] == 0.0F);
  CHECK(field.predicted[corner] < 0.9F);
}

TEST_CASE_FIXTURE(Lookout, "without a model that fits there is nothing to show") {
  CostFieldSampler survey(factory);
  ui::FieldSnapshot field;
  REQUIRE(survey.Compute(request, nullptr, field));
  CHECK(field.model == CostModelId{});
  CHECK(field.predicted.empty());
  const KnownCostModel other(1, 7);
  REQUIRE(survey.Compute(request, &other, field));
  CHECK(field.model == CostModelId{});
  // Of the same length, but of other things.
  const KnownCostModel foreign(1, observation_dim(),
                               sim::ObservationSignature({{"elsewhere", observation_dim()}}));
  REQUIRE(survey.Compute(request, &foreign, field));
  CHECK(field.model == CostModelId{});
}

TEST_CASE_FIXTURE(Lookout, "the surveyor answers the newest question, with the newest model") {
  models.Add(std::make_shared<KnownCostModel>(1, observation_dim()));
  CostFieldWorker cost_field_worker(factory, models, notices);
  for (int i = 0; i < 20; ++i) {
    Look(1);
    cost_field_worker.Ask(request);
  }
  const auto answered = [&](StepIndex step, std::int64_t model) {
    cost_field_worker.snapshot().Refresh();
    const ui::FieldSnapshot& field = cost_field_worker.snapshot().value();
    return field.step == step && field.model == CostModelId{model};
  };
  REQUIRE(Eventually([&] { return answered(30, 1); }));
  models.Add(std::make_shared<KnownCostModel>(2, observation_dim()));
  cost_field_worker.Ask(request);
  CHECK(Eventually([&] { return answered(30, 2); }));
}

TEST_CASE_FIXTURE(Lookout, "a world that cannot be rebuilt is said once, and the thread lives on") {
  models.Add(std::make_shared<KnownCostModel>(1, observation_dim()));
  CostFieldWorker cost_field_worker(factory, models, notices);
  CostFieldRequest broken = request;
  test::ChangeState(broken.record, [](sim::SimState& state) { state.qpos.setZero(2); });
  cost_field_worker.Ask(broken);
  std::vector<WorkerNotice> told;
  REQUIRE(Eventually([&] { return notices.Take(told); }));
  CHECK(told.size() == 1);
  cost_field_worker.Ask(request);
  CHECK(Eventually([&] {
    cost_field_worker.snapshot().Refresh();
    return cost_field_worker.snapshot().value().model == CostModelId{1};
  }));
}

TEST_CASE_FIXTURE(Lookout,
                  "an episode's predictions and a chosen version are asked for beside it") {
  models.Add(std::make_shared<KnownCostModel>(1, observation_dim()));
  models.Add(std::make_shared<KnownCostModel>(2, observation_dim()));
  CostFieldWorker cost_field_worker(factory, models, notices);
  auto chunk = std::make_shared<sim::RecordingChunk>();
  request.record.executed_action = Eigen::Vector2d(0.5, 0.2);
  chunk->steps = {request.record, request.record, {}};
  cost_field_worker.Ask(PredictRequest{request.scene, {chunk}, 1, models.Find({1})});
  request.model = CostModelId{1};
  cost_field_worker.Ask(request);
  std::vector<EpisodePredictions> answers;
  REQUIRE(Eventually([&] { return cost_field_worker.predictions().Take(answers); }));
  REQUIRE(answers[0].cost.size() == 2);
  CHECK(answers[0].first_step == 1);
  CHECK(answers[0].cost[0] == request.record.observation[0]);
  CHECK(std::isnan(answers[0].cost[1]));  // nothing was observed
  CHECK(Eventually([&] {
    cost_field_worker.snapshot().Refresh();
    return cost_field_worker.snapshot().value().model == CostModelId{1};
  }));
}

}  // namespace
}  // namespace lookout::app
