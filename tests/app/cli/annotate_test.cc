// lookout annotate: simulated annotators at work on a project, and what agreement finds of them.
#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/engine/safety_gym.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/app/cli/drive_support.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

constexpr int kDriveSteps = 256;

// Nearly straight on, whatever is there.
Driver StraightOn(const sim::SafetyGym& /*world*/) {
  return [](const Eigen::VectorXd& /*observation*/, Eigen::VectorXd& action) {
    action = Eigen::Vector2d(0.6, 0.02);
  };
}

std::string Drives(const test::TestFolder& folder) {
  const std::string file = folder / "drives.lookout";
  const auto project = test::OpenProject(file);
  for (std::int64_t id = 1; id <= 4; ++id) SaveDrive(*project, {id}, kDriveSteps, StraightOn);
  return file;
}

nlohmann::json Agreement(const std::string& project) {
  const CommandResult result = Lookout({"agreement", project, "--json", "--bootstrap", "0"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return nlohmann::json::parse(result.output);
}

TEST_CASE("annotators of one mind agree in full, one with faults does not") {
  const test::TestFolder folder;
  const std::string file = Drives(folder);
  const std::string out = folder / "marked.lookout";
  // The hazards of PointGoal1 charge within 0.2 m of their centre, which geometry has to find, too.
  const CommandResult result =
      Lookout({"annotate", file, "--out", out, "--annotator", "Ann: cost hazards; lag 0",
               "--annotator", "Bob: distance hazard < 0.2; lag 0", "--annotator",
               "Cem: cost; lag 0; flip 0.3; miss 0.3", "--pairs", "20", "--json"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  const auto said = nlohmann::json::parse(result.output);
  CHECK(said.at("episodes") == 4);
  REQUIRE(said.at("annotators").size() == 3);
  CHECK(said.at("annotators").at(0).at("spans") > 4);
  CHECK(said.at("annotators").at(0).at("pairs") == 20);
  const auto report = Agreement(out);
  REQUIRE(report.at("between").size() == 3);
  CHECK(report.at("between").at(0).at("steps_unsafe").at("both") > 20);
  CHECK(report.at("between").at(0).at("kappa").at("value") == 1.0);
  CHECK(report.at("between").at(0).at("span_f1").at("value") == 1.0);
  CHECK(report.at("between").at(1).at("kappa").at("value") < 1.0);
  CHECK(report.at("with_rule").at(0).at("kappa").at("value") == 1.0);
  // The project that was copied has no marks, and so has nobody to compare.
  CHECK(Lookout({"agreement", file}).exit_code == kBadInput);
  const CommandResult fitted = Lookout({"fit", "--project", out, "--out", folder / "cost.model",
                                        "--annotators", "dawid-skene", "--json"});
  REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
  CHECK(nlohmann::json::parse(fitted.output).at("annotators").size() == 3);
}

TEST_CASE("three annotators in three copies become one study, one model and one agent") {
  const test::TestFolder folder;
  const std::string file = Drives(folder);
  const auto done = [](const std::vector<std::string>& arguments) {
    const CommandResult result = Lookout(arguments);
    REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
    return result;
  };
  for (const std::string name : {"Ann", "Bob", "Cem"}) {
    done({"annotate", file, "--out", folder / name, "--annotator",
          name + ": distance hazard < 0.4; lag 5; miss 0.05"});
  }
  const std::string two = folder / "two.lookout";
  const std::string study = folder / "study.lookout";
  done({"labels", "merge", folder / "Ann", folder / "Bob", "--out", two});
  const auto merged = done({"labels", "merge", two, folder / "Cem", "--out", study, "--json"});
  CHECK(nlohmann::json::parse(merged.output).at("conflicts").empty());
  const auto report = Agreement(study);
  CHECK(report.at("between").size() == 3);
  CHECK(report.at("alpha").at("value") > 0.5);
  const std::string model = folder / "cost.model";
  done({"fit", "--project", study, "--out", model, "--annotators", "dawid-skene"});
  done({"train",      "--env",
        "PointGoal1", "--algo",
        "ppo-lag",    "--cost",
        "learned",    "--cost-model",
        model,        "--preset",
        "fast",       "--steps",
        "3000",       "--steps-per-iteration",
        "3000",       "--seed",
        "1",          "--anyway",
        "--out",      folder / "run"});
  CHECK(std::filesystem::exists(folder / "run/policy.lookout"));
}

TEST_CASE("the same seed marks alike, whoever else is there") {
  const test::TestFolder folder;
  const std::string file = Drives(folder);
  const auto marks_of_ann = [&](const std::string& name, const std::vector<std::string>& more) {
    const CommandResult result =
        Lookout(std::vector<std::string>{"annotate", file, "--out", folder / name, "--episodes",
                                         "1,3", "--annotator",
                                         "Ann: speed > 0.3 and distance hazard < 1; jitter 9"} +
                more);
    REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
    std::string all;
    const auto project = test::OpenProject(folder / name, ProjectAccess::kReadOnly);
    const auto feedback = project->LoadFeedback();
    REQUIRE(feedback.ok());
    for (const auto& [id, record] : feedback->records()) {
      if (record.annotator == "Ann") all += record.content + "\n";
    }
    return all;
  };
  const std::string alone = marks_of_ann("a", {});
  CHECK(!alone.empty());
  CHECK(marks_of_ann("b", {"--annotator", "Bob: cost"}) == alone);
  CHECK(marks_of_ann("c", {"--seed", "2"}) != alone);
}

TEST_CASE("what cannot be done is refused, and nothing is written") {
  const test::TestFolder folder;
  const std::string file = Drives(folder);
  const auto refused = [&](int exit_code, const std::vector<std::string>& arguments,
                           const std::string& part) {
    const CommandResult result = Lookout(std::vector<std::string>{"annotate", file} + arguments);
    CAPTURE(result.errors);
    CHECK(result.exit_code == exit_code);
    CHECK(Contains(result.errors, part));
  };
  const std::string out = folder / "marked.lookout";
  refused(kUsage, {"--annotator", "Ann: coast", "--out", out}, "Did you mean cost?");
  refused(kUsage, {"--annotator", "Ann", "--annotator", "Ann", "--out", out},
          "two of the name Ann");
  refused(kBadInput, {"--annotator", "Ann", "--episodes", "9", "--out", out}, "no episode 9");
  refused(kUsage, {"--annotator", "Ann", "--no-spans", "--out", out}, "ask for --pairs");
  CHECK_FALSE(std::filesystem::exists(out));
  REQUIRE(Lookout({"annotate", file, "--annotator", "Ann"}).exit_code == 0);
  refused(kBadInput, {"--annotator", "Ann"}, "has feedback of Ann already");
}

}  // namespace
}  // namespace lookout::app
