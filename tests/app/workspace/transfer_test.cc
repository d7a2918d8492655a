// An experiment on transfer in the window: what a click on a cell asks the workers for.
#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

ui::TransferMatrix OpenedMatrix() {
  ui::TransferMatrix matrix;
  matrix.inputs = {"full", "world", "world+answers"};
  matrix.places = {{"PointGoal1", "Safexp-PointGoal1-v0", "pointgoal1-ppo-lagrangian"},
                   {"PointButton2", "Safexp-PointButton2-v0", ""}};
  matrix.cells.resize(4);
  for (ui::TransferCell& cell : matrix.cells) {
    cell.models.resize(3);
    for (ui::TransferModel& model : cell.models) {
      model.cost_model = "out/model";
      model.evaluated_from = 8'000'000;
    }
  }
  matrix.cells[1].models[0].why = "It lacks box_lidar.";
  return matrix;
}

TEST_CASE("a cell opens its target with who played there, its seed and its cost model") {
  Watching watching;
  CHECK(watching.View().transfer == nullptr);
  watching.session.ShowTransfer(OpenedMatrix());
  REQUIRE(watching.View().transfer != nullptr);
  CHECK(watching.View().transfer->number == 1);
  watching.Do(ui::WindowCommand{ui::OpenTransferCase{.source = 1, .target = 0, .inputs = 1}});
  watching.Frame();
  REQUIRE(watching.workers.paths.size() == 1);
  CHECK(watching.workers.paths[0] == "out/model");
  const auto& commands = watching.workers.player_commands;
  REQUIRE(commands.size() >= 2);
  const auto& watch = std::get<ui::WatchIn>(commands[commands.size() - 2]);
  CHECK(watch.environment == "Safexp-PointGoal1-v0");
  CHECK(watch.agent.kind == ui::AgentKind::kNamedPolicy);
  CHECK(watch.agent.policy == "pointgoal1-ppo-lagrangian");
  const auto& reset = std::get<ui::ResetEpisode>(commands.back());
  CHECK(reset.seed == ui::ResetEpisode::Seed::kGiven);
  CHECK(reset.given == 8'000'000);

  watching.Do(ui::WindowCommand{ui::OpenTransferCase{.source = 0, .target = 1, .inputs = 1}});
  watching.Frame();
  const auto& script = std::get<ui::WatchIn>(commands[commands.size() - 2]);
  CHECK(script.agent.kind == ui::AgentKind::kCareful);

  watching.session.ShowTransfer(OpenedMatrix());
  CHECK(watching.View().transfer->number == 2);
}

TEST_CASE("a cell without a cost model says why, and one that is not there does nothing") {
  Watching watching;
  watching.session.ShowTransfer(OpenedMatrix());
  const std::size_t before = watching.workers.player_commands.size();
  watching.Do(ui::WindowCommand{ui::OpenTransferCase{.source = 0, .target = 1, .inputs = 0}});
  REQUIRE_FALSE(watching.View().notices.empty());
  CHECK(watching.View().notices.back().text == "It lacks box_lidar.");
  watching.Do(ui::WindowCommand{ui::OpenTransferCase{.source = 2, .target = 0, .inputs = 0}});
  watching.Frame();
  CHECK(watching.workers.player_commands.size() == before);
  CHECK(watching.workers.paths.empty());
}

}  // namespace
}  // namespace lookout::app
