// A moment is corrected: both futures are played, compared and recorded as feedback.
#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "tests/app/workspace/window_controller_support.h"
#include "tests/app/workspace/workspace_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

struct Correcting : Watching {
  Correcting() {
    workers.player.agent = ui::AgentKind::kGoToGoal;
    workers.player.playing = false;
    Frame();
  }
  void Correct(StepIndex step) {
    Do(ui::WindowCommand{ui::CorrectHere{.at = {EpisodeId{1}, step},
                                         .drive = {.forward = -1.0, .turn = 0.5},
                                         .time_spent_ms = 2500}});
  }
  // What the player does then.
  void PlayFuture(std::int64_t id, StepIndex branched_at) {
    auto header = std::make_shared<sim::EpisodeHeader>(*SceneOf(id)->header);
    header->branched_from = EpisodeId{1};
    header->branched_at = branched_at;
    auto scene = std::make_shared<ui::EpisodeScene>(*SceneOf(id));
    scene->header = header;
    session.OnEpisodeBegan(scene);
    session.OnChunk(Steps(id, 0, 51));
  }
};

TEST_CASE_FIXTURE(Correcting, "a correction is two futures and which of them is safer") {
  Correct(60);
  REQUIRE(workers.CountPlayer<ui::TryDrive>() == 1);
  const auto& asked = std::get<ui::TryDrive>(workers.player_commands.back());
  CHECK(asked.from.step == 60);
  CHECK(asked.drive.forward == -1.0);
  CHECK(asked.held_steps == 10);
  CHECK(asked.steps == 50);
  CHECK(workers.journal().empty());  // until they are played
  PlayFuture(2, 60);
  PlayFuture(3, 60);
  const std::size_t fits = workers.label_sources.size();
  session.OnPlayedThrough({EpisodeId{2}, EpisodeId{3}});
  Frame();

  REQUIRE(workers.journal().size() == 1);
  const agents::FeedbackRecord record = workers.journal().back().record;
  const agents::Correction correction = CorrectionOf(record).value();
  CHECK(correction.episode == EpisodeId{1});
  CHECK(correction.step == 60);
  CHECK(correction.persons == agents::Segment{EpisodeId{2}, 1, 50});
  CHECK(correction.agents == agents::Segment{EpisodeId{3}, 1, 50});
  CHECK(correction.forward == -1.0);
  CHECK(correction.turn == 0.5);
  CHECK(correction.held_steps == 10);
  CHECK(correction.strength == 1.0);
  CHECK(record.annotator == "me");
  CHECK(record.time_spent_ms == 2500);
  CHECK(record.on_screen.playback_speed == 0.0);
  CHECK(workers.recorded == std::vector{EpisodeId{1}, EpisodeId{3}, EpisodeId{2}});
  CHECK(workers.label_sources.size() > fits);
  REQUIRE(View().comparison);
  CHECK(View().comparison->shown == EpisodeId{2});
  CHECK(View().comparison->ghost == EpisodeId{3});
  CHECK(View().notices.back().text.find("Corrected step 60 of episode 1") == 0);

  Do(ui::MarkCommand{ui::Undo{}});
  CHECK(session.marks().marks().records().empty());
}

TEST_CASE_FIXTURE(Correcting, "what is played through for another reason corrects nothing") {
  Correct(60);
  PlayFuture(2, 0);
  PlayFuture(3, 60);
  session.OnPlayedThrough({EpisodeId{2}, EpisodeId{3}});
  CHECK(workers.journal().empty());
  PlayFuture(4, 60);
  PlayFuture(5, 60);
  session.OnPlayedThrough({EpisodeId{4}, EpisodeId{5}});
  CHECK(workers.journal().empty());  // the wish is spent
}

TEST_CASE_FIXTURE(Correcting, "a read-only project and a moment that is none are refused") {
  workers.project.read_only = true;
  Correct(60);
  workers.project.read_only = false;
  Correct(600);
  CHECK(workers.CountPlayer<ui::TryDrive>() == 0);
  CHECK(View().notices.size() == 1);
}

TEST_CASE("with all workers a correction of a running episode is in the project") {
  const test::ScratchFolder folder;
  auto opened = Workspace::Open({.project = folder.path() / "study.lookout", .playing = true});
  REQUIRE(opened.ok());
  Workspace& workspace = **opened;
  WindowController& controller = workspace.controller();
  const auto player = [&]() -> const ui::PlayerSnapshot& { return workspace.workers().player; };
  Wait(workspace, [&] { return player().step > 20; });
  controller.Send(ui::PlayerCommand{ui::SetPlaying{false}});
  Wait(workspace, [&] { return !player().playing; });
  const ui::Moment at{player().episode, 15};
  controller.Send(ui::WindowCommand{ui::CorrectHere{.at = at, .drive = {.forward = -1.0}}});
  Wait(workspace, [&] {
    return controller.marks().marks().records().size() == 1 && controller.marks().all_saved();
  });
  const agents::Correction correction =
      CorrectionOf(controller.marks().marks().records().begin()->second).value();
  CHECK(correction.episode == at.episode);
  CHECK(correction.step == 15);
  const ui::EpisodeTrack* persons = controller.episodes().Find(correction.persons.episode);
  const ui::EpisodeTrack* agents = controller.episodes().Find(correction.agents.episode);
  REQUIRE(persons != nullptr);
  REQUIRE(agents != nullptr);
  CHECK(persons->steps() == 51);
  CHECK(agents->steps() == 51);
  CHECK(persons->step(1).source == sim::ActionSource::kHuman);
  CHECK(persons->step(11).source == sim::ActionSource::kAgent);
  CHECK(agents->step(1).source == sim::ActionSource::kAgent);
  CHECK(persons->step(20).robot_xy_m != agents->step(20).robot_xy_m);
}

}  // namespace
}  // namespace lookout::app
