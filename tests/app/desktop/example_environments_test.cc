// The configurations in assets/environments: each must be fit to be shown.
#include <doctest/doctest.h>

#include <filesystem>
#include <vector>

#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "sim/config/config_file.h"
#include "sim/engine/safety_gym.h"

namespace fs = std::filesystem;
using namespace lookout;

namespace {

std::vector<fs::path> Examples() {
  const auto maze = app::FindAsset("environments/maze.json");
  REQUIRE(maze.ok());
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(maze->parent_path())) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  return files;
}

}  // namespace

TEST_CASE("Every example loads, starts from many seeds and can be played") {
  const std::vector<fs::path> files = Examples();
  CHECK(files.size() >= 3);
  for (const fs::path& file : files) {
    CAPTURE(file.string());
    const auto config = sim::LoadConfigFile(file);
    REQUIRE_MESSAGE(config.ok(), (config.ok() ? "" : config.error().message));
    auto gym = sim::SafetyGym::Create(*config, app::RobotCameras());
    REQUIRE_MESSAGE(gym.ok(), (gym.ok() ? "" : gym.error().message));
    RandomState random(1);
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
      const Status reset = (*gym)->Reset(seed);
      REQUIRE_MESSAGE(reset.ok(), (reset.ok() ? "" : reset.error().message));
      for (int step = 0; step < 20; ++step) {
        Eigen::VectorXd action((*gym)->spec().action_dim);
        for (double& value : action) value = random.Uniform(-1, 1);
        const sim::StepResult result = (*gym)->Step(action);
        REQUIRE(result.status != sim::EpisodeStatus::kDiverged);
        CHECK((*gym)->observation().allFinite());
        if (sim::IsDone(result.status)) break;
      }
    }
  }
}
