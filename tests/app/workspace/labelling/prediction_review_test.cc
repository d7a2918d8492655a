#include "app/workspace/labelling/prediction_review.h"

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <span>

#include "tests/app/workers/worker_support.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

// Steps whose first observed number is their index over 1000, predicted by a model when recorded.
sim::ChunkPtr Observed(std::int64_t id, StepIndex first, int count, std::int64_t model) {
  auto chunk = std::make_shared<sim::RecordingChunk>(*Steps(id, first, count));
  for (int i = 0; i < count; ++i) {
    sim::StepRecord& step = chunk->steps[static_cast<std::size_t>(i)];
    step.observation = Eigen::Vector4f::Constant(0.001F * static_cast<float>(first + i));
    step.executed_action.resize(0);  // the scene's environment has no actions
    step.cost_model = CostModelId{model};
    step.predicted_cost = 0.9F;
    step.predicted_cost_spread = 0.3F;
  }
  return chunk;
}

// A live episode that was recorded under cost model 1, while 2 is in use now.
struct Reviewing {
  FakeWorkers workers;
  WindowController session{workers.links()};
  ui::FrameFigures figures;

  Reviewing() {
    session.OnEpisodeBegan(SceneOf(1));
    session.OnChunk(Observed(1, 0, 50, 1));
    session.OnChunk(Observed(1, 50, 50, 1));
    workers.player.episode = EpisodeId{1};
    workers.player.step = 99;
    workers.fit.model = std::make_shared<KnownCostModel>(2, 4);
    Frame();
  }
  void Frame() { session.Update(workers.snapshots(), 0.016); }
  void Answer() {
    agents::CostModelWorkspace workspace;
    for (const PredictRequest& request : std::exchange(workers.predict_requests, {})) {
      session.OnPredicted(PredictEpisode(request, workspace));
    }
    Frame();
  }
  ui::ShownPredictions Shown() {
    return session.View(workers.snapshots(), figures).shown_predictions();
  }
};

TEST_CASE_FIXTURE(Reviewing,
                  "an episode of an earlier model is predicted anew by the present one") {
  REQUIRE(workers.predict_requests.size() == 1);
  Frame();
  CHECK(workers.predict_requests.size() == 1);  // asked once
  Answer();
  CHECK_FALSE(Shown().recorded);
  CHECK(Shown().model == CostModelId{2});
  REQUIRE(Shown().cost.size() == 100);
  CHECK(Shown().cost[70] == doctest::Approx(0.07));
  CHECK(Shown().spread[70] == 0.25F);
  CHECK(Shown().so_far[2] == doctest::Approx(0.003));  // without step 0, as everywhere
  // What the present model predicts while it is recorded need not be predicted again.
  session.OnChunk(Observed(1, 100, 5, 2));
  Frame();
  CHECK(workers.predict_requests.empty());
  REQUIRE(Shown().cost.size() == 105);
  CHECK(Shown().cost[104] == 0.9F);
}

TEST_CASE_FIXTURE(Reviewing, "what was recorded is shown where it is asked for, by its own model") {
  Answer();
  session.Send(ui::WindowCommand{ui::ShowRecordedPredictions{true}});
  Frame();
  CHECK(Shown().recorded);
  CHECK(Shown().model == CostModelId{1});
  CHECK(Shown().cost[70] == 0.9F);
}

TEST_CASE_FIXTURE(Reviewing, "a newer model predicts the episode once more") {
  const std::vector<PredictRequest> late = workers.predict_requests;
  workers.fit.model = std::make_shared<KnownCostModel>(3, 4);
  workers.predict_requests.clear();
  Frame();
  REQUIRE(workers.predict_requests.size() == 1);
  CHECK(workers.predict_requests[0].model->id() == CostModelId{3});
  // An answer that nobody waits for any more changes nothing.
  agents::CostModelWorkspace workspace;
  session.OnPredicted(PredictEpisode(late[0], workspace));
  CHECK(Shown().cost.empty());
  Answer();
  CHECK(Shown().model == CostModelId{3});
  CHECK(Shown().cost.size() == 100);
}

TEST_CASE_FIXTURE(Reviewing, "the cost model in use is written as a file that says how to go on") {
  session.Send(ui::WindowCommand{ui::ExportCostModel{"/tmp/cost.model"}});
  Frame();
  REQUIRE(workers.files.size() == 1);
  CHECK(workers.files[0].path == "/tmp/cost.model");
  CHECK(workers.files[0].bytes == "known");
  CHECK(workers.files[0].told.find("--cost-model /tmp/cost.model") != std::string::npos);
}

TEST_CASE_FIXTURE(Reviewing, "a model of another observation predicts nothing") {
  workers.predict_requests.clear();
  workers.fit.model = std::make_shared<KnownCostModel>(4, 7);
  Frame();
  CHECK(workers.predict_requests.empty());
  CHECK(Shown().recorded);
}

TEST_CASE_FIXTURE(Reviewing, "another reading of the same model is predicted anew") {
  Answer();
  const float mean = Shown().cost[40];
  const float spread = Shown().spread[40];
  REQUIRE(spread > 0.0F);
  session.Send(ui::WindowCommand{ui::SetCostReading{{agents::CostReading::kCautious, 2.0}}});
  Frame();
  Frame();
  REQUIRE(workers.predict_requests.size() == 1);
  Answer();
  CHECK(Shown().cost[40] == doctest::Approx(std::min(1.0F, mean + 2.0F * spread)));
  CHECK(session.View(workers.snapshots(), figures).cost_use.caution == 2.0);
  // That model does not know what it was taught about, which is told.
  session.Send(ui::WindowCommand{ui::SetCostReading{{agents::CostReading::kUnknownUnsafe}}});
  Frame();
  Frame();
  Answer();
  CHECK(Shown().cost[40] == mean);
  REQUIRE_FALSE(session.View(workers.snapshots(), figures).notices.empty());
}

// Says half as much of class 2 as in total.
class HalfOfClassTwo : public KnownCostModel {
 public:
  using KnownCostModel::KnownCostModel;
  std::span<const agents::DangerClass> classes() const override { return kClasses; }
  void PredictClassWith(agents::CostModelWorkspace&, agents::DangerClass danger,
                        const agents::Transitions& transitions,
                        Eigen::Ref<Eigen::VectorXf> probability,
                        Eigen::Ref<Eigen::VectorXf> spread) const override {
    REQUIRE(danger == 2);
    Predict(transitions, probability, spread);
    probability *= 0.5F;
  }

 private:
  static constexpr std::array<agents::DangerClass, 1> kClasses{2};
};

TEST_CASE_FIXTURE(Reviewing, "the danger of one class is shown in place of the total") {
  Answer();
  const float total = Shown().cost[40];
  CHECK(Shown().danger == 0);
  workers.fit.model = std::make_shared<HalfOfClassTwo>(5, 4);
  Frame();
  session.Send(ui::WindowCommand{ui::SetCostReading{{.danger = 2}}});
  Frame();
  Frame();
  Answer();
  CHECK(Shown().cost[40] == 0.5F * total);
  CHECK(Shown().danger == 2);

  // A newer version that knows no such class shows its total, and that is told.
  workers.fit.model = std::make_shared<KnownCostModel>(6, 4);
  Frame();
  Answer();
  CHECK(Shown().cost[40] == total);
  CHECK(Shown().danger == 0);
  const ui::Snapshots view = session.View(workers.snapshots(), figures);
  REQUIRE_FALSE(view.notices.empty());
  CHECK(view.notices.back().text == "Cost model 6 does not tell Vase apart; its total is shown.");
}

}  // namespace
}  // namespace lookout::app
