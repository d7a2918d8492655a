#include <doctest/doctest.h>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("the region tool comes and goes by key, and writes a rule about a kind of object") {
  TestWindow test(UiWorld::Busy(), {1600, 900});
  RegionDraft& draft = test.world.region;
  test.driver.Tap(static_cast<Key>('R'));
  test.driver.Frames(2);
  CHECK(draft.shown);
  test.driver.Click("region/around");
  test.driver.Click("region/safe");
  test.driver.Frames(2);
  test.driver.Click("region_add");
  const DrawRegion* command = test.log.Last<DrawRegion>();
  REQUIRE(command != nullptr);
  CHECK(command->region.shape == agents::RegionShape::kAround);
  CHECK(command->region.verdict == agents::Verdict::kSafe);
  CHECK(command->region.around == draft.around);
  CHECK(command->region.layout.empty());
  test.driver.Tap(Key::kEscape);
  test.driver.Frames(2);
  CHECK_FALSE(draft.shown);
}

TEST_CASE("a region in the list is switched off, shown and removed") {
  TestWindow test(UiWorld::Busy(), {1600, 900});
  agents::FeedbackRecord record;
  SetContent(agents::Region{.episode = test.world.playhead.episode,
                            .step = 5,
                            .shape = agents::RegionShape::kAround,
                            .radius_m = 0.5,
                            .around = "vase"},
             record);
  const MarkId id = test.world.marks.AddRecord(record).record.id;
  test.driver.Frames(2);
  REQUIRE(test.window.state().marks.index.FindStatement(id) != nullptr);
  test.driver.Click("region_switch");
  const ReviseRegion* revised = test.log.Last<ReviseRegion>();
  REQUIRE(revised != nullptr);
  CHECK(revised->id == id);
  CHECK_FALSE(revised->region.on);
  CHECK(test.log.Count<Seek>() == 0);
  test.driver.Click("delete_statement");
  REQUIRE(test.log.Last<DeleteMark>() != nullptr);
  CHECK(test.log.Last<DeleteMark>()->id == id);
}

}  // namespace
}  // namespace lookout::ui
