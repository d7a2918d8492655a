// What one agent does that another does not: what the worker is asked, how clips are replayed, kept
// and marked.
#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <variant>

#include "tests/app/workspace/window_controller_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

constexpr int kClips = 3;

// An episode of each of some seeds, as the worker hands it over.
RecordedEpisode Played(std::uint32_t seed) {
  RecordedEpisode episode;
  episode.header.config.id = "toy";
  episode.header.seed = seed;
  episode.header.agent = "Careful";
  episode.chunks.push_back({.episode = {}, .first_step = 0, .steps = {}});
  episode.chunks.back().steps.resize(61);
  return episode;
}

struct Searching : Watching {
  Searching() {
    Do(ui::InspectionCommand{
        ui::FindNewWays{{ui::AgentKind::kGoToGoal, {}}, {ui::AgentKind::kCareful, {}}}});
  }
  std::int64_t number() const { return workers.new_ways_requests.back().number; }
  const ui::NewWaysOnScreen& shown() { return *View().new_ways; }

  // A way of clips in the episodes of seeds 1, 2 and 3; two of one stand side by side.
  void Find() {
    auto ways = std::make_shared<ui::NewWays>();
    agents::NewWay way;
    for (std::uint32_t seed = 1; seed <= kClips; ++seed) {
      way.clips.push_back({.seed = seed, .first = 31, .last = 40});
    }
    way.clips.push_back({.seed = 3, .first = 41, .last = 50});
    ways->report.ways = {way};
    ways->places = {"Near vases"};
    NewWaysNews news{.number = number(), .found = ways, .recorded = {}, .problem = {}};
    for (std::uint32_t seed = 1; seed <= kClips; ++seed) news.recorded.push_back(Played(seed));
    session.OnNewWays(std::move(news));
    Frame();
  }
  void Loaded(std::int64_t id) {
    session.OnEpisodeLoaded(SceneOf(id), {Steps(id, 0, 61)});
    Frame();
  }
};

TEST_CASE_FIXTURE(Searching, "both agents are searched in the live episode's environment") {
  const NewWaysRequest& request = workers.new_ways_requests.back();
  CHECK(request.environment.id == "toy");
  CHECK(request.before.kind == ui::AgentKind::kGoToGoal);
  CHECK(request.after.kind == ui::AgentKind::kCareful);
  CHECK(shown().searching);
  CHECK(shown().asked.after == ui::AgentKindName(ui::AgentKind::kCareful));
  session.OnNewWays({.number = number(), .fraction = 0.5});
  CHECK(shown().fraction == 0.5);
  session.OnNewWays({.number = number() - 1, .fraction = 0.9});
  CHECK(shown().fraction == 0.5);
}

TEST_CASE_FIXTURE(Searching, "a search is cancelled, and what it still says does not count") {
  const std::int64_t asked = number();
  Do(ui::InspectionCommand{ui::StopNewWays{}});
  CHECK_FALSE(shown().searching);
  CHECK(workers.abandoned_new_ways.back() > asked);
  session.OnNewWays({.number = asked, .problem = "late"});
  CHECK(shown().problem.empty());
}

TEST_CASE_FIXTURE(Searching, "why nothing could be found is shown") {
  session.OnNewWays({.number = number(), .problem = "There is no such agent."});
  CHECK_FALSE(shown().searching);
  CHECK(shown().problem == "There is no such agent.");
}

TEST_CASE_FIXTURE(Searching, "a clip is replayed once its episode is kept and loaded") {
  Find();
  Do(ui::InspectionCommand{ui::ShowNewWay{0}});
  REQUIRE(workers.held_episodes.size() == 1);
  CHECK(workers.held_episodes[0].header.seed == 1);
  const ui::EpisodeSummary* row = session.episodes().FindSummary(EpisodeId{101});
  REQUIRE(row != nullptr);
  CHECK(row->steps == 60);
  Loaded(101);
  CHECK(session.playhead().episode == EpisodeId{101});
  CHECK(session.playhead().step >= 6);
  CHECK(session.playhead().replaying);
  for (int i = 0; i < 200 && session.playhead().replaying; ++i) Frame(0.05);
  CHECK(session.playhead().step >= 40);
  CHECK(session.playhead().step < 50);  // it stops where the clip does

  Do(ui::InspectionCommand{ui::ShowNewWay{0}});
  CHECK(shown().shown_clip == 1);
  CHECK(workers.held_episodes.size() == 2);
}

TEST_CASE_FIXTURE(Searching, "clips are marked, adjacent ones as one, and undo takes that back") {
  Find();
  Do(ui::InspectionCommand{ui::MarkNewWay{0}});
  CHECK(workers.held_episodes.size() == kClips);
  const auto& marks = session.marks().marks().marks();
  REQUIRE(marks.size() == kClips);
  const agents::Mark& last = marks.rbegin()->second;
  CHECK(last.episode == EpisodeId{103});
  CHECK(last.first_step == 31);
  CHECK(last.last_step == 50);
  CHECK(last.verdict == agents::Verdict::kUnsafe);
  CHECK(last.on_screen.mode == "unblocked");
  CHECK(workers.journal().size() == kClips);
  CHECK(shown().marked[0]);
  CHECK(shown().unsafe_clips[0] == shown().result->report.ways[0].clips.size());
  Do(ui::InspectionCommand{ui::MarkNewWay{0}});
  CHECK(session.marks().marks().marks().size() == kClips);
  Do(ui::MarkCommand{ui::Undo{}});
  CHECK(session.marks().marks().marks().empty());
  CHECK_FALSE(shown().marked[0]);
  CHECK(shown().unsafe_clips[0] == 0);
  CHECK(Contains(View().notices.back().text, "Undid: 3 marks, one of them unsafe"));
  const std::string undone = View().notices.back().text;
  Do(ui::MarkCommand{ui::Redo{}});
  CHECK(session.marks().marks().marks().size() == kClips);
  CHECK(shown().marked[0]);
  // It goes where the undo went: to the first of them.
  CHECK(Contains(View().notices.back().text, "Redid: 3 marks, one of them unsafe"));
  CHECK(View().notices.back().text.substr(2) == undone.substr(2));
  CHECK(workers.journal().size() == 3 * kClips);
}

TEST_CASE_FIXTURE(Searching, "what was found stays until another search finds something") {
  Find();
  const auto found = shown().result;
  Do(ui::InspectionCommand{
      ui::FindNewWays{{ui::AgentKind::kGoToGoal, {}}, {ui::AgentKind::kRandom, {}}}});
  CHECK(shown().searching);
  CHECK(shown().result == found);
  CHECK(shown().found.after == ui::AgentKindName(ui::AgentKind::kCareful));
  Do(ui::InspectionCommand{ui::ShowNewWay{0}});
  CHECK(workers.held_episodes.size() == 1);
  session.OnNewWays({.number = number(), .problem = "It cannot be played."});
  CHECK(shown().result == found);
  CHECK_FALSE(shown().problem.empty());
  Do(ui::InspectionCommand{
      ui::FindNewWays{{ui::AgentKind::kGoToGoal, {}}, {ui::AgentKind::kRandom, {}}}});
  CHECK(shown().problem.empty());
  Find();
  CHECK(shown().result != found);
  CHECK(shown().found.after == ui::AgentKindName(ui::AgentKind::kRandom));
  CHECK_FALSE(shown().shown.has_value());
}

TEST_CASE_FIXTURE(Searching, "in a read-only project nothing is marked") {
  Find();
  workers.project.read_only = true;
  Do(ui::InspectionCommand{ui::MarkNewWay{0}});
  CHECK(workers.journal().empty());
  CHECK(workers.held_episodes.empty());
}

}  // namespace
}  // namespace lookout::app
