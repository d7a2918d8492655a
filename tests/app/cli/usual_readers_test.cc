// The files of a run as other people's programs read them: pandas, the onnx package, Google's
// protobuf library.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/platform/child_process.h"
#include "app/runs/progress_log.h"
#include "app/runs/run_folder.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

constexpr double kReaderPatience_s = 120.0;
const std::string kReaderPython = "/usr/bin/python3";  // the one that the packages are for

// True, with the reason, where the readers are missing.
bool HasNoReaders() {
  const Status found = RunChild({kReaderPython, "-c", "import onnx, pandas, google.protobuf"},
                                kReaderPatience_s, {});
  if (found.ok()) return false;
  MESSAGE("skipped, as the readers are missing: install python3-onnx and python3-pandas");
  return true;
}

TEST_CASE("pandas, onnx and protobuf read what a run leaves as it was written") {
  if (HasNoReaders()) return;
  const test::ScratchFolder scratch;
  const std::string run = scratch / "run";
  const std::string model = scratch / "policy.onnx";
  std::vector<std::string> training = TinyTraining(run, 2);
  std::ranges::replace(training, "600", "3000");  // an episode of each environment
  std::ranges::replace(training, "1200", "6000");
  REQUIRE(Lookout(training + std::vector<std::string>{"--normalise-observations", "1"}).exit_code ==
          0);
  REQUIRE(Lookout({"export", run, "--onnx", model}).exit_code == 0);
  const std::string report = scratch / "report.json";
  const std::string script = LOOKOUT_SOURCE_DIR "/tests/app/cli/usual_readers.py";
  const Status read = RunChild({kReaderPython, script, run, model, report}, kReaderPatience_s, {});
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? "" : read.error().message));

  const auto found = nlohmann::json::parse(FileText(report));
  const ProgressTable ours = *ParseProgress(FileText(RunFolder(run).progress()), "progress.txt");
  CHECK(found["progress"].size() == ours.columns.size());
  CHECK(found["progress"]["AverageEpRet"] == ours["AverageEpRet"]);
  CHECK(found["progress"]["TotalEnvInteracts"] == ours["TotalEnvInteracts"]);
  CHECK(found["progress"]["LearnedEpCost"] == std::vector<nlohmann::json>(2));  // gaps
  CHECK(found["outputs"]["action"] == 2);  // dimensions: batch and action
  const auto& curve = found["events"]["Metrics/EpRet"];
  REQUIRE(curve.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(curve[i][0] == i + 1);
    CHECK(curve[i][1].get<double>() == doctest::Approx(ours["AverageEpRet"][i]));
  }
}

}  // namespace
}  // namespace lookout::app
