// The demonstration, played small: the whole loop, its control and what it leaves behind.
#include "app/demo/demo.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/platform/files.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

TEST_CASE("the demonstration leaves pictures, the project and figures of all three agents") {
  const test::ScratchFolder scratch;
  const DemoOptions options{.out = scratch.path() / "out",
                            .marked_episodes = 4,
                            .measured_episodes = 3,
                            .train_steps = 60'000,
                            .video = false};
  std::vector<std::string> said;
  const Status played =
      RunDemo(options, [&said](const std::string& line) { said.push_back(line); });
  REQUIRE_MESSAGE(played.ok(), played.error().message);

  for (const char* name : {"1-watch.png", "2-mark.png", "3-fit.png", "4-train.png",
                           "5-compare.png", "study.lookout"}) {
    CHECK_MESSAGE(std::filesystem::file_size(options.out / name) > 0, name);
  }
  const auto text = ReadWholeFile(options.out / "summary.json", 1 << 24);
  REQUIRE(text.ok());
  const auto summary = nlohmann::json::parse(*text);
  CHECK(summary["marks"] > 0);
  for (const char* agent : {"before", "after", "control"}) {
    INFO(agent);
    CHECK(summary[agent]["episodes"] == 3);
    CHECK(summary[agent]["true_cost"]["low"] <= summary[agent]["true_cost"]["high"]);
    CHECK(summary[agent]["learned_cost"]["mean"] >= 0.0);
  }
  CHECK(summary["training"].size() == summary["control_training"].size());
  CHECK(summary["control_training"].back()["learned_cost"] !=
        summary["training"].back()["learned_cost"]);
  CHECK(said.size() >= 9);
}

}  // namespace
}  // namespace lookout::app
