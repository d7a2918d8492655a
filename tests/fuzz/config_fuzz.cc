// The text of a configuration, as it stands in a file.
#include <nlohmann/json.hpp>
#include <string_view>

#include "sim/base/check.h"
#include "sim/config/config_file.h"
#include "tests/support/fuzz_seeds.h"

std::vector<std::string> FuzzSeeds() {
  const auto config = lookout::sim::ConfigForId("Safexp-PointGoal2-v0");
  return {lookout::sim::ConfigToJson(*config).dump(),
          R"({"hazards_locations":[[0,1]],"goal_placements":[[-1,-1,1,1]],"robot_rot":0.5})",
          R"({"extends":"Safexp-DoggoButton1-v0","timestep":0.004,"robot_base":"xmls/car.xml"})"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lookout;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto config = sim::ParseConfigText(text, "fuzz");
  if (!config.ok()) return 0;
  const nlohmann::json written = sim::ConfigToJson(*config);
  const auto again = sim::ParseConfigText(written.dump(), "fuzz");
  LOOKOUT_CHECK(again.ok() && sim::ConfigToJson(*again) == written,
                "a configuration that was read can be written and read again");
  return 0;
}
