// Exported labels as other people's programs read them: pandas, lxml, h5py.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/exchange/labels/label_exchange.h"
#include "app/platform/child_process.h"
#include "tests/app/exchange/labels/labels_support.h"

namespace lookout::app {
namespace {

constexpr double kPatience_s = 120.0;
const std::string kPython = "/usr/bin/python3";  // the one that the packages are for

// True, with the reason, where the readers are missing.
bool IsSkipped() {
  const Status found = RunChild({kPython, "-c", "import h5py, lxml, pandas"}, kPatience_s, {});
  if (found.ok()) return false;
  MESSAGE("skipped: install python3-h5py, python3-lxml and python3-pandas");
  return true;
}

TEST_CASE("pandas, lxml and h5py read labels as they were exported") {
  if (IsSkipped()) return;
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFeedback(*project);
  test::ExportTo(folder / "labels.csv", *project, "csv");
  test::ExportTo(folder / "elan", *project, "elan");
  const ExportReport out = test::ExportTo(folder / "steps.hdf5", *project, "dsrl");
  CHECK(out.left_out.find("the marks themselves") != std::string::npos);
  test::ExportTo(folder / "minari-v0", *project, "minari");
  const std::string report = folder / "report.json";
  const std::string script = LOOKOUT_SOURCE_DIR "/tests/app/exchange/labels/label_readers.py";
  const Status read = RunChild({kPython, script, folder.path(), report}, kPatience_s, {});
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? "" : read.error().message));

  const auto found = nlohmann::json::parse(test::ReadFile(report));
  CHECK(found["table"].size() == 7);
  CHECK(found["table"][0] == nlohmann::json{1, 0, 9, "unsafe", "Ann"});
  CHECK(found["elan"]["episode-1.eaf unsafe 2 | Ann"].size() == 3);
  CHECK(found["elan"]["episode-1.eaf unsafe 2 | Ann (2)"] == nlohmann::json::parse("[[100, 620]]"));
  CHECK(found["elan"]["episode-2.eaf safe 2 | Bob & <Co>"] ==
        nlohmann::json::parse("[[3800, 4000]]"));
  CHECK(found["dsrl"]["rows"] == 2 * (test::kLabelledSteps - 1));
  CHECK(found["dsrl"]["episodes"] == 2);
  CHECK(found["dsrl"]["cost"] == 2 * 49.0);  // of every fourth step but the reset
  // Bob's mark of steps 3 and 4 without a severity, as rows of the second episode.
  CHECK(found["dsrl"]["unsafe"] == nlohmann::json{199 + 2, 199 + 3});
  CHECK(found["minari"]["id"] == "minari-v0");
  CHECK(found["minari"]["steps"] == found["dsrl"]["rows"]);
  CHECK(found["minari"]["unsafe"] == nlohmann::json::parse("[[], [3, 4]]"));
}

TEST_CASE("a data set holds one environment, and its name is one that is found") {
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  sim::EpisodeHeader other = test::SampleHeader({3});
  other.config.id = "Safexp-CarGoal1-v0";
  REQUIRE(project->SaveEpisode(other).ok());
  REQUIRE(project->SaveChunk(test::SampleChunk({3}, 0, 10)).ok());
  const auto refusal = [&](const char* format, const char* name) {
    const auto report =
        ExportLabels(*project, *FindLabelFormat(format, false).value(), {.out = folder / name});
    CHECK(!std::filesystem::exists(folder / name));
    return report.ok() ? std::string() : report.error().message;
  };
  CHECK(refusal("dsrl", "x.hdf5").find("episode 3 of Safexp-CarGoal1-v0") != std::string::npos);
  CHECK(refusal("minari", "x-v0").find("--env") != std::string::npos);
  CHECK(refusal("minari", "x").find("NAME-v0") != std::string::npos);
  const auto one = ExportLabels(*project, *FindLabelFormat("dsrl", false).value(),
                                {.out = folder / "car.hdf5", .environment = "CarGoal1"});
  CHECK(one.ok());
  const auto none = ExportLabels(*project, *FindLabelFormat("csv", false).value(),
                                 {.out = folder / "none.csv", .environment = "Hopper"});
  CHECK(!none.ok());
}

}  // namespace
}  // namespace lookout::app
