#include "ui/model/episode_store.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace lookout::ui {
namespace {

constexpr float kNoPrediction = std::numeric_limits<float>::quiet_NaN();

EpisodeScenePtr SceneOf(std::int64_t id) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{id};
  header->agent = "Random";
  header->seed = 7;
  auto scene = std::make_shared<EpisodeScene>();
  scene->header = header;
  return scene;
}

sim::StepRecord Step(float reward, double hazard_cost, float predicted) {
  sim::StepRecord record;
  record.reward = reward;
  record.costs.by_kind[static_cast<std::size_t>(sim::CostKind::kHazards)] = hazard_cost;
  record.costs.total = hazard_cost;
  record.predicted_cost = predicted;
  return record;
}

sim::ChunkPtr Chunk(std::int64_t id, StepIndex first, std::vector<sim::StepRecord> steps) {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{id};
  chunk->first_step = first;
  chunk->steps = std::move(steps);
  return chunk;
}

TEST_CASE("an episode is found step by step across its chunks") {
  EpisodeTrack track(SceneOf(1));
  track.Append(Chunk(1, 0, {Step(0, 0, 0)}));
  track.Append(Chunk(1, 1, {Step(1, 0, 0), Step(2, 0, 0), Step(3, 0, 0)}));
  track.Append(Chunk(1, 4, {Step(4, 0, 0)}));
  REQUIRE(track.steps() == 5);
  for (StepIndex index = 0; index < 5; ++index) {
    CHECK(track.step(index).reward == static_cast<float>(index));
  }
}

TEST_CASE("costs under names of their own have running sums, also where a chunk lacks them") {
  const auto with_costs = [](StepIndex first, std::vector<std::string> names,
                             const Eigen::VectorXd& costs) {
    auto chunk = std::make_shared<sim::RecordingChunk>();
    chunk->episode = EpisodeId{1};
    chunk->first_step = first;
    chunk->steps.resize(2, Step(0, 0, 0));
    for (sim::StepRecord& step : chunk->steps) step.other_costs = costs;
    chunk->other_cost_names = std::move(names);
    return chunk;
  };
  EpisodeTrack track(SceneOf(1));
  track.Append(with_costs(0, {"fuel"}, Eigen::VectorXd::Constant(1, 0.5)));
  track.Append(with_costs(2, {"jerk", "fuel"}, Eigen::Vector2d(2.0, 1.0)));
  track.Append(with_costs(4, {}, {}));
  REQUIRE(track.other_costs.size() == 2);
  CHECK(track.other_costs[0].name == "fuel");
  CHECK(track.other_costs[0].so_far == std::vector<float>{0.5F, 1.0F, 2.0F, 3.0F, 3.0F, 3.0F});
  CHECK(track.other_costs[1].name == "jerk");
  CHECK(track.other_costs[1].so_far == std::vector<float>{0.0F, 0.0F, 2.0F, 4.0F, 4.0F, 4.0F});
}

TEST_CASE("running sums add up, and a missing prediction counts as nothing") {
  EpisodeTrack track(SceneOf(1));
  track.Append(Chunk(1, 0, {Step(0, 0, kNoPrediction), Step(0.5F, 1, 0.25F)}));
  track.Append(Chunk(1, 2, {Step(0.25F, 1, 0.5F)}));
  // The state after the reset is predicted, too, but nothing led to it.
  EpisodeTrack predicted_from_start(SceneOf(2));
  predicted_from_start.Append(Chunk(2, 0, {Step(0, 0, 0.9F), Step(0, 0, 0.25F)}));
  CHECK(predicted_from_start.predicted_so_far.back() == 0.25F);
  CHECK(predicted_from_start.predicted_cost.front() == 0.9F);
  CHECK(track.return_so_far.back() == doctest::Approx(0.75));
  CHECK(track.cost_so_far.back() == doctest::Approx(2.0));
  CHECK(track.predicted_so_far.back() == doctest::Approx(0.75));
  CHECK(std::isnan(track.predicted_cost.front()));
  const auto hazards = static_cast<std::size_t>(sim::CostKind::kHazards);
  CHECK(track.cost_by_kind_so_far[1][hazards] == doctest::Approx(1.0));
  CHECK(track.cost_by_kind_so_far[2][hazards] == doctest::Approx(2.0));
}

TEST_CASE("an episode is finished when its last step is done") {
  EpisodeTrack track(SceneOf(1));
  CHECK_FALSE(track.finished());
  sim::StepRecord last = Step(0, 0, 0);
  last.status = sim::EpisodeStatus::kTimedOut;
  track.Append(Chunk(1, 0, {Step(0, 0, 0), last}));
  CHECK(track.finished());
}

TEST_CASE("summaries are listed newest first, and memory wins over the project") {
  EpisodeStore store;
  store.AddSummary({.id = EpisodeId{2}, .agent = "stored", .steps = 9});
  store.Begin(SceneOf(3));
  store.Append(Chunk(3, 0, {Step(0, 0, 0), Step(1, 1, 0)}));
  store.Begin(SceneOf(1));
  store.AddSummary({.id = EpisodeId{3}, .agent = "stale", .steps = 1000});

  REQUIRE(store.summaries().size() == 3);
  CHECK(store.summaries()[0].id == EpisodeId{3});
  CHECK(store.summaries()[0].agent == "Random");
  CHECK(store.summaries()[0].steps == 1);
  CHECK(store.summaries()[0].cost == doctest::Approx(1.0));
  CHECK(store.summaries()[1].agent == "stored");
  CHECK_FALSE(store.summaries()[1].in_memory);
}

TEST_CASE("how long a step is, is known of episodes on disk, too") {
  EpisodeStore store;
  store.AddSummary({.id = EpisodeId{2}, .step_duration_s = 0.04});
  auto scene = std::make_shared<EpisodeScene>(*SceneOf(3));
  scene->spec.step_duration_s = 0.1;
  store.Begin(scene);
  CHECK(store.StepDuration(EpisodeId{2}) == 0.04);
  CHECK(store.StepDuration(EpisodeId{3}) == 0.1);
  store.Trim(0, 10, {}, {EpisodeId{3}});
  REQUIRE(store.Find(EpisodeId{3}) == nullptr);
  CHECK(store.StepDuration(EpisodeId{3}) == 0.1);
  CHECK(store.StepDuration(EpisodeId{9}) == 0.02);
}

TEST_CASE("trimming forgets the oldest episodes but never those to keep") {
  EpisodeStore store;
  for (std::int64_t id = 1; id <= 4; ++id) {
    store.Begin(SceneOf(id));
    store.Append(Chunk(id, 0, std::vector<sim::StepRecord>(10)));
  }
  const std::size_t one = store.Find(EpisodeId{1})->bytes();
  store.Trim(2 * one, 10, {EpisodeId{1}, EpisodeId{4}}, {EpisodeId{2}});
  CHECK(store.Find(EpisodeId{1}) != nullptr);
  CHECK(store.Find(EpisodeId{2}) == nullptr);
  CHECK(store.Find(EpisodeId{3}) == nullptr);
  CHECK(store.Find(EpisodeId{4}) != nullptr);
  CHECK(store.summaries().size() == 4);
  CHECK_FALSE(store.summaries()[2].in_memory);
  REQUIRE(store.FindSummary(EpisodeId{2}) != nullptr);
  CHECK(store.FindSummary(EpisodeId{2})->steps == 9);
  CHECK(store.FindSummary(EpisodeId{5}) == nullptr);
}

TEST_CASE("rows that the project has no longer are forgotten, but for those to keep") {
  EpisodeStore store;
  for (std::int64_t id = 1; id <= 8; ++id) {
    store.AddSummary({.id = EpisodeId{id}, .imported = id == 2});
  }
  store.Begin(SceneOf(9));
  store.Trim(1'000'000, 3, {EpisodeId{1}}, {EpisodeId{3}});
  std::vector<std::int64_t> left;
  for (const EpisodeSummary& row : store.summaries()) left.push_back(row.id.value);
  CHECK(left == std::vector<std::int64_t>{9, 8, 7, 3, 2, 1});
}

TEST_CASE("memory counts the state of each step, and costs less without") {
  EpisodeTrack with(SceneOf(1));
  EpisodeTrack without(SceneOf(2));
  sim::StepRecord step = Step(0, 0, 0);
  without.Append(Chunk(2, 0, {step}));
  sim::SimState state;
  state.qpos.setZero(40);
  step.state = std::make_shared<const sim::SimState>(std::move(state));
  with.Append(Chunk(1, 0, {step}));
  CHECK(with.bytes() > without.bytes() + 40 * sizeof(double) + sizeof(sim::SimState));
}

TEST_CASE("who acted is told in spans, and in the row once an agent hands over") {
  EpisodeStore store;
  EpisodeTrack& track = store.Begin(SceneOf(1));
  const auto by = [](const char* agent, sim::ActionSource source, const char* overseer = nullptr) {
    sim::StepRecord step = Step(0, 0, 0);
    step.agent = std::make_shared<const std::string>(agent);
    step.source = source;
    if (overseer != nullptr) step.overseer = std::make_shared<const std::string>(overseer);
    return step;
  };
  using Source = sim::ActionSource;
  sim::StepRecord reset = Step(0, 0, 0);
  reset.source = Source::kNone;
  store.Append(Chunk(1, 0, {reset, by("Random", Source::kAgent), by("Random", Source::kAgent)}));
  CHECK(store.summaries()[0].agent == "Random");
  store.Append(Chunk(1, 3,
                     {by("Random", Source::kOverseer, "Shield"), by("You", Source::kHuman),
                      by("You", Source::kHuman)}));
  REQUIRE(track.actors().size() == 3);
  CHECK(track.actors()[0].first == 1);
  CHECK(track.actors()[1].name == "Shield");
  CHECK(track.actors()[2].first == 4);
  CHECK(track.ActorAt(0) == nullptr);
  CHECK(track.ActorAt(2)->name == "Random");
  CHECK(track.ActorAt(5)->name == "You");
  CHECK(track.ActorAt(6) == nullptr);
  CHECK(store.summaries()[0].agent == "Random, then You");
}

TEST_CASE("chunks of an episode nobody began are ignored") {
  EpisodeStore store;
  store.Append(Chunk(5, 0, {Step(0, 0, 0)}));
  CHECK(store.summaries().empty());
}

}  // namespace
}  // namespace lookout::ui
