// config.json of a run: what is accepted survives being written and read again.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/runs/run_folder.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"

namespace {

using namespace lookout::app;

void Parse(std::string_view text) {
  const auto config = ParseRunConfig(text, "fuzz");
  if (!config.ok()) return;
  const std::string written = RunConfigText(*config);
  const auto again = ParseRunConfig(written, "fuzz");
  LOOKOUT_CHECK(again.ok() && RunConfigText(*again) == written, "a configuration stays the same");
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  RunConfig config{.environment = "Safexp-PointGoal1-v0", .preset = "fast"};
  config.settings.normalise_observations = true;
  return {RunConfigText(config), R"({"env": 3})", std::string(5000, '[')};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Parse({reinterpret_cast<const char*>(data), size});
  return 0;
}
