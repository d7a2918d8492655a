#include "app/workspace/labelling/take_overs.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/app/workspace/window_controller_support.h"
#include "tests/app/workspace/workspace_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using sim::ActionSource;

ui::ActorSpan From(StepIndex first, ActionSource source) { return {first, "somebody", source}; }

TEST_CASE("what a person drove after an agent is a take-over, as soon as somebody else acts") {
  std::vector<ui::ActorSpan> actors{From(1, ActionSource::kAgent)};
  CHECK(TakeOversIn(actors, 100, false).empty());
  actors.push_back(From(100, ActionSource::kHuman));
  CHECK(TakeOversIn(actors, 150, false).empty());  // is still driven
  CHECK(TakeOversIn(actors, 150, true) == std::vector<DrivenSteps>{{100, 149}});
  actors.push_back(From(150, ActionSource::kAgent));
  actors.push_back(From(200, ActionSource::kHuman));
  CHECK(TakeOversIn(actors, 210, false) == std::vector<DrivenSteps>{{100, 149}});
  CHECK(TakeOversIn(actors, 210, true) == std::vector<DrivenSteps>{{100, 149}, {200, 209}});
}

TEST_CASE("an episode that a person drives from its beginning is no take-over") {
  std::vector<ui::ActorSpan> actors{From(1, ActionSource::kHuman)};
  CHECK(TakeOversIn(actors, 50, true).empty());
  actors.push_back(From(50, ActionSource::kAgent));
  CHECK(TakeOversIn(actors, 90, true).empty());
  CHECK(TakeOversIn({}, 1, true).empty());
}

TEST_CASE("an overseer that steps in does not have the wheel") {
  const std::vector<ui::ActorSpan> from_an_agent{
      From(1, ActionSource::kAgent), From(20, ActionSource::kOverseer),
      From(22, ActionSource::kHuman), From(40, ActionSource::kOverseer),
      From(42, ActionSource::kHuman)};
  CHECK(TakeOversIn(from_an_agent, 60, true) == std::vector<DrivenSteps>{{22, 39}});
  const std::vector<ui::ActorSpan> from_the_start{From(1, ActionSource::kHuman),
                                                  From(40, ActionSource::kOverseer),
                                                  From(42, ActionSource::kHuman)};
  CHECK(TakeOversIn(from_the_start, 60, true).empty());
}

// Watches an agent's episode, whose wheel the person may take.
struct Driving : Watching {
  Driving() { Acts(ui::AgentKind::kGoToGoal, 20); }

  // From now on that one acts, for so many steps.
  void Acts(ui::AgentKind kind, int steps) {
    workers.player.agent = kind;
    Frame();
    const std::int64_t episode = workers.player.episode.value;
    const ui::EpisodeTrack* track = session.episodes().Find(workers.player.episode);
    auto chunk = std::make_shared<sim::RecordingChunk>(*Steps(episode, track->steps(), steps));
    const bool person = kind == ui::AgentKind::kHuman;
    for (sim::StepRecord& step : chunk->steps) {
      step.source = person ? ActionSource::kHuman : ActionSource::kAgent;
      step.agent = std::make_shared<const std::string>(person ? "You" : "Go to goal");
      if (!person) step.policy_version = 7;
    }
    session.OnChunk(chunk);
    workers.player.step = track->steps() - 1;
    Frame();
  }
  void Begin(std::int64_t episode) {
    session.OnEpisodeBegan(SceneOf(episode));
    session.OnChunk(Steps(episode, 0, 1));
    workers.player.episode = EpisodeId{episode};
    workers.player.step = 0;
    Frame();
  }
  // What is recorded of it.
  agents::Intervention Newest() const { return InterventionOf(NewestRecord()).value(); }
  agents::FeedbackRecord NewestRecord() const {
    REQUIRE_FALSE(workers.journal().empty());
    return workers.journal().back().record;
  }
};

TEST_CASE_FIXTURE(Driving, "taking the wheel says that what led there was unsafe") {
  Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kDrive}});
  REQUIRE(workers.CountPlayer<ui::SetAgent>() == 1);
  Acts(ui::AgentKind::kHuman, 30);
  Frame(1.5);
  CHECK(workers.journal().empty());
  const std::size_t fits = workers.label_sources.size();
  Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  REQUIRE(workers.CountPlayer<ui::SetAgent>() == 2);
  CHECK(workers.journal().empty());  // the agent has not done anything yet
  Acts(ui::AgentKind::kGoToGoal, 1);

  REQUIRE(workers.journal().size() == 1);
  CHECK(Newest().episode == EpisodeId{1});
  CHECK(Newest().first_step == 121);
  CHECK(Newest().last_step == 150);
  CHECK(Newest().rule == agents::InterventionRule{});  // 300 ms at 50 steps per second
  const agents::FeedbackRecord record = NewestRecord();
  CHECK(record.annotator == "me");
  CHECK(record.time_spent_ms >= 1500);
  CHECK(record.time_spent_ms < 1700);
  CHECK(record.on_screen.policy == 7);
  CHECK(record.on_screen.mode == "live");
  CHECK(record.on_screen.playback_speed == 1.0);
  CHECK(workers.recorded == std::vector{EpisodeId{1}});
  CHECK(workers.label_sources.size() == fits + 1);
  CHECK(workers.label_sources.back().feedback.size() == 1);
  REQUIRE_FALSE(View().notices.empty());
  CHECK(View().notices.back().text ==
        "Took over at step 121: steps 81\xE2\x80\x93"
        "105 count as unsafe; Ctrl+Z takes it back.");

  Do(ui::MarkCommand{ui::Undo{}});
  CHECK(session.marks().marks().records().empty());
  Acts(ui::AgentKind::kGoToGoal, 10);
  CHECK(session.marks().marks().records().empty());  // it is not found again
  Do(ui::MarkCommand{ui::Redo{}});
  CHECK(session.marks().marks().records().size() == 1);
}

TEST_CASE_FIXTURE(Driving, "the lag is the annotator's, at the speed at which they took over") {
  ui::AnnotatorProfile me = session.marks().annotators().present();
  me.reaction_lag_s = 0.5;
  Do(ui::WindowCommand{ui::SaveAnnotator{me}});
  workers.player.target_speed = 2.0;
  Acts(ui::AgentKind::kHuman, 30);
  workers.player.target_speed = 1.0;
  Acts(ui::AgentKind::kGoToGoal, 20);
  CHECK(Newest().rule.lag_steps == 50);
  CHECK(NewestRecord().on_screen.playback_speed == 2.0);

  workers.player.playing = false;  // a standing picture has no reaction lag
  Frame();
  Acts(ui::AgentKind::kHuman, 1);
  workers.player.playing = true;
  Acts(ui::AgentKind::kHuman, 30);
  Acts(ui::AgentKind::kGoToGoal, 1);
  REQUIRE(workers.journal().size() == 2);
  CHECK(Newest().rule.lag_steps == 0);
  CHECK(Newest().first_step == 171);
}

TEST_CASE_FIXTURE(Driving, "the rule of a take-over is the annotator's, and can be changed") {
  ui::AnnotatorProfile me = session.marks().annotators().present();
  me.before_take_over_s = 1.0;
  me.unsafe_weight = 0.8;
  me.driven_weight = 0.0;
  Do(ui::WindowCommand{ui::SaveAnnotator{me}});
  Acts(ui::AgentKind::kHuman, 30);
  Acts(ui::AgentKind::kGoToGoal, 20);
  const agents::Intervention made = Newest();
  CHECK(made.rule == agents::InterventionRule{15, 50, 0.8, 0.0});

  const std::size_t fits = workers.label_sources.size();
  agents::Intervention changed = made;
  changed.rule.before_steps = 10;
  const MarkId id = NewestRecord().id;
  Do(ui::MarkCommand{ui::ReviseTakeOver{id, changed}});
  CHECK(Newest().rule.before_steps == 10);
  CHECK(workers.label_sources.size() == fits + 1);
  Do(ui::MarkCommand{ui::ReviseTakeOver{id, changed}});  // nothing new
  CHECK(workers.label_sources.size() == fits + 1);
  changed.rule.unsafe_weight = 7.0;  // makes no sense
  Do(ui::MarkCommand{ui::ReviseTakeOver{id, changed}});
  CHECK(Newest().rule.unsafe_weight == 0.8);
  Do(ui::MarkCommand{ui::Undo{}});
  const auto& records = session.marks().marks().records();
  CHECK(InterventionOf(records.at(id)).value() == made);
}

TEST_CASE_FIXTURE(Driving, "who gives the wheel back and takes it again at once drives on") {
  Acts(ui::AgentKind::kHuman, 30);
  workers.player.playing = false;
  workers.player.agent = ui::AgentKind::kGoToGoal;
  Frame();
  Acts(ui::AgentKind::kHuman, 10);
  Acts(ui::AgentKind::kGoToGoal, 1);
  REQUIRE(workers.journal().size() == 1);
  CHECK(Newest().last_step == 160);
  CHECK(Newest().rule.lag_steps == 15);
}

TEST_CASE_FIXTURE(Driving, "the end of the episode ends it, and so does another episode") {
  Acts(ui::AgentKind::kHuman, 30);
  auto last = std::make_shared<sim::RecordingChunk>(*Steps(1, 151, 1));
  last->steps[0].source = ActionSource::kHuman;
  last->steps[0].status = sim::EpisodeStatus::kTimedOut;
  session.OnChunk(last);
  Frame();
  REQUIRE(workers.journal().size() == 1);
  CHECK(Newest().last_step == 151);
  Begin(2);
  CHECK(workers.journal().size() == 1);
  Acts(ui::AgentKind::kHuman, 30);  // from the beginning
  Acts(ui::AgentKind::kGoToGoal, 30);
  CHECK(workers.journal().size() == 1);
  Acts(ui::AgentKind::kHuman, 30);
  CHECK(workers.journal().size() == 1);
  Begin(3);
  REQUIRE(workers.journal().size() == 2);
  CHECK(Newest().episode == EpisodeId{2});
  CHECK(Newest().first_step == 61);
  CHECK(Newest().last_step == 90);
}

TEST_CASE_FIXTURE(Driving, "what is being driven when the program ends is kept") {
  Acts(ui::AgentKind::kHuman, 30);
  Do(ui::WindowCommand{ui::Quit{}});
  REQUIRE(workers.journal().size() == 1);
  CHECK(Newest().last_step == 150);
}

TEST_CASE_FIXTURE(Driving, "a read-only project is told nothing") {
  workers.project.read_only = true;
  Acts(ui::AgentKind::kHuman, 30);
  Acts(ui::AgentKind::kGoToGoal, 1);
  CHECK(workers.journal().empty());
  CHECK(workers.recorded.empty());
  CHECK(View().notices.empty());
}

TEST_CASE("a take-over so early that nothing led to it says so") {
  CHECK(NoticeOf({.episode = EpisodeId{1}, .first_step = 9, .last_step = 20, .note = {}}) ==
        "Took over at step 9, too early for steps before to count as unsafe; Ctrl+Z takes it "
        "back.");
}

// A person drives for some steps in the middle of a new episode of the agent's.
agents::Intervention DriveOnce(Workspace& workspace) {
  WindowController& controller = workspace.controller();
  const auto player = [&]() -> const ui::PlayerSnapshot& { return workspace.workers().player; };
  const EpisodeId before = player().episode;
  controller.Send(ui::PlayerCommand{ui::ResetEpisode{}});
  Wait(workspace, [&] { return player().episode != before && player().step > 30; });
  controller.Send(ui::WindowCommand{ui::SetMode{ui::InputMode::kDrive}});
  Wait(workspace, [&] { return player().agent == ui::AgentKind::kHuman; });
  const StepIndex here = player().step;
  controller.Send(ui::PlayerCommand{ui::DriveInput{.forward = 1.0}});
  Wait(workspace, [&] { return player().step > here + 10; });
  const agents::FeedbackSet& feedback = controller.marks().marks();
  CHECK(feedback.records().empty());
  controller.Send(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  Wait(workspace, [&] { return feedback.records().size() == 1 && controller.marks().all_saved(); });
  return InterventionOf(feedback.records().begin()->second).value();
}

TEST_CASE("a drive in the middle of an agent's episode is in the project, with its episode") {
  const test::ScratchFolder folder;
  const WorkspaceOptions options{.project = folder.path() / "study.lookout", .playing = true};
  agents::Intervention taken;
  {
    auto workspace = Workspace::Open(options);
    REQUIRE(workspace.ok());
    // Of an episode that would not be recorded otherwise.
    WindowController& controller = (*workspace)->controller();
    controller.Send(ui::WindowCommand{ui::SetRecording{false}});
    Wait(**workspace,
         [&] { return !controller.recording() && (*workspace)->workers().player.step > 2; });
    taken = DriveOnce(**workspace);
    CHECK(taken.episode == (*workspace)->workers().player.episode);
    CHECK(taken.first_step > 30);
    CHECK(taken.last_step - taken.first_step >= 5);
    CHECK(taken.rule.lag_steps == 15);
  }
  auto workspace = Workspace::Open(options);
  REQUIRE(workspace.ok());
  WindowController& controller = (*workspace)->controller();
  CHECK(controller.marks().marks().records().size() == 1);
  controller.Send(ui::WindowCommand{ui::OpenEpisode{taken.episode}});
  Wait(**workspace, [&] { return controller.playhead().episode == taken.episode; });
  const ui::EpisodeTrack* track = controller.episodes().Find(taken.episode);
  REQUIRE(track != nullptr);
  CHECK(TakeOversIn(track->actors(), track->steps(), true) ==
        std::vector<DrivenSteps>{{taken.first_step, taken.last_step}});
}

}  // namespace
}  // namespace lookout::app
