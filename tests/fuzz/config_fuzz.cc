// The text of a configuration, as it stands in files and recordings.
#include <nlohmann/json.hpp>
#include <string_view>

#include "sim/base/check.h"
#include "sim/config.h"
#include "tests/support/fuzz_seeds.h"

std::vector<std::string> FuzzSeeds() {
  const auto config = lookout::sim::ConfigForId("Safexp-PointGoal2-v0");
  return {lookout::sim::ConfigToJson(*config).dump(),
          R"({"hazards_locations":[[0,1]],"goal_placements":[[-1,-1,1,1]],"robot_rot":0.5})"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lookout;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto options = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (options.is_discarded()) return 0;
  const auto config = sim::ParseConfig(options, "fuzz");
  if (!config.ok()) return 0;
  const nlohmann::json written = sim::ConfigToJson(*config);
  const auto again = sim::ParseConfig(written, "fuzz");
  LOOKOUT_CHECK(again.ok() && sim::ConfigToJson(*again) == written,
                "a configuration that was read can be written and read again");
  return 0;
}
