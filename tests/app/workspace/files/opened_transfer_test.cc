#include "app/workspace/files/opened_transfer.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/experiments/transfer/transfer_files.h"
#include "app/platform/files.h"
#include "app/workspace/files/opened_files.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// As the experiment writes it, of two environments.
std::string TransferText() {
  TransferSettings settings;
  settings.places = {{*sim::ConfigForId("Safexp-PointGoal1-v0"),
                      FindAsset("policies/pointgoal1-ppo.policy")->string()},
                     {*sim::ConfigForId("Safexp-PointButton1-v0"), {}}};
  settings.places[1].environment.num_steps = 300;
  settings.annotator = "Ann: cost";
  const auto world = MakeTransferWorld(settings, {}, "out");
  REQUIRE_MESSAGE(world.ok(), world.error().message);
  std::vector<TransferCell> cells;
  for (const std::size_t source : {0U, 1U}) {
    for (const std::size_t target : {0U, 1U}) {
      TransferCell cell{.key = {source, target, 0}, .models = {}, .policy = {}};
      for (ModelInTarget& model : cell.models) {
        model.auc = 0.9;
        model.unknown = {"gremlins_lidar"};
      }
      cell.models[0].why = source == target ? "" : "It lacks box_lidar.";
      cell.policy = {.why = {}, .returns = {1.0, 3.0}, .true_costs = {10.0, 20.0}};
      cells.push_back(cell);
    }
  }
  return TransferJson(*world, 1, Summarise(cells), "lookout experiment transfer");
}

TEST_CASE("the result of an experiment on transfer opens with its figures and where models lie") {
  const test::ScratchFolder folder;
  OpenedFiles files;
  LookAtFile(folder.Write("result", TransferText()), {}, files);
  REQUIRE_MESSAGE(files.transfers.size() == 1, ComplaintsAbout(files).size());
  const ui::TransferMatrix& matrix = files.transfers[0].matrix;
  REQUIRE(matrix.places.size() == 2);
  CHECK(matrix.places[0].policy == "pointgoal1-ppo");
  CHECK(matrix.places[1].policy.empty());  // the careful script
  CHECK(matrix.places[1].environment == "Safexp-PointButton1-v0");
  CHECK(files.transfers[0].environments[1].num_steps == 300);
  CHECK(matrix.annotator == "Ann: cost");
  CHECK(matrix.few_answers == 30);
  CHECK(matrix.At(0, 1).models[0].why == "It lacks box_lidar.");
  const ui::TransferModel& world = matrix.At(0, 1).models[1];
  CHECK(world.auc.value == doctest::Approx(0.9));
  CHECK(world.unknown == std::vector<std::string>{"gremlins_lidar"});
  CHECK(world.evaluated_from == 8'000'000);
  CHECK(world.cost_model == folder / "model-PointGoal1-PointButton1-world-seed0.costmodel");
  CHECK(matrix.At(1, 0).policy.true_cost.value == doctest::Approx(15.0));
}

TEST_CASE("a result whose spaces another program set otherwise opens as well") {
  const test::ScratchFolder folder;
  OpenedFiles files;
  const std::string text = nlohmann::ordered_json::parse(TransferText()).dump();
  LookAtFile(folder.Write("compact", text), {}, files);
  CHECK(files.transfers.size() == 1);
}

TEST_CASE("a damaged result is refused by name, and other JSON is a configuration as before") {
  const test::ScratchFolder folder;
  OpenedFiles files;
  std::string text = TransferText();
  text.replace(text.find("\"cells\""), 7, "\"sells\"");
  LookAtFile(folder.Write("broken", text), {}, files);
  REQUIRE(files.refused.size() == 1);
  CHECK(Contains(files.refused[0].reason, "broken is not the result of an experiment on transfer"));
  LookAtFile(folder.Write("maze", "{}"), {}, files);
  CHECK(files.configurations.size() == 1);
}

TEST_CASE("a cost model's file opens as a cost model, under its name") {
  const test::ScratchFolder folder;
  OpenedFiles files;
  LookAtFile(*FindAsset("cost_models/pointgoal1.costmodel"), {}, files);
  REQUIRE(files.cost_models.size() == 1);
  CHECK(files.cost_models[0].name == "pointgoal1");
  CHECK_FALSE(files.cost_models[0].fingerprint.empty());
  const std::string bytes =
      *ReadWholeFile(*FindAsset("cost_models/pointgoal1.costmodel"), std::size_t{1} << 24U);
  LookAtFile(folder.Write("half", bytes.substr(0, bytes.size() / 2)), {}, files);
  CHECK(files.cost_models.size() == 1);
  CHECK(files.refused.size() == 1);
}

}  // namespace
}  // namespace lookout::app
