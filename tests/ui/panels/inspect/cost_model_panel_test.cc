#include "ui/panels/inspect/cost_model_panel.h"

#include <doctest/doctest.h>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("versions of the cost model are put in use, named, deleted and brought back") {
  TestWindow test;
  test.driver.Click("tab/cost_model");
  test.driver.Click("version/2");
  REQUIRE(test.log.Last<UseCostModel>() != nullptr);
  CHECK(test.log.Last<UseCostModel>()->id == CostModelId{2});

  test.driver.Click("delete_version/1");
  REQUIRE(test.log.Last<DeleteCostModel>() != nullptr);
  CHECK(test.log.Last<DeleteCostModel>()->id == CostModelId{1});
  CHECK(test.log.Last<UseCostModel>()->id == CostModelId{2});  // the row beneath did nothing
  test.world.fit.versions[0].deleted = true;
  test.driver.Frames();
  test.driver.Click("restore_version/1");
  REQUIRE(test.log.Last<RestoreCostModel>() != nullptr);
  CHECK(test.log.Last<RestoreCostModel>()->id == CostModelId{1});

  test.driver.Click("model_name");
  test.driver.Type("cautious");
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<NameCostModel>() != nullptr);
  CHECK(test.log.Last<NameCostModel>()->id == test.world.fit.model->id());
  CHECK(test.log.Last<NameCostModel>()->name == "cautious");
}

}  // namespace
}  // namespace lookout::ui
