// Which class of danger is shown is chosen where their figures are.
#include "ui/panels/inspect/model_classes.h"

#include <doctest/doctest.h>

#include <memory>

#include "tests/support/reported_model.h"
#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// Tells hazards apart; vases are named too rarely.
class ClassedModel : public ReportedModel {
 public:
  ClassedModel() {
    report_.auc = 0.95;
    report_.classes = {{.danger = 1,
                        .has_head = true,
                        .rows = 400,
                        .marks = 20,
                        .held_out_rows = 80,
                        .auc = 0.97,
                        .auc_among = 0.99,
                        .miss_rate = 0.1},
                       {.danger = 2, .rows = 30, .marks = 2}};
  }
};

TEST_CASE("which class of danger is shown is chosen in the panel, as far as it is told apart") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  CHECK(test.driver.Find("class/0") == nullptr);  // no class is named
  test.world.fit.model = std::make_shared<ClassedModel>();
  test.driver.Frames(2);
  test.driver.Click("class/2");
  CHECK(test.log.Last<SetCostReading>() == nullptr);
  test.driver.Click("class/1");
  REQUIRE(test.log.Last<SetCostReading>() != nullptr);
  CHECK(test.log.Last<SetCostReading>()->use.danger == 1);
  test.world.cost_use.danger = 1;
  test.driver.Frames(2);
  test.driver.Click("class/0");
  CHECK(test.log.Last<SetCostReading>()->use.danger == 0);

  test.driver.Click("model_inputs");
  test.driver.Frames(2);
  test.driver.Click("inputs/classes");
  test.driver.Click("fit");
  CHECK_FALSE(test.log.Last<FitNow>()->settings.classes);
}

TEST_CASE("in a small window the classes of danger stay inside the panel") {
  TestWindow test(UiWorld::Busy(), {800, 500});
  test.world.fit.model = std::make_shared<ClassedModel>();
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.MoveTo(test.driver.MiddleOf("whose_marks"));
  for (int i = 0; i < 60 && test.driver.Find("class/1") == nullptr; ++i) test.driver.Wheel(-1.0F);
  const RecordedItem* row = test.driver.Find("class/1");
  REQUIRE(row != nullptr);
  CHECK(row->max.x <= row->clip_max.x);
}

}  // namespace
}  // namespace lookout::ui
