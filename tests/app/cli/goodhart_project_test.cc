// lookout goodhart of runs that are told by a project.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cost_models/cost_model_file.h"
#include "app/platform/files.h"
#include "app/project/environments_json.h"
#include "app/project/project.h"
#include "app/runs/run_folder.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;
using RunWords = std::vector<std::string>;

// A run of a folder, and the same as a window would have kept it, in a project beside it.
struct KeptRun {
  test::ScratchFolder scratch;
  std::string folder = scratch / "run", project_file = scratch / "study.lookout";

  KeptRun() {
    const std::string world = scratch / "world.json";
    REQUIRE(WriteWholeFile(world, R"({"extends": "Safexp-PointGoal1-v0", "num_steps": 100,
                                      "hazards_num": 20, "placements_extents": [-2, -2, 2, 2]})")
                .ok());
    RunWords training = TinyTraining(folder, 2);
    for (std::string& word : training) {
      if (word == "Safexp-PointGoal1-v0") word = world;
    }
    const CommandResult trained = Lookout(training + RunWords{"--cost", "learned", "--cost-model",
                                                              ShippedModel().string(), "--anyway"});
    REQUIRE_MESSAGE(trained.exit_code == 0, trained.errors);
    Keep();
  }

  std::unique_ptr<Project> Open() {
    auto project = Project::Open(project_file, ProjectAccess::kReadWrite);
    REQUIRE(project.ok());
    return std::move(*project);
  }

  void Keep() {
    const auto project = Open();
    const auto run = LoadRunFolder(folder);
    REQUIRE(run.ok());
    REQUIRE(run->config.own_environment);
    const auto model = LoadCostModelFile(ShippedModel().string());
    REQUIRE(model.ok());
    REQUIRE(project->SaveCostModel(*model->model).ok());
    REQUIRE(
        project->SaveSetting(kOwnEnvironments, EncodeEnvironments({*run->config.own_environment}))
            .ok());
    const RunId id{3};
    REQUIRE(project
                ->SaveRun({.id = id,
                           .environment = run->config.own_environment->id,
                           .settings = run->config.settings})
                .ok());
    for (int i = 1; i <= 2; ++i) {
      REQUIRE(project
                  ->SaveIteration(
                      id, {.iteration = i,
                           .steps = 600 * i,
                           .episodes = 6,
                           .mean_learned_cost = run->progress["LearnedEpCost"][std::size_t(i - 1)],
                           .cost_model = model->model->id()})
                  .ok());
      const auto kept = RunFolder(folder).policy_after(i);
      REQUIRE(project->SavePolicy(id, i, FileText(kept)).ok());
    }
    REQUIRE(project->SaveCheckpoint(id, FileText(RunFolder(folder).checkpoint())).ok());
    REQUIRE(project->SaveRun({.id = RunId{4}, .environment = "Safexp-PointGoal1-v0"}).ok());
  }
};

RunWords Measured(const std::string& run, const std::string& project, const RunWords& more = {}) {
  RunWords words{"goodhart",         run, "--episodes",     "4",
                 "--label-episodes", "0", "--causal-every", "0"};
  if (!project.empty()) words = words + RunWords{"--project", project};
  return words + more;
}

json FiguresOf(const RunWords& words) {
  const CommandResult result = Lookout(words + RunWords{"--json"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return json::parse(result.output);
}

}  // namespace

TEST_CASE_FIXTURE(KeptRun, "a run of a project is measured as the same run of a folder is") {
  const json of_folder = FiguresOf(Measured(folder, ""));
  const json of_project = FiguresOf(Measured("3", project_file));
  CHECK(Contains(of_project["run"].get<std::string>(), "run 3 of "));
  CHECK(of_project["iteration"] == 2);
  CHECK(of_project["chain"]["revealed"] == of_folder["chain"]["revealed"]);
  CHECK(of_project["extremal"]["policies"].back()["iteration"] == 2);
  // The log and the first iteration done again agree.
  CHECK(of_project["chain"]["implementation"]["unchecked"] == "");
  CHECK(of_project["chain"]["implementation"]["differs"] == false);
  CHECK(Contains(of_project["chain"]["labels"]["not_known"].get<std::string>(), "no marks"));

  REQUIRE(Open()->SaveSetting("library/run/3", R"({"name": "near hazards"})").ok());
  CHECK(FiguresOf(Measured("near hazards", project_file))["run"] == of_project["run"]);
  const CommandResult text = Lookout(Measured("run 3", project_file));
  CHECK(text.exit_code == 0);
  CHECK_FALSE(Contains(text.output, "lookout explain"));  // which takes files
}

TEST_CASE_FIXTURE(KeptRun, "what names no run is refused with all that was looked for") {
  const auto refused = [&](const std::string& run, const std::vector<std::string>& parts) {
    const CommandResult result = Lookout(Measured(run, project_file));
    CHECK(result.exit_code == kBadInput);
    for (const std::string& part : parts) {
      CHECK_MESSAGE(Contains(result.errors, part), result.errors);
    }
  };
  refused("9", {"no run 9", "runs 3, 4"});
  refused("nowhere", {"no run's folder nowhere", "beside the project", "runs 3, 4"});
  refused("4", {"not on a learned one"});
  // A folder beside the project is found from anywhere; but this project has no marks of it.
  refused("run", {"has no marks"});
}

}  // namespace lookout::app
