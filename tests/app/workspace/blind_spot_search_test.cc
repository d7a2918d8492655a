// Moments in which the cost model is wrong: what the worker is asked, how they are looked at,
// kept and asked about first.
#include "app/workspace/blind_spot_search.h"

#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <vector>

#include "app/attacks/attack_finds.h"
#include "tests/app/workspace/queries_support.h"
#include "tests/support/constant_cost_model.h"

namespace lookout::app {
namespace {

// As the worker hands one over.
RecordedEpisode Fooled(std::uint32_t seed) {
  RecordedEpisode episode;
  episode.header.config.id = "toy";
  episode.header.signature = SceneOf(1)->spec.signature();
  episode.header.seed = seed;
  episode.header.agent = kAttackAgent;
  episode.chunks.push_back({.episode = {}, .first_step = 0, .steps = {}});
  episode.chunks.back().steps.resize(1 + kShownSteps);
  return episode;
}

// The scene of a find, as it is loaded.
ui::EpisodeScenePtr FoundScene(std::int64_t id) {
  auto scene = std::make_shared<ui::EpisodeScene>(*SceneOf(id));
  auto header = std::make_shared<sim::EpisodeHeader>(*scene->header);
  header->agent = kAttackAgent;
  scene->header = header;
  return scene;
}

agents::BlindSpot SpotOf(std::uint32_t seed, double probability) {
  agents::BlindSpot spot{.seed = seed, .candidates = 100};
  spot.worst = agents::AttackedMoment{.seed = seed, .probability = probability};
  return spot;
}

struct Attacking : Watching {
  Attacking() {
    workers.fit.model = model;
    Frame();
    Do(ui::InspectionCommand{
        ui::FindBlindSpots{.error = agents::ModelError::kMiss, .layouts = 3, .seed = 7}});
  }
  std::int64_t number() const { return workers.blind_spots_requests.back().number; }
  const ui::BlindSpotsOnScreen& shown() { return *View().blind_spots; }

  // Two of three layouts in which it is wrong.
  void Find() {
    auto found = std::make_shared<ui::BlindSpotsFound>();
    found->spots = {SpotOf(7, 0.2), SpotOf(8, 0.8), SpotOf(9, 0.1)};
    BlindSpotsNews news{.number = number(), .found = found, .recorded = {}, .problem = {}};
    news.recorded.emplace(0, Fooled(7));
    news.recorded.emplace(2, Fooled(9));
    session.OnBlindSpots(std::move(news));
    Frame();
  }
  agents::CostModelPtr model = std::make_shared<test::ConstantCostModel>(
      sim::ObservationSignature({{"all", 4}}), 0.5F, 0.1F);
};

TEST_CASE_FIXTURE(Attacking, "attack: the model in use is searched in the live environment") {
  REQUIRE(workers.blind_spots_requests.size() == 1);
  const BlindSpotsRequest& request = workers.blind_spots_requests.back();
  CHECK(request.environment.id == "toy");
  CHECK(request.model == model);
  CHECK(request.wanted.seed == 7);
  CHECK(shown().searching);
  session.OnBlindSpots({.number = number(), .fraction = 0.25});
  CHECK(shown().fraction == 0.25);
  CHECK(shown().seconds_left > 0.0);
  session.OnBlindSpots({.number = number() - 1, .fraction = 0.75});
  CHECK(shown().fraction == 0.25);
}

TEST_CASE_FIXTURE(Attacking, "attack: what a cancelled search says does not count") {
  const std::int64_t asked = number();
  Do(ui::InspectionCommand{ui::StopBlindSpots{}});
  CHECK_FALSE(shown().searching);
  CHECK(workers.abandoned_blind_spots.back() > asked);
  session.OnBlindSpots({.number = asked, .problem = "late"});
  CHECK(shown().problem.empty());
}

TEST_CASE_FIXTURE(Attacking, "attack: what was found stays until another search has found more") {
  Find();
  CHECK(shown().result->wrong() == 2);
  Do(ui::InspectionCommand{ui::FindBlindSpots{}});
  CHECK(shown().searching);
  CHECK(shown().result != nullptr);
  session.OnBlindSpots({.number = number(), .problem = "It looks at earlier observations."});
  CHECK(shown().result != nullptr);
  CHECK(shown().problem == "It looks at earlier observations.");
}

TEST_CASE_FIXTURE(Attacking,
                  "attack: a find is looked at, its moment shown once it is loaded, not written") {
  Find();
  Do(ui::QueryCommand{ui::FillQueries{}});
  Do(ui::InspectionCommand{ui::ShowBlindSpot{1}});  // the model is right about it
  CHECK(workers.held_episodes.empty());
  Do(ui::InspectionCommand{ui::ShowBlindSpot{2}});
  REQUIRE(workers.held_episodes.size() == 1);
  CHECK(workers.held_episodes[0].header.seed == 9);
  CHECK(workers.recorded.empty());
  CHECK_FALSE(shown().asked[2]);
  CHECK(shown().episodes == std::vector{EpisodeId{101}});
  session.OnEpisodeLoaded(FoundScene(101), {Steps(101, 0, 1 + kShownSteps)});
  Frame();
  CHECK(session.playhead().episode == EpisodeId{101});
  for (int i = 0; i < 20; ++i) Frame(0.05);
  CHECK(session.playhead().step == kJudgedStep);
  Do(ui::InspectionCommand{ui::ShowBlindSpot{2}});
  CHECK(workers.held_episodes.size() == 1);
  CHECK(View().queries->open.empty());  // nobody asked for it

  Do(ui::InspectionCommand{ui::AskAboutBlindSpots{}});
  CHECK(workers.held_episodes.size() == 2);
  CHECK(workers.recorded == std::vector{EpisodeId{102}, EpisodeId{101}});
  CHECK(shown().asked == std::vector{true, false, true});
  CHECK(View().queries->open.size() == 2);
}

TEST_CASE_FIXTURE(Attacking, "attack: finds are asked about first, until they are judged") {
  Find();
  Do(ui::InspectionCommand{ui::AskAboutBlindSpots{}});
  CHECK(workers.held_episodes.size() == 2);
  const ui::QueriesOnScreen* queries = View().queries;
  REQUIRE(queries != nullptr);
  REQUIRE(queries->open.size() == 2);
  CHECK(queries->open[0].reason == agents::QueryReason::kAttack);
  CHECK(queries->open[0].first == agents::Segment{EpisodeId{102}, kJudgedStep, kJudgedStep});
  session.OnQueries({.queries = {Span(1, 10, 20)}, .problem = {}, .agreement = {}});
  REQUIRE(View().queries->open.size() == 3);
  CHECK(View().queries->open[0].reason == agents::QueryReason::kAttack);
  CHECK(View().queries->open[2].first.episode == EpisodeId{1});

  session.OnEpisodeLoaded(SceneOf(102), {Steps(102, 0, 1 + kShownSteps)});
  Do(ui::QueryCommand{ui::GoToQuery{+1}});
  for (int i = 0; i < 20; ++i) Frame(0.05);
  CHECK(session.playhead().step == kJudgedStep);  // it stands still until it is judged
  const ui::Moment moment{EpisodeId{102}, kJudgedStep};
  Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kUnsafe, moment}});
  Do(ui::MarkCommand{ui::EndMark{moment}});
  REQUIRE(View().queries->open.size() == 2);
  CHECK(View().queries->open[0].first.episode == EpisodeId{101});
}

TEST_CASE_FIXTURE(Attacking, "attack: in a read-only project nothing is kept") {
  Find();
  workers.project.read_only = true;
  Do(ui::InspectionCommand{ui::AskAboutBlindSpots{}});
  CHECK(workers.held_episodes.empty());
}

}  // namespace

TEST_CASE("attack: without a cost model the search says so") {
  Watching watching;
  watching.Do(ui::InspectionCommand{ui::FindBlindSpots{}});
  CHECK(watching.workers.blind_spots_requests.empty());
  CHECK_FALSE(watching.View().blind_spots->problem.empty());
}

}  // namespace lookout::app
