#include "app/workspace/window_controller.h"

#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "app/platform/files.h"
#include "app/project/settings/annotators_file.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

TEST_CASE("the playhead follows the live episode") {
  Watching watching;
  CHECK(watching.session.playhead().live);
  watching.LiveAt(120);
  CHECK(watching.session.playhead().step == 120);
}

TEST_CASE("holding a key marks the steps that were on screen, late by the reaction lag") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kUnsafe}});
  watching.LiveAt(130);
  watching.Do(ui::MarkCommand{ui::EndMark{}});

  REQUIRE(watching.workers.journal().size() == 1);
  const agents::Mark mark = MarkOf(watching.workers.journal().front().record).value();
  CHECK(mark.first_step == 100);
  CHECK(mark.last_step == 130);
  CHECK(mark.verdict == agents::Verdict::kUnsafe);
  CHECK(mark.reaction_lag_steps == 15);  // 300 ms at 50 steps per second
  REQUIRE_FALSE(watching.workers.label_sources.empty());
  CHECK(watching.workers.label_sources.back().feedback.size() == 1);
  CHECK(watching.workers.label_sources.back().episodes.size() == 1);
}

TEST_CASE("the reaction lag is a setting of the annotator, stored with every mark") {
  Watching watching;
  ui::AnnotatorProfile me = watching.session.marks().annotators().present();
  me.reaction_lag_s = 0.5;
  watching.Do(ui::WindowCommand{ui::SaveAnnotator{me}});
  CHECK(watching.session.marks().annotators().present().reaction_lag_s == 0.5);
  const auto* saved = std::get_if<SaveSetting>(&watching.workers.write_requests.back());
  REQUIRE(saved != nullptr);
  CHECK(saved->key == kAnnotatorsSetting);
  CHECK(AnnotatorsFromText(saved->value, 0.3).present().reaction_lag_s == 0.5);
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  const agents::Mark mark = MarkOf(watching.workers.journal().back().record).value();
  CHECK(mark.reaction_lag_steps == 25);
  CHECK(mark.on_screen.playback_speed == 1.0);
  CHECK(mark.on_screen.mode == "live");
  me.reaction_lag_s = 99.0;
  watching.Do(ui::WindowCommand{ui::SaveAnnotator{me}});
  CHECK(watching.session.marks().annotators().present().reaction_lag_s == ui::kMostReactionLag_s);
}

TEST_CASE("a mark begins and ends at what was on screen, not at where the episode has got to") {
  Watching watching;
  watching.workers.player.target_speed = 4.0;
  watching.LiveAt(120);
  const EpisodeId episode{1};
  watching.Do(ui::MarkCommand{
      ui::BeginMark{.verdict = agents::Verdict::kUnsafe, .at = ui::Moment{episode, 110}}});
  CHECK(watching.View().open_mark()->first_step == 110);
  watching.LiveAt(160);
  watching.Do(ui::MarkCommand{ui::EndMark{.at = ui::Moment{episode, 150}}});
  REQUIRE(watching.workers.journal().size() == 1);
  const agents::Mark mark = MarkOf(watching.workers.journal().front().record).value();
  CHECK(mark.first_step == 110);
  CHECK(mark.last_step == 150);
}

TEST_CASE("the lag follows the speed at which the key went down, a standing picture has none") {
  for (const auto& [speed, steps] : {std::pair(0.25, 4), {1.0, 15}, {2.0, 30}, {8.0, 120}}) {
    Watching watching;
    watching.workers.player.target_speed = speed;
    watching.Do(ui::MarkCommand{ui::BeginMark{}});
    watching.workers.player.target_speed = 1.0;
    watching.Do(ui::MarkCommand{ui::EndMark{}});
    const agents::Mark mark = MarkOf(watching.workers.journal().back().record).value();
    CHECK(mark.reaction_lag_steps == steps);  // 0.3 s * speed / 0.02 s
    CHECK(mark.on_screen.playback_speed == speed);
  }

  Watching standing;
  standing.workers.player.playing = false;
  standing.Do(ui::MarkCommand{ui::BeginMark{}});
  standing.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(MarkOf(standing.workers.journal().back().record)->reaction_lag_steps == 0);
}

TEST_CASE("how bad it is can be said while a mark is being made, of what is unsafe alone") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kUnsafe}});
  watching.Do(ui::MarkCommand{ui::SetSeverity{4}});
  watching.Do(ui::MarkCommand{ui::SetSeverity{7}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  watching.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kSafe}});
  watching.Do(ui::MarkCommand{ui::SetSeverity{7}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  watching.Do(ui::MarkCommand{ui::SetSeverity{9}});  // nothing is being made
  const auto& marks = watching.session.marks().marks().marks();
  REQUIRE(marks.size() == 2);
  CHECK(marks.at(MarkId{1}).severity == 7);
  CHECK(marks.at(MarkId{2}).severity == agents::kNoSeverity);
}

TEST_CASE("scrubbing pauses the live episode and shows the past") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 40}});
  CHECK_FALSE(watching.session.playhead().live);
  CHECK(watching.session.playhead().step == 40);
  CHECK(watching.workers.CountPlayer<ui::SetPlaying>() == 1);

  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 100000}});
  CHECK(watching.session.playhead().step == 100);
  watching.Do(ui::WindowCommand{ui::SeekBy{-1000}});
  CHECK(watching.session.playhead().step == 0);
}

TEST_CASE("in review, play moves through the recording and stops at its end") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 40}});
  const auto sent = watching.workers.player_commands.size();
  watching.Do(ui::PlayerCommand{ui::SetPlaying{true}});
  CHECK(watching.workers.player_commands.size() == sent);  // the live episode stays as it is
  watching.Frame(0.2);
  CHECK(watching.session.playhead().step == 50);
  watching.Frame(60.0);
  CHECK(watching.session.playhead().step == 100);
  CHECK_FALSE(watching.session.playhead().replaying);
  watching.Do(ui::PlayerCommand{ui::SetPlaying{true}});  // at its end it starts over
  CHECK(watching.session.playhead().step == 0);
  CHECK(watching.session.playhead().replaying);
}

TEST_CASE("a mark that is being made is kept when the program ends") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.LiveAt(110);
  watching.Do(ui::WindowCommand{ui::Quit{}});
  CHECK(watching.session.quit_requested());
  REQUIRE(watching.workers.journal().size() == 1);
  CHECK(MarkOf(watching.workers.journal()[0].record)->last_step == 110);
}

TEST_CASE("continuing from the past branches there and goes live") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 40}});
  watching.Do(ui::WindowCommand{ui::ContinueFrom{EpisodeId{1}, 40}});
  REQUIRE(watching.workers.CountPlayer<ui::BranchFrom>() == 1);
  CHECK(watching.session.playhead().live);
  for (const ui::PlayerCommand& command : watching.workers.player_commands) {
    const auto* branch = std::get_if<ui::BranchFrom>(&command);
    if (branch == nullptr) continue;
    REQUIRE(branch->past.size() == 1);  // what whoever acts there has seen
    CHECK(branch->past[0].header->id == EpisodeId{1});
    CHECK(branch->past[0].last == 40);
  }
}

TEST_CASE("undo and redo travel to the project file and to the fitter") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  watching.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(watching.workers.journal().back().op == agents::JournalOp::kUndo);
  CHECK(watching.workers.label_sources.back().feedback.empty());
  watching.Do(ui::MarkCommand{ui::Redo{}});
  CHECK(watching.workers.label_sources.back().feedback.size() == 1);
}

TEST_CASE("only what is unsafe has a class of danger") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::SetDangerClass{2}});
  const auto mark_as = [&](agents::Verdict verdict) {
    watching.Do(ui::MarkCommand{ui::BeginMark{verdict}});
    watching.Do(ui::MarkCommand{ui::SetDangerClass{3}});
    watching.Do(ui::MarkCommand{ui::EndMark{}});
    return MarkOf(watching.workers.journal().back().record).value();
  };
  CHECK(mark_as(agents::Verdict::kUnsafe).danger == 3);
  agents::Mark safe = mark_as(agents::Verdict::kSafe);
  CHECK(safe.danger == 0);
  CHECK(mark_as(agents::Verdict::kUnsure).danger == 0);
  agents::Mark mark = mark_as(agents::Verdict::kUnsafe);
  mark.id = MarkId{4};
  mark.verdict = agents::Verdict::kSafe;
  watching.Do(ui::MarkCommand{ui::ReviseMark{mark}});
  CHECK(MarkOf(watching.workers.journal().back().record)->verdict == agents::Verdict::kSafe);
  CHECK(MarkOf(watching.workers.journal().back().record)->danger == 0);
}

TEST_CASE("an episode that cannot be loaded is named once and not asked for again") {
  FakeWorkers workers;
  WindowController session(workers.links());
  session.Send(ui::WindowCommand{ui::OpenEpisode{EpisodeId{5}}});
  session.Update(workers.snapshots(), 0.0);
  session.OnLoadFailed(EpisodeId{5}, "Episode 5 cannot be read.");
  session.Send(ui::WindowCommand{ui::OpenEpisode{EpisodeId{5}}});
  session.Update(workers.snapshots(), 0.0);
  CHECK(workers.write_requests.size() == 1);
  const ui::FrameFigures figures;
  const WorkerSnapshots snapshots = workers.snapshots();
  CHECK(session.View(snapshots, figures).notices.size() == 1);
}

TEST_CASE("a read-only project refuses marks and says why") {
  Watching watching;
  watching.workers.project.read_only = true;
  watching.workers.project.read_only_reason = "the folder is not writable";
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(watching.workers.journal().empty());
  const ui::FrameFigures figures;
  const WorkerSnapshots snapshots = watching.workers.snapshots();
  const ui::Snapshots view = watching.session.View(snapshots, figures);
  REQUIRE(view.notices.size() == 1);
  CHECK(view.notices[0].text.find("not writable") != std::string::npos);
}

TEST_CASE("Drive mode takes the wheel and gives it back to whoever had it") {
  Watching watching;
  watching.workers.player.agent = ui::AgentKind::kNamedPolicy;
  watching.workers.player.agent_name = "pointgoal1-ppo";
  watching.Frame();
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kDrive}});
  REQUIRE(watching.workers.CountPlayer<ui::SetAgent>() == 1);
  CHECK(std::get<ui::SetAgent>(watching.workers.player_commands.back()).kind ==
        ui::AgentKind::kHuman);
  watching.workers.player.agent = ui::AgentKind::kHuman;
  watching.workers.player.agent_name = "You";
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kDrive}});
  CHECK(watching.workers.CountPlayer<ui::SetAgent>() == 1);
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  REQUIRE(watching.workers.CountPlayer<ui::SetAgent>() == 2);
  const auto& back = std::get<ui::SetAgent>(watching.workers.player_commands.back());
  CHECK(back.kind == ui::AgentKind::kNamedPolicy);
  CHECK(back.policy == "pointgoal1-ppo");
}

TEST_CASE("who chooses to steer gets the keys, who chooses another agent gives them up") {
  Watching watching;
  const ui::FrameFigures figures;
  const auto mode = [&] {
    return watching.session.View(watching.workers.snapshots(), figures).mode;
  };
  watching.Do(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kHuman, {}}});
  CHECK(mode() == ui::InputMode::kDrive);
  watching.Do(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kRandom, {}}});
  CHECK(mode() == ui::InputMode::kView);
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  CHECK(watching.workers.CountPlayer<ui::SetAgent>() == 2);
}

TEST_CASE("files are handed to whoever opens them") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::OpenFiles{{"/a/maze.json", "/b"}}});
  CHECK(watching.workers.paths == std::vector<std::filesystem::path>{"/a/maze.json", "/b"});
  watching.Do(ui::WindowCommand{ui::OpenFiles{{"~/runs/ppo"}}});
  CHECK(watching.workers.paths.back() == ExpandHome("~/runs/ppo"));
  CHECK(watching.workers.paths.back() != "~/runs/ppo");
}

}  // namespace
}  // namespace lookout::app
