#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "app/workspace/playback.h"
#include "app/workspace/window_controller.h"
#include "tests/support/step_states.h"

namespace lookout::app {
namespace {

ui::EpisodeScenePtr SceneOf(std::int64_t id) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{id};
  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = header;
  scene->spec.step_duration_s = 0.02;
  return scene;
}

sim::ChunkPtr ComparedSteps(std::int64_t id, int count) {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{id};
  chunk->steps.resize(static_cast<std::size_t>(count));
  for (sim::StepRecord& step : chunk->steps) test::SetState(step, {});
  return chunk;
}

// Episodes 2 (101 steps) and 3 (201 steps) have just been played through; 3 is still the live one.
struct Comparing {
  std::vector<ui::PlayerCommand> player_commands;
  ui::PlayerSnapshot player;
  ui::TrainingSnapshot training;
  ui::FitSnapshot fit;
  ui::FieldSnapshot field;
  ui::ProjectSnapshot project;
  ui::FrameFigures figures;
  WindowController session{
      {.to_player = [this](ui::PlayerCommand c) { player_commands.push_back(c); },
       .to_trainer = [](const ui::TrainerCommand&) {},
       .to_fitter = [](const ui::FitterCommand&) {},
       .labels_changed = [](const FitRequest&) {},
       .to_project_writer = [](const WriteRequest&) {},
       .open_files = [](const std::vector<std::filesystem::path>&) {}}};

  Comparing() {
    for (const auto& [id, count] : {std::pair{1, 10}, {2, 101}, {3, 201}}) {
      session.OnEpisodeBegan(SceneOf(id));
      session.OnChunk(ComparedSteps(id, count));
    }
    player.episode = EpisodeId{3};
    player.step = 200;
    session.OnPlayedThrough({EpisodeId{2}, EpisodeId{3}});
    Pass(0.0);
  }
  WorkerSnapshots workers() const { return {player, training, fit, field, project}; }
  void Pass(double seconds) { session.Update(workers(), seconds); }
  void Do(ui::Command command) {
    session.Send(std::move(command));
    Pass(0.0);
  }
  std::optional<ui::Comparison> comparison() const {
    return session.View(workers(), figures).comparison;
  }
};

TEST_CASE("what was played through is replayed from the beginning, first and ghost together") {
  Comparing comparing;
  REQUIRE(comparing.comparison());
  CHECK(comparing.comparison()->shown == EpisodeId{2});
  CHECK(comparing.comparison()->ghost == EpisodeId{3});
  const ui::Playhead& playhead = comparing.session.playhead();
  CHECK_FALSE(playhead.live);
  CHECK(playhead.replaying);
  CHECK(playhead.step == 0);
  comparing.Pass(1.0);
  CHECK(playhead.step == 50);
  CHECK(comparing.comparison()->ghost_step == 50);
}

TEST_CASE("one episode alone is no comparison") {
  Comparing comparing;
  comparing.Do(ui::GoLive{});
  comparing.session.OnPlayedThrough({EpisodeId{2}});
  CHECK_FALSE(comparing.comparison());
}

TEST_CASE("the replay ends with the longer one, the shorter stays at its last step") {
  Comparing comparing;
  comparing.Pass(3.0);
  const ui::Playhead& playhead = comparing.session.playhead();
  CHECK(playhead.step == 100);
  CHECK(comparing.comparison()->ghost_step == 150);
  CHECK(playhead.replaying);
  comparing.Pass(3.0);
  CHECK(comparing.comparison()->ghost_step == 200);
  CHECK_FALSE(playhead.replaying);
  comparing.Do(ui::SetPlaying{true});  // once more
  CHECK(playhead.replaying);
  CHECK(playhead.step == 0);
  CHECK(comparing.comparison()->ghost_step == 0);
}

TEST_CASE("swapping shows the other at the same moment, back and forth") {
  Comparing comparing;
  comparing.Pass(3.0);
  const ui::Playhead& playhead = comparing.session.playhead();
  comparing.Do(ui::SwapComparison{});
  CHECK(comparing.comparison()->swapped);
  CHECK(playhead.episode == EpisodeId{3});
  CHECK(playhead.step == 150);
  CHECK(comparing.comparison()->ghost == EpisodeId{2});
  CHECK(comparing.comparison()->ghost_step == 100);
  comparing.Do(ui::SwapComparison{});
  CHECK_FALSE(comparing.comparison()->swapped);
  CHECK(playhead.step == 100);
  CHECK(comparing.comparison()->ghost_step == 150);
}

TEST_CASE("scrubbing moves both") {
  Comparing comparing;
  comparing.Do(ui::Seek{EpisodeId{2}, 40});
  CHECK(comparing.comparison()->ghost_step == 40);
  comparing.Do(ui::SeekBy{-10});
  CHECK(comparing.session.playhead().step == 30);
  CHECK(comparing.comparison()->ghost_step == 30);
  comparing.Do(ui::SeekBy{1000});
  CHECK(comparing.session.playhead().step == 100);
  CHECK(comparing.comparison()->ghost_step == 200);
  comparing.Do(ui::SeekBy{-150});  // from the moment on screen, past the end of the shown one
  CHECK(comparing.session.playhead().step == 50);
}

TEST_CASE("closing it keeps what is on screen, going live and other episodes end it too") {
  Comparing closed;
  closed.Pass(3.0);
  closed.Do(ui::EndComparison{});
  CHECK_FALSE(closed.comparison());
  CHECK(closed.session.playhead().episode == EpisodeId{2});
  CHECK(closed.session.playhead().step == 100);
  closed.Do(ui::SwapComparison{});  // nothing to swap
  CHECK(closed.session.playhead().episode == EpisodeId{2});

  for (const ui::Command& leaving :
       {ui::Command(ui::GoLive{}), ui::Command(ui::OpenEpisode{EpisodeId{1}}),
        ui::Command(ui::ContinueFrom{EpisodeId{2}, 0}), ui::Command(ui::ResetEpisode{})}) {
    Comparing comparing;
    comparing.Do(leaving);
    CHECK_FALSE(comparing.comparison());
  }
}

TEST_CASE("asking for another comparison leaves the present one on screen meanwhile") {
  Comparing comparing;
  comparing.Do(ui::PairedRollout{});
  CHECK(comparing.comparison());
  CHECK(std::holds_alternative<ui::PairedRollout>(comparing.player_commands.back()));
}

TEST_CASE("memory is trimmed round both, not through them") {
  Comparing comparing;
  auto huge = std::make_shared<sim::RecordingChunk>();
  huge->episode = comparing.player.episode = EpisodeId{4};
  huge->steps.resize(1);
  huge->steps[0].observation.resize(150'000'000);  // never touched, so never in memory
  comparing.session.OnEpisodeBegan(SceneOf(4));
  comparing.session.OnChunk(std::move(huge));
  comparing.Pass(0.0);
  CHECK(comparing.session.episodes().Find(EpisodeId{1}) == nullptr);  // it had to be trimmed
  CHECK(comparing.session.episodes().Find(EpisodeId{2}) != nullptr);
  CHECK(comparing.session.episodes().Find(EpisodeId{3}) != nullptr);
}

}  // namespace
}  // namespace lookout::app
