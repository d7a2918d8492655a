// From marks that name two dangers to heads that lookout fit reports and lookout export writes.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "app/cost_models/cost_model_file.h"
#include "app/project/project.h"
#include "app/project/settings/danger_classes_json.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

// 24 episodes of a room that gets hot and wet by turns, charged for as hazards and as vases.
std::string HotAndWet() {
  std::string csv =
      "episode,observation.heat,observation.wet,action.0,reward,costs.hazards,costs.vases_"
      "contact\n";
  for (int episode = 1; episode <= 24; ++episode) {
    for (int step = 0; step < 80; ++step) {
      const double heat = std::sin(1.7 * episode + 0.13 * step);
      const double wet = std::sin(2.9 * episode + 0.09 * step);
      csv += fmt::format("{},{:.4f},{:.4f},", episode, heat, wet);
      csv +=
          step == 0 ? ",,,\n" : fmt::format("0.1,0,{},{}\n", heat > 0.6 ? 1 : 0, wet > 0.7 ? 1 : 0);
    }
  }
  return csv;
}

// Marked by somebody who calls them so, in a project that calls vases otherwise.
struct NamedMarks {
  test::TestFolder folder;
  std::string project = folder / "study.lookout";
  std::string model = folder / "cost.model";

  NamedMarks() {
    test::WriteFile(folder / "run.csv", HotAndWet());
    Do({"import", folder / "run.csv", "--project", project, "--env", "Room"});
    Do({"annotate", project, "--annotator",
        "Ann: cost hazards as hazard or cost vases_contact as vase; lag 0"});
    const auto open = Project::Open(project, ProjectAccess::kReadWrite);
    REQUIRE(open.ok());
    REQUIRE((*open)->SaveSetting(kDangerClassesSetting, R"({"2": "Puddle"})").ok());
  }
  static std::string Do(const std::vector<std::string>& command) {
    const CommandResult result = Lookout(command);
    REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
    return result.output;
  }
  std::string Fit(const std::vector<std::string>& more) const {
    return Do(std::vector<std::string>{"fit", "--project", project, "--out", model} + more);
  }
};

TEST_CASE_FIXTURE(NamedMarks, "marks that name two dangers give each a head with its figures") {
  const auto report = nlohmann::json::parse(Fit({"--json"}));
  const auto& classes = report.at("classes");
  REQUIRE(classes.size() == 2);
  CHECK(classes[0].at("name") == "Hazard");
  CHECK(classes[1].at("name") == "Puddle");
  for (const auto& one : classes) {
    CHECK(one.at("head") == true);
    CHECK(one.at("auc") > 0.8);
    CHECK(one.at("miss_rate") < 0.7);
  }
  // What is called otherwise is no longer what the rule charges for.
  CHECK(classes[0].at("true_cost") > 1.0);
  CHECK_FALSE(classes[1].contains("true_cost"));
  CHECK(Fit({}).find("Puddle: AUC ") != std::string::npos);

  const auto total = nlohmann::json::parse(Fit({"--json", "--no-classes"}));
  CHECK(total.at("classes").empty());
  CHECK(total.at("auc") == report.at("auc"));
  CHECK(total.at("brier") == report.at("brier"));
  CHECK(LoadCostModelFile(model)->model->classes().empty());
}

TEST_CASE_FIXTURE(NamedMarks,
                  "heads are exported, and measured against what the rule charges for") {
  Fit({});
  const std::string onnx = folder / "cost.onnx";
  Do({"export", model, "--onnx", onnx});
  CHECK(FileText(onnx).find("class2_spread") != std::string::npos);

  const auto measured = nlohmann::json::parse(Do({"cost", model, "--project", project, "--json"}));
  const auto& heads = measured.at("models").at(0).at("classes");
  REQUIRE(heads.size() == 2);
  CHECK(heads[0].at("kind") == "hazard");
  for (const auto& head : heads) {
    CHECK(head.at("auc") > 0.95);
    CHECK(head.at("auc_among_dangers") > 0.9);
  }
  CHECK(Do({"cost", model, "--project", project}).find("head of class 2 (Vase)") !=
        std::string::npos);
}

}  // namespace
}  // namespace lookout::app
