// The next miss and the next false alarm are looked for in the marked episodes on disk, too.
#include "app/workspace/labelling/error_search.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/app/workers/worker_support.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

constexpr StepIndex kMissed = 30;

// 50 steps that cost nothing, or only one of them does, of which a model said nothing when they
// were recorded.
sim::ChunkPtr Unpredicted(std::int64_t id, bool with_cost) {
  auto chunk = std::make_shared<sim::RecordingChunk>(*Steps(id, 0, 50));
  for (sim::StepRecord& step : chunk->steps) {
    step.observation = Eigen::Vector4f::Constant(0.125F);
    step.executed_action.resize(0);  // the scene's environment has no actions
  }
  if (with_cost) chunk->steps[kMissed].costs.total = 1.0;
  return chunk;
}

// Live is episode 1, without any cost. Episodes 7, 8 and 9 are on disk, of which 9 is marked by
// somebody; a model is in use that predicts what is observed.
struct Searching {
  FakeWorkers workers;
  WindowController session{workers.links()};
  ui::FrameFigures figures;

  Searching() {
    session.OnEpisodeBegan(SceneOf(1));
    session.OnChunk(Unpredicted(1, false));
    agents::FeedbackSet feedback;
    const agents::Mark mark{.id = MarkId{1},
                            .episode = EpisodeId{9},
                            .first_step = 28,
                            .last_step = 32,
                            .annotator = "ann"};
    REQUIRE(feedback.Apply({.sequence = 1, .record = RecordOf(mark), .annotator = "ann"}));
    session.LoadMarks(std::move(feedback));
    const std::uint64_t hash = SceneOf(1)->spec.signature().hash();
    for (const std::int64_t id : {7, 8, 9}) {
      session.AddStoredEpisode(
          {.id = EpisodeId{id}, .environment = "toy", .observation_hash = hash, .steps = 49});
    }
    workers.player.episode = EpisodeId{1};
    workers.player.step = 49;
    workers.fit.model = std::make_shared<KnownCostModel>(2, 4);
    Frame();
    Answer();
  }
  void Frame() { session.Update(workers.snapshots(), 0.016); }
  void Do(ui::Command command) {
    session.Send(std::move(command));
    Frame();
  }
  void Answer() {
    agents::CostModelWorkspace workspace;
    for (const PredictRequest& request : std::exchange(workers.predict_requests, {})) {
      session.OnPredicted(PredictEpisode(request, workspace));
    }
    Frame();
  }
  void Find(agents::QueryReason reason, bool against_others = false) {
    Do(ui::QueryCommand{ui::GoToError{reason, against_others}});
  }
  void Load() { session.OnEpisodeLoaded(SceneOf(9), {Unpredicted(9, true)}); }
  std::vector<EpisodeId> Asked() const {  // of the project
    std::vector<EpisodeId> asked;
    for (const auto& request : workers.write_requests) {
      if (const auto* load = std::get_if<LoadEpisode>(&request)) asked.push_back(load->id);
    }
    return asked;
  }
  std::string Told() {
    const ui::Snapshots view = session.View(workers.snapshots(), figures);
    return view.messages.empty() ? std::string() : view.messages.back().text;
  }
};

TEST_CASE_FIXTURE(Searching, "a marked episode is loaded and predicted before it is searched") {
  Find(agents::QueryReason::kMiss);
  for (int i = 0; i < 3; ++i) Answer();
  CHECK(Asked() == std::vector{EpisodeId{9}});  // of the three only the marked one
  CHECK(session.playhead().live);

  Load();
  Frame();
  CHECK(session.playhead().live);  // what the model says of it is not known yet
  Answer();
  CHECK_FALSE(session.playhead().live);
  CHECK(session.playhead().episode == EpisodeId{9});
  CHECK(session.playhead().step == kMissed);
}

TEST_CASE_FIXTURE(Searching, "others' marks on disk are a reference like the rule") {
  Find(agents::QueryReason::kMiss, true);
  Load();
  for (int i = 0; i < 3; ++i) Answer();
  CHECK(session.playhead().episode == EpisodeId{9});
  CHECK(session.playhead().step == 28);
}

TEST_CASE_FIXTURE(Searching, "a search that finds nothing says so, and one that is left is over") {
  Find(agents::QueryReason::kFalseAlarm);
  Load();
  for (int i = 0; i < 4; ++i) Answer();
  CHECK(session.playhead().live);
  CHECK(Told() ==
        "No false alarm in the marked episodes and those in memory: the cost model and the rule "
        "agree.");

  Searching left;
  left.Find(agents::QueryReason::kMiss);
  left.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 5}});
  left.Load();
  for (int i = 0; i < 3; ++i) left.Answer();
  CHECK(left.session.playhead().episode == EpisodeId{1});
}

TEST_CASE("the rule knows those classes of danger that are called by what it charges for") {
  agents::DangerClasses names;
  CHECK(RuleKnows(0, names));
  CHECK(RuleKnows(2, names));        // vases
  CHECK_FALSE(RuleKnows(6, names));  // there is no such thing
  names.Rename(2, "Too fast");
  CHECK_FALSE(RuleKnows(2, names));

  auto chunk = std::make_shared<sim::RecordingChunk>(*Steps(1, 0, 10));
  for (const auto& [step, kind] :
       {std::pair{3, sim::CostKind::kHazards}, std::pair{5, sim::CostKind::kVasesContact}}) {
    sim::Costs& costs = chunk->steps[static_cast<std::size_t>(step)].costs;
    costs.total = costs.by_kind[static_cast<std::size_t>(kind)] = 1.0;
  }
  ui::EpisodeStore episodes;
  episodes.Begin(SceneOf(1));
  episodes.Append(chunk);
  const ui::EpisodeTrack& track = *episodes.Find(EpisodeId{1});
  CHECK(RuleOf(track)(3) == true);
  CHECK(RuleOf(track, 2)(3) == false);
  CHECK(RuleOf(track, 2)(5) == true);
}

TEST_CASE("marks of others say of one class of danger what they name") {
  agents::FeedbackSet feedback;
  std::int64_t id = 0;
  const auto mark = [&](StepIndex step, agents::DangerClass danger) {
    ++id;
    const agents::Mark one{.id = MarkId{id},
                           .episode = EpisodeId{1},
                           .first_step = step,
                           .last_step = step,
                           .danger = danger,
                           .annotator = "ann"};
    REQUIRE(feedback.Apply({.sequence = id, .record = RecordOf(one), .annotator = "ann"}));
  };
  for (const auto& [step, danger] : {std::pair{1, 2}, {2, 1}, {3, 0}, {4, 1}, {4, 2}}) {
    mark(step, static_cast<agents::DangerClass>(danger));
  }
  const Reference of_vases = MarksOfOthers(feedback, EpisodeId{1}, "me", 10, 2);
  CHECK(of_vases(1) == true);
  CHECK(of_vases(2) == false);         // another danger alone
  CHECK(of_vases(3) == std::nullopt);  // unsafe without a name
  CHECK(of_vases(4) == true);          // both at once
  CHECK(of_vases(5) == std::nullopt);
}

TEST_CASE("where nobody else has marked, a search against others says so") {
  Watching watching;
  watching.Do(ui::QueryCommand{ui::GoToError{agents::QueryReason::kMiss, true}});
  for (int i = 0; i < 4; ++i) watching.Frame();
  REQUIRE_FALSE(watching.View().notices.empty());
  CHECK(watching.View().notices.back().text.starts_with("Nobody else has marked"));
}

TEST_CASE_FIXTURE(Searching, "an episode that cannot be read does not end the search") {
  Find(agents::QueryReason::kMiss);
  session.OnLoadFailed(EpisodeId{9}, "It cannot be read.");
  for (int i = 0; i < 3; ++i) Answer();
  CHECK(Told().starts_with("No miss in the marked episodes"));
}

}  // namespace
}  // namespace lookout::app
