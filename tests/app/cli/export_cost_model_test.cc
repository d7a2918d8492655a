// lookout export of a cost model: told from a policy by its content, and read by the onnx package.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "app/cost_models/cost_model_file.h"
#include "app/platform/child_process.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr double kPatience_s = 120.0;
const std::string kPython = "/usr/bin/python3";  // the one that the package is for

const fs::path kAssets = fs::path(LOOKOUT_SOURCE_DIR) / "assets";

// Of sizes that an environment might show, too.
Eigen::MatrixXf SomeObservations(int dim) {
  RandomState random(8);
  Eigen::MatrixXf observations(dim, 20);
  for (float& value : observations.reshaped()) value = float(random.Uniform(-0.2, 1.0));
  return observations;
}

// What the onnx package and NumPy make of the model; nothing, with the reason, where they are
// missing.
json ReadElsewhere(const test::TestFolder& folder, const std::string& onnx,
                   const Eigen::MatrixXf& observations) {
  if (!RunChild({kPython, "-c", "import onnx, numpy"}, kPatience_s, {}).ok()) {
    MESSAGE("skipped, as the reader is missing: install python3-onnx");
    return {};
  }
  json rows = json::array();
  for (const auto& column : observations.colwise()) {
    rows.push_back(std::vector<float>(column.begin(), column.end()));
  }
  test::WriteFile(folder / "observations.json", rows.dump());
  const std::string script = LOOKOUT_SOURCE_DIR "/tests/app/cli/cost_model_reader.py";
  const Status read =
      RunChild({kPython, script, onnx, folder / "observations.json", folder / "report.json"},
               kPatience_s, {});
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? "" : read.error().message));
  return json::parse(FileText(folder / "report.json"));
}

TEST_CASE("files are told apart by their content") {
  const test::TestFolder folder;
  test::WriteFile(folder / "renamed.policy", FileText(ShippedModel()));
  CHECK(IsCostModelFile(folder / "renamed.policy"));
  CHECK_FALSE(IsCostModelFile(kAssets / "policies/pointgoal1-ppo.policy"));
  CHECK_FALSE(IsCostModelFile(folder.path()));
  CHECK_FALSE(IsCostModelFile(folder / "none"));
}

TEST_CASE("the onnx package accepts an exported cost model, and NumPy computes its predictions") {
  const test::TestFolder folder;
  const std::string onnx = folder / "cost.onnx";
  const CommandResult exported = Lookout({"export", ShippedModel(), "--onnx", onnx});
  REQUIRE_MESSAGE(exported.exit_code == 0, exported.errors);
  CHECK(exported.errors.find("cost [batch x 1] and spread [batch x 1]") != std::string::npos);
  const agents::CostModelPtr model = LoadCostModelFile(ShippedModel()).value().model;
  const Eigen::MatrixXf observations = SomeObservations(model->observation_dim());
  const json found = ReadElsewhere(folder, onnx, observations);
  if (found.is_null()) return;
  Eigen::VectorXf probability(observations.cols());
  Eigen::VectorXf spread(observations.cols());
  model->Predict(observations, probability, spread);
  CHECK(probability.maxCoeff() - probability.minCoeff() > 0.1F);
  for (Eigen::Index i = 0; i < observations.cols(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    CHECK(found["cost"][at][0].get<double>() ==
          doctest::Approx(double(probability[i])).epsilon(1e-4));
    CHECK(found["spread"][at][0].get<double>() == doctest::Approx(double(spread[i])).epsilon(1e-4));
  }
  const json& metadata = found["metadata"];
  CHECK(metadata["lookout.threshold"] == "0.5");
  CHECK(json::parse(metadata["lookout.observation"].get<std::string>()).size() ==
        model->signature().entries().size());
  const json fits = json::parse(metadata["lookout.environments"].get<std::string>());
  CHECK(std::ranges::count(fits, "Safexp-PointGoal1-v0") == 1);
  CHECK(std::ranges::count(fits, "Safexp-PointPush1-v0") == 0);
}

TEST_CASE("the environment of an exported cost model can be named, and has to fit") {
  const test::TestFolder folder;
  const std::string onnx = folder / "cost.onnx";
  const std::vector<std::string> command{"export", ShippedModel(), "--onnx", onnx, "--env"};
  const CommandResult fits = Lookout(command + std::vector<std::string>{"PointGoal1"});
  CHECK_MESSAGE(fits.exit_code == 0, fits.errors);
  CHECK(fits.errors.find("fits 1 environment") != std::string::npos);
  fs::remove(onnx);
  const CommandResult elsewhere = Lookout(command + std::vector<std::string>{"PointPush1"});
  CHECK(elsewhere.exit_code == kBadInput);
  CHECK(elsewhere.errors.find("does not fit Safexp-PointPush1-v0") != std::string::npos);
  CHECK_FALSE(fs::exists(onnx));
}

TEST_CASE("an export replaces neither what it is made from nor itself") {
  const test::TestFolder folder;
  const std::string model = (folder / "copy.costmodel").string();
  std::filesystem::copy_file(ShippedModel(), model);
  const CommandResult itself =
      Lookout({"export", model, "--onnx", (folder / "./copy.costmodel").string()});
  CHECK(itself.exit_code == kUsage);
  CHECK(itself.errors.find("itself, which it would replace") != std::string::npos);
  CHECK(FileText(model) == FileText(ShippedModel()));
  const CommandResult both = Lookout(
      {"export", model, "--onnx", (folder / "x").string(), "--policy", (folder / "x").string()});
  CHECK(both.exit_code == kUsage);
  CHECK_FALSE(std::filesystem::exists((folder / "x").string()));
}

TEST_CASE("a cost model is not written as a policy") {
  const test::TestFolder folder;
  const CommandResult result =
      Lookout({"export", ShippedModel(), "--policy", folder / "cost.policy"});
  CHECK(result.exit_code == kUsage);
  CHECK_MESSAGE(result.errors.find("is a cost model") != std::string::npos, result.errors);
  CHECK(folder.Names().empty());
}

}  // namespace
}  // namespace lookout::app
