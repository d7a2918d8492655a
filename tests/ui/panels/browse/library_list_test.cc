#include "ui/panels/browse/library_list.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/support/ui_window.h"
#include "ui/panels/browse/episodes_panel.h"

namespace lookout::ui {
namespace {

TEST_CASE("a search finds every word in either case, in the name or in the text") {
  CHECK(IsListed({.search = "goal CAR"}, {.name = "my car"}, "Go to Goal"));
  CHECK_FALSE(IsListed({.search = "goal push"}, {}, "Go to Goal"));
  CHECK_FALSE(IsListed({.starred = true}, {}, ""));
  CHECK(IsListed({.starred = true}, {.starred = true}, ""));
  CHECK_FALSE(IsListed({}, {.deleted = true}, ""));
}

TEST_CASE("episodes are listed by what is chosen, without those that were deleted") {
  UiWorld world = UiWorld::Busy();
  const auto& episodes = world.episodes.summaries();
  const std::vector<int> newest = ListedEpisodes(world.View(), {});
  CHECK(newest.size() == episodes.size());
  const std::vector<int> by_cost = ListedEpisodes(world.View(), {.order = 1});
  for (std::size_t i = 1; i < by_cost.size(); ++i) {
    CHECK(episodes[static_cast<std::size_t>(by_cost[i - 1])].cost >=
          episodes[static_cast<std::size_t>(by_cost[i])].cost);
  }
  world.library.Edit(KeyOf(episodes[1].id), {.deleted = true}, 0);
  CHECK(ListedEpisodes(world.View(), {}).size() == episodes.size() - 1);
}

TEST_CASE("a row's menu stars, names and deletes, what has marks or is live stays") {
  UiWorld world = UiWorld::Busy();
  const EpisodeId live = world.player.episode;
  EpisodeId bare;
  for (const EpisodeSummary& episode : world.episodes.summaries()) {
    const bool marked = !world.marks.marks().OfEpisode(episode.id).empty();
    if (!marked && episode.id != live) bare = episode.id;
  }
  REQUIRE(bare);
  TestWindow test(std::move(world), {1600, 1400});
  const auto open_menu = [&](EpisodeId id) {
    const std::string row = fmt::format("episode/{}", id.value);
    test.driver.MoveTo(test.driver.MiddleOf(row));
    test.driver.Frames(2);
    test.driver.Click(fmt::format("library/0/{}", id.value));
    test.driver.Frames(2);
  };
  open_menu(live);
  CHECK_FALSE(test.driver.Find("library_delete")->enabled);
  test.driver.Tap(Key::kEscape);
  open_menu(bare);
  test.driver.Click("library_star");
  REQUIRE(test.log.Last<NoteInLibrary>() != nullptr);
  CHECK(test.log.Last<NoteInLibrary>()->key == KeyOf(bare));
  CHECK(test.log.Last<NoteInLibrary>()->note.starred);
  open_menu(bare);
  test.driver.Click("library_delete");
  CHECK(test.log.Last<NoteInLibrary>()->note.deleted);
}

TEST_CASE("an episode that comes on screen is scrolled to") {
  UiWorld world = UiWorld::Busy();
  for (int i = 10; i < 90; ++i) world.AddEpisode(EpisodeId{i}, 3, "Go to goal", true);
  TestWindow test(std::move(world));
  REQUIRE(test.driver.Find("episode/12") == nullptr);
  test.world.playhead = {.episode = EpisodeId{12}, .step = 0, .live = false};
  test.driver.Frames(4);
  CHECK(test.driver.Find("episode/12") != nullptr);
}

TEST_CASE("sections fold, and stay folded") {
  TestWindow test(UiWorld::Busy(), {1600, 1400});
  REQUIRE(test.driver.Find("agent/0") != nullptr);
  test.driver.Click("section/agents");
  CHECK(test.driver.Find("agent/0") == nullptr);
  CHECK_FALSE(SettingsFromJson(test.window.SaveSettings()).settings.sections.at("agents"));
  test.driver.Click("recording");
  REQUIRE(test.log.Last<SetRecording>() != nullptr);
  CHECK_FALSE(test.log.Last<SetRecording>()->recording);
}

}  // namespace
}  // namespace lookout::ui
