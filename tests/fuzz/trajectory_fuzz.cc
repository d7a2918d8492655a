// Trajectory files of other programs: what is accepted can be recorded.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/trajectory.h"
#include "sim/base/check.h"
#include "sim/recording/recording.h"
#include "tests/support/fuzz_seeds.h"

std::vector<std::string> FuzzSeeds() {
  return {
      R"({"format": "lookout-trajectory", "version": 1, "environment": "X", "observation": [{"name": "a", "size": 2}]}
{"episode": 1, "observation": [1, 2]}
{"episode": 1, "observation": [1, 2], "action": [0.5], "costs": {"lava": 1, "hazards": 0}, "agent": "B"}
{"episode": 1, "observation": [1, 2], "action": [0.5], "overseer": "C", "source": "overseer", "status": "timed out"}
)",
      "episode,observation.a.0,observation.a.1,action.0,cost\n1,1,2,,\n1,1,2,0.5,1\n"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lookout;
  const auto read = app::ReadTrajectories({reinterpret_cast<const char*>(data), size}, "fuzz",
                                          {.environment = "X"});
  if (!read.ok()) return 0;
  for (const app::Trajectory& episode : *read) {
    LOOKOUT_CHECK(sim::DecodeHeader(sim::EncodeHeader(episode.header)).ok(), "a header is read");
    sim::RecordingChunk chunk{{1}, 0, {}, episode.other_cost_names};
    const std::size_t steps = std::min<std::size_t>(episode.steps.size(), sim::kChunkSteps);
    chunk.steps.assign(episode.steps.begin(),
                       episode.steps.begin() + static_cast<std::ptrdiff_t>(steps));
    LOOKOUT_CHECK(sim::DecodeChunk(sim::EncodeChunk(chunk)).ok(), "an episode is recorded");
  }
  return 0;
}
