// lookout fit with what nobody marked: viewed steps, and the judgements that a student learns.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/app/cli/fit_support.h"

namespace lookout::app {
namespace {

using fit_samples::kEpisodes;
using fit_samples::kFitSteps;
using fit_samples::MarkedProject;
using fit_samples::SaveTwoHalves;

TEST_CASE("a cost model is not written over the project that it is fitted to") {
  const test::TestFolder folder;
  const std::string file = MarkedProject(folder);
  const CommandResult refused = Lookout({"fit", "--project", file, "--out", file});
  CHECK(refused.exit_code == kBadInput);
  CHECK(refused.errors.find("is a project and is not replaced") != std::string::npos);
  CHECK(Lookout({"agreement", file}).exit_code == 0);
}

TEST_CASE("what unmarked steps count, and noise, are what the fit is given") {
  const test::TestFolder folder;
  const std::vector<std::string> command{"fit",   "--project",           MarkedProject(folder),
                                         "--out", folder / "cost.model", "--json"};
  const CommandResult usual = Lookout(command);
  REQUIRE_MESSAGE(usual.exit_code == 0, usual.errors);
  CHECK(nlohmann::json::parse(usual.output).at("unmarked_weight") == 0.0);
  CHECK(nlohmann::json::parse(usual.output).at("noise") == true);
  std::vector<std::string> other = command;
  other.insert(other.end(), {"--unmarked", "0.5", "--no-noise"});
  const CommandResult fitted = Lookout(other);
  REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
  CHECK(nlohmann::json::parse(fitted.output).at("unmarked_weight") == 0.5);
  CHECK(nlohmann::json::parse(fitted.output).at("noise") == false);
}

TEST_CASE("a student learns from what was recorded and not marked, too") {
  const test::TestFolder folder;
  const std::string file = MarkedProject(folder);
  {
    const auto project = test::OpenProject(file);
    for (std::int64_t number = 1; number <= 4; ++number) {
      SaveTwoHalves(*project, EpisodeId{kEpisodes + number});
    }
  }
  const auto fit = [&](const std::string& rounds, const std::string& unlabelled) {
    const std::string model = folder / ("cost-" + rounds + "-" + unlabelled + ".model");
    const CommandResult fitted = Lookout({"fit", "--project", file, "--out", model, "--json",
                                          "--student", rounds, "--student-unlabelled", unlabelled});
    REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
    const auto report = nlohmann::json::parse(fitted.output);
    CHECK(report.at("student_rounds") == std::stoi(rounds));
    CHECK(report.at("unsafe_steps") == kEpisodes * (kFitSteps / 2 - 1));
    return FileText(model);
  };
  CHECK(fit("0", "1") == fit("0", "0"));
  CHECK(fit("1", "1") != fit("1", "0"));  // the other episodes are there to learn from
  const CommandResult refused =
      Lookout({"fit", "--project", file, "--out", folder / "no.model", "--student", "11"});
  CHECK(refused.exit_code == kUsage);
  CHECK(refused.errors.find("--student is 11; it has to be") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
