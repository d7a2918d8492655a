#include "app/cost_models/score_episodes.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "agents/policies/scripted/scripted_policies.h"
#include "tests/support/first_value_model.h"
#include "tests/support/project_samples.h"
#include "tests/support/toy_environments.h"

namespace lookout::app {
namespace {

using Models = std::vector<agents::CostModelPtr>;

constexpr int kSteps = 64;  // a chunk

Result<std::unique_ptr<sim::Environment>> Quadratic() {
  return test::MakeQuadraticEnvironment({.length = 10, .diverge_every = 3});
}

TEST_CASE("episodes that are played are charged and predicted step by step") {
  const sim::EnvironmentSpec spec = Quadratic().value()->spec();
  const auto policy = agents::MakeRandomPolicy(spec, 1);
  const Models models{
      std::make_shared<test::FirstValueModel>(static_cast<int>(spec.observation_dim), 0.25F)};
  const EvaluationOptions options{.episodes = 6, .seed = 4, .workers = 2};
  const auto scored = ScorePlayed(models, *policy, Quadratic, options);
  REQUIRE(scored.ok());
  const auto played = PlayEpisodes(*policy, Quadratic, options);
  REQUIRE(played.ok());
  std::size_t next = 0;
  for (const PlayedEpisode& episode : *played) {
    if (episode.status == sim::EpisodeStatus::kDiverged) continue;
    REQUIRE(next < scored->episodes.size());
    const agents::ScoredEpisode& found = scored->episodes[next++];
    CHECK(found.seed == episode.seed);
    REQUIRE(found.truth.size() == 10);
    double cost = 0.0;
    for (const agents::StepTruth& truth : found.truth) cost += double(truth.cost);
    CHECK(cost == doctest::Approx(episode.costs.total));
    // The first number of this observation is always 1.
    CHECK(found.predicted.at(0)[9].probability == 1.0F);
    CHECK(found.predicted.at(0)[9].spread == 0.25F);
  }
  CHECK(scored->diverged == 2);
  CHECK(next == scored->episodes.size());
  CHECK(scored->environment == spec.id);
}

TEST_CASE("the number of workers changes nothing in what is measured") {
  const auto make = [] {
    return Result<std::unique_ptr<sim::Environment>>(test::MakeWanderEnvironment());
  };
  const sim::EnvironmentSpec spec = test::MakeWanderEnvironment()->spec();
  const auto policy = agents::MakeRandomPolicy(spec, 1);
  const Models models{std::make_shared<test::FirstValueModel>(spec.observation_dim, 0.0F)};
  const auto play = [&](int workers) {
    return ScorePlayed(models, *policy, make, {.episodes = 9, .seed = 1, .workers = workers})
        .value();
  };
  const ScoredEpisodes one = play(1);
  const ScoredEpisodes three = play(3);
  REQUIRE(one.episodes.size() == three.episodes.size());
  for (std::size_t k = 0; k < one.episodes.size(); ++k) {
    REQUIRE(one.episodes[k].truth.size() == three.episodes[k].truth.size());
    CHECK(one.episodes[k].predicted[0].back().probability ==
          three.episodes[k].predicted[0].back().probability);
  }
}

const sim::ObservationSignature kSampleSignature({{"hazards_lidar", 12}});

void Save(Project& project, EpisodeId id, const sim::ObservationSignature& signature,
          sim::EpisodeStatus last = sim::EpisodeStatus::kTimedOut) {
  sim::EpisodeHeader header = test::SampleHeader(id);
  header.signature = signature;
  REQUIRE(project.SaveEpisode(header).ok());
  sim::RecordingChunk chunk = test::SampleChunk(id, 0, kSteps, kSteps - 1);
  sim::SimState state = *chunk.steps.back().state;
  state.status = last;
  chunk.steps.back().state = std::make_shared<sim::SimState>(state);
  chunk.steps.back().status = last;
  REQUIRE(project.SaveChunk(chunk).ok());
}

TEST_CASE("the recorded episodes of a project count where every model fits them") {
  const test::TestFolder folder;
  const auto project = test::OpenProject(folder / "study.lookout");
  Save(*project, EpisodeId{1}, kSampleSignature);
  Save(*project, EpisodeId{2}, sim::ObservationSignature({{"vases_lidar", 12}}));
  Save(*project, EpisodeId{3}, kSampleSignature, sim::EpisodeStatus::kDiverged);
  const Models models{std::make_shared<test::FirstValueModel>(kSampleSignature)};
  const auto scored = ScoreRecorded(models, *project);
  REQUIRE_MESSAGE(scored.ok(), (scored.ok() ? "" : scored.error().message));
  REQUIRE(scored->episodes.size() == 1);
  CHECK(scored->of_others == 1);
  CHECK(scored->diverged == 1);
  CHECK(scored->environment == "Safexp-PointGoal1-v0");
  const agents::ScoredEpisode& episode = scored->episodes.front();
  CHECK(episode.id == EpisodeId{1});
  CHECK(episode.seed == 7);
  REQUIRE(episode.truth.size() == kSteps - 1);
  // Every fourth step costs 1, from nobody knows what; step i observes the number i.
  CHECK_FALSE(episode.truth[2].unsafe());
  CHECK(episode.truth[3].charged == agents::DangerKinds().set(agents::kOtherDanger));
  CHECK(episode.predicted[0][3].probability == 4.0F);
}

TEST_CASE("a model that fits no recorded episode is refused as everywhere") {
  const test::TestFolder folder;
  const auto project = test::OpenProject(folder / "study.lookout");
  Save(*project, EpisodeId{2}, sim::ObservationSignature({{"vases_lidar", 12}}));
  const Models models{std::make_shared<test::FirstValueModel>(kSampleSignature)};
  const auto scored = ScoreRecorded(models, *project);
  REQUIRE_FALSE(scored.ok());
  CHECK(scored.error().code == ErrorCode::kBadInput);
  CHECK_MESSAGE(
      scored.error().message.find("does not fit Safexp-PointGoal1-v0") != std::string::npos,
      scored.error().message);
  const auto empty = test::OpenProject(folder / "empty.lookout");
  CHECK(ScoreRecorded(models, *empty).error().message.find("There is no episode") !=
        std::string::npos);
}

}  // namespace
}  // namespace lookout::app
