// The matrix of an experiment on transfer, with the mouse and the keys.
#include "ui/panels/inspect/transfer_sheet.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/contains.h"
#include "tests/support/ui_window.h"
#include "ui/panels/inspect/transfer_cells.h"
#include "ui/theme/theme.h"

namespace lookout::ui {
namespace {

TransferMatrix FourPlaces() {
  TransferMatrix matrix{
      .number = 1, .path = "out/transfer.json", .annotator = "Ann: cost; flip 0.1"};
  matrix.answers = 200;
  matrix.few_answers = 30;
  matrix.inputs = {"full", "world", "world+answers"};
  for (const char* name : {"PointGoal1", "CarGoal1", "PointGoal2", "PointButton1"}) {
    matrix.places.push_back({name, std::string("Safexp-") + name + "-v0", "agent"});
  }
  for (int i = 0; i < 16; ++i) {
    TransferCell& cell = matrix.cells.emplace_back();
    for (int k = 0; k < 3; ++k) {
      TransferModel& model = cell.models.emplace_back();
      model.seeds = 3;
      model.auc = {0.99 - 0.03 * i, 0.9 - 0.03 * i, 1.0};
      model.missed = {0.05 * i, 0.0, 1.0};
      model.false_alarms = {0.06, 0.05, 0.07};
      model.ratio = {0.5 + 0.25 * i, 0.4, 5.0};
      model.cost_model = "out/model";
    }
    cell.policy = {.why = {},
                   .episodes = 60,
                   .total_reward = {20.0 - i, 10, 21},
                   .true_cost = {25.0 + i, 20, 50}};
  }
  matrix.cells[4].models[0].why = "The cost model lacks ballquat_rear (9).";
  matrix.cells[3].models[1].unknown = {"gremlins_lidar"};
  matrix.cells[1].policy = {.why = "The policy of PointGoal1 cannot act in CarGoal1."};
  return matrix;
}

UiWorld WithTransfer() {
  UiWorld world = UiWorld::Busy();
  world.transfer = FourPlaces();
  return world;
}

TEST_CASE("a transfer shows its matrix as soon as it is opened, and a click goes to the case") {
  TestWindow test(WithTransfer(), {1280, 720});
  CHECK(test.window.state().transfer.shown);
  test.driver.Click("transfer_cell/1/2");
  const OpenTransferCase* asked = test.log.Last<OpenTransferCase>();
  REQUIRE(asked != nullptr);
  CHECK(asked->source == 1);
  CHECK(asked->target == 2);
  CHECK(asked->inputs == 1);  // the world alone
  CHECK_FALSE(test.window.state().transfer.shown);
  test.driver.Frames(3);
  CHECK(test.driver.Find("transfer_cell/1/2") == nullptr);

  // The panel of the cost model opens it again; another one opens by itself.
  test.window.state().transfer.shown = false;
  test.world.transfer->number = 2;
  test.driver.Frames(2);
  CHECK(test.window.state().transfer.shown);
  test.driver.Tap(Key::kEscape);
  CHECK_FALSE(test.window.state().transfer.shown);
}

TEST_CASE("the panel of the cost model opens the matrix again") {
  TestWindow test(WithTransfer(), {1600, 1900});
  test.driver.Tap(Key::kEscape);
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.Click("transfer/open");
  CHECK(test.window.state().transfer.shown);
}

TEST_CASE("figures and inputs are chosen, and what has no figure says why and opens nothing") {
  TestWindow test(WithTransfer(), {1280, 720});
  test.driver.Click("transfer/full");
  test.driver.Frames(2);
  REQUIRE(test.driver.Find("transfer_cell/1/0") != nullptr);
  CHECK_FALSE(test.driver.Find("transfer_cell/1/0")->enabled);
  test.driver.Click("transfer_cell/1/0");
  CHECK(test.log.Last<OpenTransferCase>() == nullptr);
  const TransferMatrix& matrix = *test.world.transfer;
  CHECK(Contains(InWords(matrix, {1, 0, TransferFigure::kAuc, 0}), "lacks ballquat_rear"));
  CHECK(FigureOf(matrix, {1, 0, TransferFigure::kAuc, 0}).text == "-");
  CHECK(FigureOf(matrix, {0, 0, TransferFigure::kAuc, 0}).text == "0.990");
  CHECK(FigureOf(matrix, {0, 2, TransferFigure::kMissed, 1}).text == "10.0");
  CHECK(FigureOf(matrix, {0, 2, TransferFigure::kRatio, 1}).text == "1.00");
  CHECK(FigureOf(matrix, {0, 2, TransferFigure::kRatio, 1}).good == doctest::Approx(1.0F));
  CHECK(Contains(InWords(matrix, {0, 3, TransferFigure::kMissed, 1}), "gremlins_lidar"));
  CHECK(Contains(InWords(matrix, {0, 3, TransferFigure::kMissed, 1}), "false alarms 6.0"));
  test.driver.Click("transfer/return");
  test.driver.Frames(2);
  CHECK(test.window.state().transfer.figure == TransferFigure::kReturn);
  CHECK(test.driver.Find("transfer/full") == nullptr);  // policies have no such inputs
  test.driver.Click("transfer_cell/0/0");
  CHECK(test.log.Last<OpenTransferCase>() == nullptr);
  CHECK(Contains(InWords(matrix, {0, 1, TransferFigure::kReturn, 0}), "cannot act in CarGoal1"));
  CHECK(FigureOf(matrix, {0, 0, TransferFigure::kCost, 0}).good == doctest::Approx(1.0F));
}

TEST_CASE("at every size the whole matrix is there, and every number can be read on its colour") {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{800, 500}}) {
    CAPTURE(size.x);
    TestWindow test(WithTransfer(), size);
    for (const char* item : {"transfer/auc", "transfer/cost", "transfer/full", "transfer/answers",
                             "transfer/close", "transfer_cell/0/0", "transfer_cell/3/3"}) {
      CAPTURE(item);
      const RecordedItem* found = test.driver.Find(item);
      REQUIRE(found != nullptr);
      CHECK(found->max.x <= found->clip_max.x + 1.0F);
      CHECK(found->max.y <= size.y);
    }
  }
  for (float good = 0.0F; good <= 1.0F; good += 0.05F) {
    CHECK(ContrastRatio(ColourOf(good), InkOn(ColourOf(good))) >= 4.5);
  }
}

TEST_CASE("who marks blind does not see how cost models do") {
  UiWorld world = WithTransfer();
  AnnotatorProfile present = world.marks.annotators().present();
  present.blind = true;
  world.marks.annotators().Put(present);
  TestWindow test(std::move(world), {1280, 720});
  CHECK(test.driver.Find("transfer_cell/0/0") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
