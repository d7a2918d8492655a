// A configuration that is read, built and played: whatever its values, the world is refused with a
// reason or can be stepped.
#include <nlohmann/json.hpp>
#include <string_view>

#include "sim/base/check.h"
#include "sim/config/config_file.h"
#include "sim/engine/safety_gym.h"
#include "sim/objects/object_kinds.h"
#include "sim/objects/world_objects.h"
#include "tests/support/fuzz_seeds.h"

namespace {

using namespace lookout;

// Larger worlds only cost time.
bool IsSmall(const sim::EnvironmentConfig& config) {
  int objects = 0;
  for (const sim::SceneObjectKind kind : sim::BodyOrder()) {
    objects += sim::ObjectCount(config, kind);
  }
  return objects <= 30 && config.lidar_num_bins <= 64 && config.frameskip_binom_n <= 20;
}

void Play(sim::SafetyGym& gym, std::uint32_t seed) {
  if (!gym.Reset(seed).ok()) return;
  LOOKOUT_CHECK(gym.observation().allFinite(), "a world starts with numbers");
  Eigen::VectorXd action = Eigen::VectorXd::Ones(gym.spec().action_dim);
  for (int i = 0; i < 3; ++i) {
    const sim::StepResult result = gym.Step(action);
    if (sim::IsDone(result.status)) return;
    LOOKOUT_CHECK(gym.observation().allFinite(), "only a diverged world is not numbers");
    action = -action;
  }
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  return {
      R"({"robot_base":"xmls/point.xml","hazards_num":2,"vases_num":1,"constrain_hazards":true,)"
      R"("placements_extents":[-2,-2,2,2],"robot_rot":0.5,"lidar_max_dist":3,"action_noise":0.5})",
      R"({"task":"push","box_size":0.2,"box_density":0.001,"pillars_num":1,"walls_num":1,)"
      R"("walls_locations":[[2.5,2.5]],"goal_placements":[[-2,-2,2,2]],"observe_box_comp":true})",
      R"({"robot_base":"xmls/doggo.xml","task":"button","buttons_num":2,"gremlins_num":1,)"
      R"("constrain_gremlins":true,"timestep":0.01,"frameskip_binom_p":0.5,"goal_size":1})"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto config = sim::ParseConfigText(text, "fuzz");
  if (!config.ok() || !IsSmall(*config)) return 0;
  const auto gym = sim::SafetyGym::Create(*config);
  if (gym.ok()) Play(**gym, 3);
  return 0;
}
