#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "app/workers/version_comparison/version_comparison_worker.h"
#include "tests/support/first_value_model.h"

namespace lookout::app {
namespace {

const sim::ObservationSignature kSignature({{"hazards_lidar", 3}});

// Knows which episodes it was fitted to.
class Fitted : public test::FirstValueModel {
 public:
  Fitted(std::int64_t id, std::vector<EpisodeId> training, float add)
      : FirstValueModel(kSignature), id_(id), add_(add) {
    ensemble_.episodes.training = std::move(training);
    ensemble_.episodes.held_out = {EpisodeId{1000}};
  }
  CostModelId id() const override { return CostModelId{id_}; }
  const agents::CostEnsemble* ensemble() const override { return &ensemble_; }
  void Predict(const agents::Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    FirstValueModel::Predict(transitions, probability, spread);
    probability.array() += add_;
  }

 private:
  std::int64_t id_;
  float add_;
  agents::CostEnsemble ensemble_;
};

// Ten steps after the reset, of which every second is charged and observed as 0.75, else as 0.25.
EpisodeToCompare Episode(std::int64_t number, std::int64_t id) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{id};
  header->signature = kSignature;
  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = header;
  scene->spec = sim::SpecOfImported(*header);
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = header->id;
  for (int i = 0; i <= 10; ++i) {
    sim::StepRecord step;
    const bool unsafe = i % 2 == 1;
    step.observation = Eigen::Vector3f(unsafe ? 0.75F : 0.25F, 0.0F, 0.0F);
    step.costs.total = unsafe ? 1.0 : 0.0;
    chunk->steps.push_back(step);
  }
  return {number, scene, {chunk}};
}

BeginVersionComparison Begin(std::int64_t number) {
  BeginVersionComparison begin{
      .number = number, .models = {CostModelId{1}, CostModelId{2}}, .labels = {}};
  begin.labels.signature = kSignature;
  return begin;
}

// Of episode 2: steps 3 and 4 are unsafe, so the rule and the person differ about step 4.
void Mark(BeginVersionComparison& begin, std::int64_t episode) {
  begin.labels.feedback.push_back(RecordOf(agents::Mark{.id = MarkId{episode},
                                                        .episode = EpisodeId{episode},
                                                        .first_step = 3,
                                                        .last_step = 4,
                                                        .annotator = "me",
                                                        .note = {}}));
  begin.labels.episodes.emplace_back(EpisodeId{episode}, 11);  // not in memory
  begin.labels.load = [](EpisodeId id) -> Result<Recording> {
    const EpisodeToCompare read = Episode(0, id.value);
    return Recording{.header = read.scene->header, .chunks = read.chunks};
  };
}

std::array<agents::CostModelPtr, 2> Models(std::vector<EpisodeId> first,
                                           std::vector<EpisodeId> second) {
  return {std::make_shared<Fitted>(1, std::move(first), 0.0F),
          std::make_shared<Fitted>(2, std::move(second), 0.5F)};
}

TEST_CASE("episodes that a version was fitted to are left out, and counted") {
  VersionComparer comparer(Begin(1), Models({EpisodeId{1}}, {EpisodeId{2}}));
  for (const std::int64_t id : {3, 1, 2}) comparer.Add(Episode(1, id));
  const ui::VersionsCompared compared = comparer.Finish().value();
  REQUIRE(compared.rule.figures.has_value());
  CHECK(compared.rule.unseen);
  CHECK(compared.rule.left_out == 2);
  REQUIRE(compared.rule.figures->episodes.size() == 1);
  CHECK(compared.rule.figures->episodes[0].id == EpisodeId{3});
  CHECK(compared.rule.figures->models[0].steps == 10);
  // The first is right everywhere, the second calls everything unsafe.
  CHECK(compared.rule.figures->models[0].miss_rate.value == 0.0);
  CHECK(compared.rule.figures->models[0].false_alarm_rate.value == 0.0);
  CHECK(compared.rule.figures->models[1].false_alarm_rate.value == 1.0);
  CHECK(compared.rule.figures->comparison.first_right == 5);
  CHECK_FALSE(compared.marks.figures.has_value());
}

TEST_CASE("where a version was fitted to all there is, all of it counts and that is said") {
  VersionComparer comparer(Begin(1), Models({EpisodeId{1}}, {}));
  comparer.Add(Episode(1, 1));
  const ui::VersionsCompared compared = comparer.Finish().value();
  CHECK_FALSE(compared.rule.unseen);
  CHECK(compared.rule.figures->episodes.size() == 1);
}

TEST_CASE("against the marks only marked steps count") {
  BeginVersionComparison begin = Begin(1);
  Mark(begin, 2);
  VersionComparer comparer(begin, Models({EpisodeId{1}}, {}));
  for (const std::int64_t id : {1, 2, 3}) comparer.Add(Episode(1, id));
  const ui::VersionsCompared compared = comparer.Finish().value();
  REQUIRE(compared.marks.figures.has_value());
  CHECK(compared.marks.unseen);
  CHECK(compared.marks.figures->models[0].steps == 2);
  CHECK(compared.marks.figures->models[0].verdicts.only_second == 1);  // it misses step 4
  CHECK(compared.marks.figures->models[1].verdicts.only_second == 0);
  CHECK(compared.rule.figures->episodes.size() == 2);
}

TEST_CASE("a version that does not say what it was fitted to may have seen all marked episodes") {
  BeginVersionComparison begin = Begin(1);
  Mark(begin, 2);
  std::array<agents::CostModelPtr, 2> models = Models({}, {});
  models[0] = std::make_shared<test::FirstValueModel>(kSignature);
  VersionComparer comparer(begin, std::move(models));
  for (const std::int64_t id : {2, 3}) comparer.Add(Episode(1, id));
  const ui::VersionsCompared compared = comparer.Finish().value();
  CHECK(compared.rule.left_out == 1);
  CHECK_FALSE(compared.marks.unseen);
}

// What the worker says within some seconds.
std::vector<VersionsMeasured> Heard(VersionComparisonWorker& worker) {
  std::vector<VersionsMeasured> heard;
  for (int i = 0; i < 2000 && heard.empty(); ++i) {
    worker.measured().Take(heard);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return heard;
}

TEST_CASE("the worker compares as the episodes come, and leaves what is abandoned") {
  CostModelRegistry registry;
  for (const agents::CostModelPtr& model : Models({}, {})) registry.Add(model);
  VersionComparisonWorker worker(registry);
  worker.Tell(Begin(1));
  worker.Tell(Episode(1, 1));
  worker.Tell(AbandonVersionComparison{2});
  worker.Tell(FinishVersionComparison{1});
  worker.Tell(Begin(2));
  worker.Tell(Episode(1, 4));  // of the one before
  worker.Tell(Episode(2, 5));
  worker.Tell(FinishVersionComparison{2});
  const std::vector<VersionsMeasured> heard = Heard(worker);
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].number == 2);
  REQUIRE(heard[0].compared != nullptr);
  REQUIRE(heard[0].compared->rule.figures->episodes.size() == 1);
  CHECK(heard[0].compared->rule.figures->episodes[0].id == EpisodeId{5});
}

TEST_CASE("a model that is no version takes the second place, and is asked for by the worker") {
  CostModelRegistry registry;
  registry.Add(Models({}, {})[0]);
  VersionComparisonWorker worker(registry);
  BeginVersionComparison begin = Begin(1);
  begin.make_second = [] { return Result<agents::CostModelPtr>(Models({}, {})[1]); };
  worker.Tell(begin);
  worker.Tell(Episode(1, 5));
  worker.Tell(FinishVersionComparison{1});
  std::vector<VersionsMeasured> heard = Heard(worker);
  REQUIRE(heard.size() == 1);
  REQUIRE(heard[0].compared != nullptr);
  CHECK(heard[0].compared->rule.figures->episodes.size() == 1);
  begin.number = 2;
  begin.make_second = [] { return Result<agents::CostModelPtr>(BadInput("a.costmodel is none")); };
  worker.Tell(begin);
  heard = Heard(worker);
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].problem == "a.costmodel is none");
}

TEST_CASE("a version that is gone, or nothing recorded, is told") {
  CostModelRegistry registry;
  registry.Add(Models({}, {})[0]);
  VersionComparisonWorker worker(registry);
  worker.Tell(Begin(1));
  std::vector<VersionsMeasured> heard = Heard(worker);
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].problem == "One of the two versions is not there any more.");
  registry.Add(Models({}, {})[1]);
  worker.Tell(Begin(2));
  worker.Tell(FinishVersionComparison{2});
  heard = Heard(worker);
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].problem.starts_with("There is no recorded episode that both versions fit"));
}

}  // namespace
}  // namespace lookout::app
