#include <doctest/doctest.h>

#include <cmath>

#include "tests/app/workers/player_loop_fixture.h"

namespace lookout::app {
namespace {

using std::chrono::milliseconds;

TEST_CASE_FIXTURE(SessionFixture, "an episode is announced with its step 0 before anything moves") {
  PlayerOptions options = Options();
  options.seed = 7;
  options.numbers = std::make_shared<EpisodeNumbers>(EpisodeId{41});
  Open(std::move(options));
  REQUIRE(Recorded().episodes().size() == 1);
  const Recordings::Episode& episode = Recorded().At(41);
  REQUIRE(episode.steps.size() == 1);
  CHECK(episode.scene->header->seed == 7);
  CHECK(episode.scene->header->agent == "You");
  CHECK(episode.steps[0].state->step == 0);
  CHECK(episode.steps[0].executed_action.size() == 0);
  CHECK(episode.steps[0].source == sim::ActionSource::kNone);
  CHECK(SameStep(Shown().now, episode.steps[0]));
}

TEST_CASE_FIXTURE(SessionFixture, "it keeps real time, and each step arrives with its snapshot") {
  Open();
  Pass(milliseconds(400));
  CHECK(Shown().step == 20);
  CHECK(Recorded().At(1).steps.size() == 21);
  CHECK(SameStep(Shown().now, Recorded().At(1).steps.back()));
  CHECK(Shown().measured_speed == doctest::Approx(1.0).epsilon(0.02));
  CHECK(Shown().steps_per_second == doctest::Approx(50.0).epsilon(0.02));
}

TEST_CASE_FIXTURE(SessionFixture, "a stall of a minute is not caught up with") {
  Open();
  Pass(milliseconds(100));
  const StepIndex before = Shown().step;
  now += std::chrono::seconds(60);
  CHECK(Shown().step <= before + 6);
}

TEST_CASE_FIXTURE(SessionFixture, "speed follows the factor") {
  plan->episode_steps = 100'000;
  Open();
  Do(ui::SetSpeed{8.0});
  Pass(milliseconds(500));
  CHECK(Shown().step == doctest::Approx(200).epsilon(0.02));
  CHECK(Shown().measured_speed == doctest::Approx(8.0).epsilon(0.05));
  Do(ui::SetSpeed{0.1});
  const StepIndex before = Shown().step;
  Pass(milliseconds(1000));
  CHECK(Shown().step - before == 5);
}

TEST_CASE_FIXTURE(SessionFixture, "paused, time stands still until it is told to go on") {
  Open();
  Pass(milliseconds(100));
  Do(ui::SetPlaying{false});
  const StepIndex paused_at = Shown().step;
  CHECK(session->Advance() == SteadyTime::max());
  Pass(milliseconds(500));
  CHECK(Shown().step == paused_at);
  CHECK_FALSE(Shown().playing);
  CHECK(Shown().measured_speed == 0.0);
  Do(ui::SetPlaying{true});
  Pass(milliseconds(40));
  CHECK(Shown().step == paused_at + 2);
}

TEST_CASE_FIXTURE(SessionFixture, "stepping forward pauses and takes exactly that many steps") {
  Open();
  Do(ui::StepForward{3});
  CHECK(Shown().step == 3);
  CHECK_FALSE(Shown().playing);
  CHECK(Recorded().At(1).steps.size() == 4);
}

TEST_CASE_FIXTURE(SessionFixture, "commands take effect between steps, in the order of arrival") {
  Open();
  Do(ui::SetPlaying{false});
  Do(ui::DriveInput{1.0, 0.0});
  Do(ui::StepForward{2});
  Do(ui::DriveInput{-0.5, 0.25});
  Do(ui::StepForward{1});
  const auto& steps = Recorded().At(1).steps;
  REQUIRE(steps.size() == 4);
  CHECK(steps[1].executed_action == Eigen::Vector2d(1.0, 0.0));
  CHECK(steps[2].executed_action == Eigen::Vector2d(1.0, 0.0));
  CHECK(steps[3].executed_action == Eigen::Vector2d(-0.5, 0.25));
  CHECK(steps[3].source == sim::ActionSource::kHuman);
}

TEST_CASE_FIXTURE(SessionFixture, "a reset starts the same, the next or a given seed") {
  Open();
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kSame, 0});
  CHECK(Shown().seed == 0);
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  CHECK(Shown().seed == 1);
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kGiven, 99});
  CHECK(Shown().seed == 99);
  CHECK(Shown().episode == EpisodeId{4});
  CHECK(SameStep(Recorded().At(1).steps[0], Recorded().At(2).steps[0]));
  CHECK_FALSE(SameStep(Recorded().At(1).steps[0], Recorded().At(3).steps[0]));
}

TEST_CASE_FIXTURE(SessionFixture, "an ended episode is held on screen, then the next seed starts") {
  plan->episode_steps = 5;
  Open();
  Pass(milliseconds(110));
  CHECK(Shown().now.status == sim::EpisodeStatus::kTimedOut);
  Pass(milliseconds(500));
  CHECK(Shown().episode == EpisodeId{1});
  Pass(milliseconds(300));
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(Shown().seed == 1);
  CHECK(Recorded().At(1).steps.size() == 6);
}

TEST_CASE_FIXTURE(SessionFixture, "paused at the end, a step forward leads into the next episode") {
  plan->episode_steps = 5;
  Open();
  Do(ui::StepForward{5});
  CHECK(Shown().now.status == sim::EpisodeStatus::kTimedOut);
  Do(ui::StepForward{1});
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(Shown().step == 0);
}

TEST_CASE_FIXTURE(SessionFixture, "it rests at the end if it must not continue by itself") {
  plan->episode_steps = 5;
  PlayerOptions options = Options();
  options.continues_after_done = false;
  Open(std::move(options));
  Pass(milliseconds(5000));
  CHECK(Shown().episode == EpisodeId{1});
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  CHECK(Shown().episode == EpisodeId{2});
}

TEST_CASE_FIXTURE(SessionFixture,
                  "divergence ends the episode flagged, the last good frame stays") {
  plan->diverge_at_step = 10;
  Open();
  Do(ui::StepForward{9});
  const sim::StepRecord last_good = Shown().now;
  Do(ui::StepForward{1});
  const sim::StepRecord& shown = Shown().now;
  CHECK(shown.status == sim::EpisodeStatus::kDiverged);
  CHECK(shown.state->qpos == last_good.state->qpos);
  CHECK(shown.state->qpos.allFinite());
  CHECK(shown.observation == last_good.observation);
  CHECK(shown.reward == 0.0F);
  CHECK(Recorded().At(1).steps.size() == 11);
  Do(ui::SetPlaying{true});
  Pass(milliseconds(800));
  CHECK(Shown().episode == EpisodeId{2});
}

TEST_CASE_FIXTURE(SessionFixture, "what cannot be built is refused with a notice, play goes on") {
  Open();
  Pass(milliseconds(100));
  for (const char* id : {"nowhere", "unbuildable"}) {
    Do(ui::SetEnvironment{id});
    const auto notices = Notices();
    REQUIRE(notices.size() == 1);
    CHECK(notices[0].find(id) != std::string::npos);
    CHECK(Shown().episode == EpisodeId{1});
  }
  Pass(milliseconds(100));
  CHECK(Shown().step == 10);
  Do(ui::SetEnvironment{"other"});
  CHECK(Shown().environment == "other");
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(Notices().empty());
}

TEST_CASE_FIXTURE(SessionFixture, "a start with an unknown environment falls back to the default") {
  PlayerOptions options = Options();
  options.environment = "nowhere";
  Open(std::move(options));
  CHECK(Shown().environment == kDefaultEnvironment);
  CHECK(Notices().size() == 1);
}

TEST_CASE_FIXTURE(SessionFixture, "a refused seed is named and spent, and the next one plays on") {
  plan->refused_seeds = {1, 2};
  Open();
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  Pass(std::chrono::milliseconds(40));
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(Shown().seed == 3);
  CHECK(Shown().playing);
  CHECK(Shown().step > 0);
  const std::vector<std::string> notices = Notices();
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].starts_with("Seed 1: No layout fits"));
  CHECK(notices[1].starts_with("Seed 2: No layout fits"));
}

TEST_CASE_FIXTURE(SessionFixture,
                  "an environment is opened at the first seed that is not refused") {
  plan->refused_seeds = {0, 1};
  Open();
  CHECK(Shown().seed == 2);
  const std::vector<std::string> notices = Notices();
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].starts_with("Seed 0: No layout fits"));
  CHECK(notices[1].starts_with("Seed 1: No layout fits"));
}

TEST_CASE_FIXTURE(SessionFixture, "after a refused seed Next seed and Play try the one after it") {
  plan->refused_seeds = {1, 2};
  Open();
  Do(ui::SetPlaying{false});
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  CHECK(Shown().episode == EpisodeId{1});  // paused: nothing happens by itself
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  CHECK(Shown().episode == EpisodeId{1});
  Do(ui::SetPlaying{true});
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(Shown().seed == 3);
}

TEST_CASE_FIXTURE(SessionFixture, "where no layout fits at all the player pauses and waits") {
  Open();
  plan->no_layout = true;
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  CHECK(Shown().episode == EpisodeId{1});
  CHECK(Shown().now.state->qpos.allFinite());
  CHECK_FALSE(Shown().playing);
  CHECK(Notices().size() == PlayerLoop::kMostRefusedInARow);
  Do(ui::StepForward{1});  // tries the next seed, in vain
  CHECK(Notices().size() == 1);
  plan->no_layout = false;
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kSame, 0});
  CHECK(Shown().episode == EpisodeId{2});
}

TEST_CASE_FIXTURE(SessionFixture, "unlimited speed takes whole slices and loses nothing") {
  per_look = std::chrono::microseconds(50);
  Open();
  Do(ui::SetSpeed{ui::kUnlimitedSpeed});
  for (int i = 0; i < 40; ++i) session->Advance();
  CHECK(Shown().steps_per_second > 5'000.0);
  Do(ui::SetPlaying{false});
  const Recordings& recorded = Recorded();
  CHECK(recorded.in_order());
  CHECK(recorded.total_steps() > 1000);
  const EpisodeId last = Shown().episode;
  for (const auto& [id, episode] : recorded.episodes()) CHECK((id == last || episode.finished()));
}

TEST_CASE_FIXTURE(SessionFixture, "it rests while nobody fetches, and loses nothing") {
  plan->episode_steps = 1'000'000;
  per_look = std::chrono::microseconds(10);
  Open();
  Do(ui::SetSpeed{ui::kUnlimitedSpeed});
  StepIndex before = -1;
  while (Shown().step != before) before = Shown().step;
  CHECK(before > PlayerLoop::kMaxUnfetchedSteps);
  CHECK(before < 2 * PlayerLoop::kMaxUnfetchedSteps);
  CHECK(Recorded().in_order());
  CHECK(Shown().step > before);
}

}  // namespace
}  // namespace lookout::app
