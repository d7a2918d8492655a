#include "app/workspace/files/remembered.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "app/workspace/workspace.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

void Wait(Workspace& study, const std::function<bool()>& holds) {
  for (int i = 0; i < 12'000 && !holds(); ++i) {
    study.Update(0.016);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(holds());
}

TEST_CASE("an agent is written and read back, a person is not") {
  for (const ui::AgentKind kind : {ui::AgentKind::kRandom, ui::AgentKind::kGoToGoal,
                                   ui::AgentKind::kCareful, ui::AgentKind::kNewestPolicy}) {
    const auto read = AgentFromText(AgentText({kind, {}}));
    REQUIRE(read);
    CHECK(read->kind == kind);
  }
  const auto named = AgentFromText(AgentText({ui::AgentKind::kNamedPolicy, "my policy"}));
  REQUIRE(named);
  CHECK(named->policy == "my policy");
  CHECK(AgentText({ui::AgentKind::kHuman, {}}).empty());
  CHECK_FALSE(AgentFromText("somebody"));
}

TEST_CASE("opened paths are kept once each, the newest of them, and garbage gives none") {
  std::vector<std::string> paths;
  CHECK(RememberPath("/a", paths));
  CHECK_FALSE(RememberPath("/a", paths));
  for (std::size_t i = 0; i < kMostOpenedFiles; ++i) RememberPath(fmt::format("/b{}", i), paths);
  CHECK(paths.size() == kMostOpenedFiles);
  CHECK(paths.front() == "/b0");
  CHECK(PathsFromText(PathsText(paths)) == paths);
  CHECK(PathsFromText("{").empty());
  CHECK(PathsFromText("[1, \"/c\"]") == std::vector<std::string>{"/c"});
}

TEST_CASE("how cost models are read is written and read back, nonsense is not") {
  for (const agents::CostUse& use :
       {agents::CostUse{}, agents::CostUse{agents::CostReading::kCautious, 2.5},
        agents::CostUse{agents::CostReading::kUnknownUnsafe, 1.0},
        agents::CostUse{agents::CostReading::kMean, 1.0, agents::DangerClass{2}}}) {
    CHECK(CostReadingFromText(CostReadingText(use)) == use);
  }
  for (const char* text :
       {"", "mean", "mean x", "mean 1 2", "boldly 1", "cautious -1", "cautious inf", "cautious nan",
        "cautious ", "mean 1 of 0", "mean 1 of 10", "mean 1 of vase"}) {
    CHECK_FALSE(CostReadingFromText(text).has_value());
  }
}

TEST_CASE("the chosen reading of cost models is there again in the next sitting") {
  const test::ScratchFolder scratch;
  const WorkspaceOptions options{.project = scratch / "study.lookout"};
  const agents::CostUse chosen{agents::CostReading::kCautious, 3.0};
  {
    auto study = Workspace::Open(options);
    REQUIRE(study.ok());
    (*study)->controller().Send(ui::WindowCommand{ui::SetCostReading{chosen}});
    (*study)->Update(0.016);
  }
  auto study = Workspace::Open(options);
  REQUIRE(study.ok());
  const ui::FrameFigures none;
  CHECK((*study)->View(none).cost_use == chosen);
}

TEST_CASE("how cost models are fitted here is there again in the next sitting") {
  const test::ScratchFolder scratch;
  const WorkspaceOptions options{.project = scratch / "study.lookout"};
  const ui::FrameFigures none;
  {
    auto study = Workspace::Open(options);
    REQUIRE(study.ok());
    CHECK((*study)->View(none).fit_settings == nullptr);
    ui::CommandSender& sender = (*study)->controller();
    sender.Send(ui::FitterCommand{ui::SetFitSettings{{.unmarked_weight = 0.4, .noise = true}}});
    sender.Send(ui::FitterCommand{ui::SetAutomaticFit{false}});
    (*study)->Update(0.016);
  }
  auto study = Workspace::Open(options);
  REQUIRE(study.ok());
  const agents::CostModelSettings* const settings = (*study)->View(none).fit_settings;
  REQUIRE(settings != nullptr);
  CHECK(settings->unmarked_weight == 0.4);
  CHECK(settings->noise);
  Wait(**study, [&] { return !(*study)->View(none).fit.environment.empty(); });
  CHECK_FALSE((*study)->View(none).fit.automatic);
}

TEST_CASE(
    "a run's folder shows its curves, again when the project reopens, and so does the agent") {
  const test::ScratchFolder scratch;
  const fs::path folder = fs::path(scratch / "ppo");
  fs::create_directory(folder);
  std::ofstream(folder / "progress.txt")
      << "Epoch\tTotalEnvInteracts\tAverageEpRet\tAverageEpCost\tPenalty\tEntropy\tKL\n"
         "0\t1000\t1.5\t40\t0.1\t0.9\t0.01\n"
         "1\t2000\t2.5\t30\t0.2\t0.8\t0.02\n";
  const WorkspaceOptions options{.project = scratch / "study.lookout"};
  const auto check = [](Workspace& study) {
    const auto& runs = study.controller().runs().store().runs();
    Wait(study, [&] { return !runs.empty(); });
    REQUIRE(runs.front().iterations() == 2);
    CHECK(runs.front().history->back().steps == 2000);
    CHECK(runs.front().history->back().mean_return == 2.5);
    CHECK(runs.front().history->back().mean_true_cost == 30.0);
  };
  {
    auto study = Workspace::Open(options);
    REQUIRE(study.ok());
    (*study)->controller().Send(ui::WindowCommand{ui::OpenFiles{{folder.string()}}});
    check(**study);
    (*study)->controller().Send(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kCareful, {}}});
    Wait(**study, [&] { return (*study)->workers().player.agent == ui::AgentKind::kCareful; });
  }
  auto study = Workspace::Open(options);
  REQUIRE(study.ok());
  check(**study);
  Wait(**study, [&] { return (*study)->workers().player.episode != EpisodeId{}; });
  CHECK((*study)->workers().player.agent == ui::AgentKind::kCareful);
}

}  // namespace
}  // namespace lookout::app
