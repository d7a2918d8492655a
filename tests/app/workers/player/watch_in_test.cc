// Watching an agent in its own environment: both or neither.
#include <doctest/doctest.h>

#include "tests/app/workers/player_loop_fixture.h"

namespace lookout::app {
namespace {

TEST_CASE_FIXTURE(SessionFixture, "the agent takes the seat in its environment, and it plays") {
  PlayerOptions options = Options();
  options.playing = false;
  options.seed = 5;
  Open(std::move(options));
  Do(ui::WatchIn{"other", {ui::AgentKind::kRandom, {}}});
  CHECK(Shown().environment == "other");
  CHECK(Shown().agent == ui::AgentKind::kRandom);
  CHECK(Shown().playing);
  CHECK(Recorded().At(2).scene->header->agent == "Random");
  CHECK(Recorded().At(2).scene->header->seed == 5);
  CHECK(Notices().empty());
}

TEST_CASE_FIXTURE(SessionFixture,
                  "in the environment where it already is, the episode starts anew") {
  Open();
  Pass(std::chrono::milliseconds(100));
  Do(ui::WatchIn{"toy", {ui::AgentKind::kRandom, {}}});
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(Shown().step == 0);
}

TEST_CASE_FIXTURE(SessionFixture, "if either cannot be had, both stay as they were") {
  PlayerOptions options = Options();
  options.playing = false;
  Open(std::move(options));
  for (const ui::WatchIn& command : {ui::WatchIn{"nowhere", {ui::AgentKind::kRandom, {}}},
                                     ui::WatchIn{"other", {ui::AgentKind::kNewestPolicy, {}}}}) {
    CAPTURE(command.environment);
    Do(command);
    CHECK(Notices().size() == 1);
    CHECK(Shown().environment == "toy");
    CHECK(Shown().agent == ui::AgentKind::kHuman);
    CHECK(Shown().episode == EpisodeId{1});
    CHECK_FALSE(Shown().playing);
  }
}

}  // namespace
}  // namespace lookout::app
