// A fit reads what it needs of an episode once, within a bound, and what comes of it is the same.
#include "app/workers/fitter/fit_steps.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "app/workers/fitter/fit_request.h"
#include "tests/app/workers/fitter_support.h"

namespace lookout::app {
namespace {

void CheckSame(const agents::DerivedLabels& a, const agents::DerivedLabels& b) {
  REQUIRE(a.labels.rows() == b.labels.rows());
  CHECK(a.labels.observations == b.labels.observations);
  CHECK(a.labels.past.observations == b.labels.past.observations);
  CHECK(a.labels.past.actions == b.labels.past.actions);
  for (std::size_t i = 0; i < a.labels.points.size(); ++i) {
    REQUIRE(a.labels.points[i].target == b.labels.points[i].target);
    REQUIRE(a.labels.points[i].step == b.labels.points[i].step);
  }
}

TEST_CASE("a second fit reads only the episodes in which new steps are labelled") {
  FitRequest request = OracleRequest(6);
  FitSteps steps;
  const auto first = LabelsOf(request, {}, steps);
  REQUIRE(first);
  REQUIRE(first->labels.rows() > 100);
  CHECK(steps.reads() == 6);
  const auto again = LabelsOf(request, {}, steps);
  CheckSame(again.value(), first.value());
  CHECK(steps.reads() == 6);
  request.episodes.erase(request.episodes.begin(), request.episodes.begin() + 4);
  for (int fit = 0; fit < 2; ++fit) {  // one that looks at actions as well
    REQUIRE(LabelsOf(request, {.with_action = true}, steps)->labels.past.actions.rows() == 2);
    CHECK(steps.reads() == 8);
  }
}

TEST_CASE("what is kept has a bound in bytes, and a fit beyond it is the same") {
  const FitRequest request = OracleRequest(12);
  const agents::CostModelSettings settings{.history = 3, .with_action = true};
  FitSteps roomy;
  const auto expected = LabelsOf(request, settings, roomy);
  REQUIRE(expected);
  for (const std::size_t bound : {std::size_t{0}, std::size_t{5000}, std::size_t{100'000}}) {
    CAPTURE(bound);
    FitSteps steps(bound);
    for (int fit = 0; fit < 2; ++fit) {
      CheckSame(LabelsOf(request, settings, steps).value(), expected.value());
      CHECK(steps.bytes() <= bound);
    }
    CHECK(steps.reads() >= 12);
  }
}

TEST_CASE("room is made by what another fit needed") {
  const FitRequest request = OracleRequest(4);
  FitSteps one;
  FitRequest first = request;
  first.episodes.erase(first.episodes.begin() + 2, first.episodes.end());
  REQUIRE(LabelsOf(first, {}, one));
  FitSteps steps(one.bytes() + 1000);
  FitRequest second = request;
  second.episodes.erase(second.episodes.begin(), second.episodes.begin() + 2);
  REQUIRE(LabelsOf(first, {}, steps));
  REQUIRE(LabelsOf(second, {}, steps));
  CHECK(steps.bytes() <= one.bytes() + 1000);
  const std::int64_t reads = steps.reads();
  REQUIRE(LabelsOf(second, {}, steps));
  CHECK(steps.reads() <= reads + 1);  // of the present fit nearly all is kept
}

TEST_CASE("an episode that cannot be read labels nothing, which is told") {
  FitRequest request = OracleRequest(2);
  const RecordingLoader load = request.load;
  request.load = [load](EpisodeId id) -> Result<Recording> {
    if (id == EpisodeId{1}) return BadInput("Episode 1 is damaged.");
    return load(id);
  };
  FitSteps steps;
  const auto labels = LabelsOf(request, {}, steps);
  REQUIRE(labels);
  CHECK(steps.problem() == "Episode 1 is damaged.");
  CHECK(labels->counts.episodes == 1);
  CHECK(labels->counts.unobserved > 0);
  request.load = load;
  REQUIRE(LabelsOf(request, {}, steps)->counts.episodes == 2);
  CHECK(steps.problem().empty());
}

TEST_CASE("steps that somebody has in memory are not read from the project") {
  FitRequest request = OracleRequest(1);
  const auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{1};
  const std::vector<sim::ChunkPtr> held = request.load(EpisodeId{1})->chunks;
  const auto expected = LabelsOf(request, {}, *std::make_unique<FitSteps>());
  request.episodes.front() = RecordingHandle(header, held);
  request.load = nullptr;
  FitSteps steps;
  CheckSame(LabelsOf(request, {}, steps).value(), expected.value());
  CHECK(steps.reads() == 0);
}

TEST_CASE("a handle keeps nothing in memory") {
  const auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{3};
  RandomState random(1);
  std::vector<sim::ChunkPtr> chunks = WanderingEpisode(EpisodeId{3}, 120, random);
  const std::weak_ptr<const sim::RecordingChunk> first = chunks.front();
  const RecordingHandle handle(header, chunks);
  CHECK(handle.steps() == 120);
  REQUIRE(handle.Recall());
  CHECK(StepCount(handle.Recall()->chunks) == 120);
  chunks.pop_back();
  CHECK_FALSE(handle.Recall());
  chunks.clear();
  CHECK(first.expired());
  CHECK_FALSE(Fetch(handle, nullptr).ok());
}

TEST_CASE("places are read once an episode, and have room of their own") {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{1};
  chunk->steps.resize(100);
  for (std::size_t i = 0; i < 100; ++i) chunk->steps[i].robot_xy_m.x() = static_cast<float>(i);
  int loads = 0;
  const RecordingLoader load = [&](EpisodeId) -> Result<Recording> {
    ++loads;
    return Recording{.header = std::make_shared<const sim::EpisodeHeader>(), .chunks = {chunk}};
  };
  const std::vector<RecordingHandle> episodes{RecordingHandle(EpisodeId{1}, 100)};
  FitSteps steps;
  for (int fit = 0; fit < 3; ++fit) {
    steps.Begin(episodes, load, 0);
    CHECK_FALSE(steps.Layout(EpisodeId{1}).empty());
    for (StepIndex step = 0; step < 100; ++step) {
      REQUIRE(steps.RobotAt(EpisodeId{1}, step).x_m == double(step));
    }
    steps.End();
  }
  CHECK(loads == 1);
  CHECK(steps.bytes() >= 100 * sizeof(Eigen::Vector2f));
}

TEST_CASE("facts of episodes are kept up to a bound in bytes") {
  EpisodeFactsCache cache(1);
  int reads = 0;
  const Recording imported{.header = std::make_shared<const sim::EpisodeHeader>(), .chunks = {}};
  const auto read = [&] {
    ++reads;
    return &imported;
  };
  for (int i = 0; i < 3; ++i) cache.Of(EpisodeId{1}, 10, read);
  CHECK(reads == 1);
  cache.Of(EpisodeId{2}, 10, read);
  cache.Of(EpisodeId{1}, 10, read);
  CHECK(reads == 3);
  cache.Of(EpisodeId{1}, 11, read);  // it has gone on
  CHECK(reads == 4);
}

}  // namespace
}  // namespace lookout::app
