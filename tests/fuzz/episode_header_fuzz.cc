// The JSON header of a recorded episode.
#include <cstdint>
#include <string_view>

#include "sim/base/check.h"
#include "sim/recording/recording.h"
#include "tests/support/fuzz_seeds.h"

std::vector<std::string> FuzzSeeds() {
  lookout::sim::EpisodeHeader header;
  header.config = *lookout::sim::ConfigForId("Safexp-PointGoal1-v0");
  header.setup.layout = {{"robot", 0.5, -0.5}, {"hazard0", 1.0, 1.0}};
  header.setup.rotations = {{"vase0", 3.0}};
  header.agent = "Random";
  lookout::sim::EpisodeHeader imported = header;
  imported.imported = lookout::sim::ImportedEpisode{.file = "run.csv", .action_dim = 2};
  imported.hand_overs = {{12, "You"}};
  imported.signature = lookout::sim::ObservationSignature({{"speed", 3, "m/s"}});
  return {lookout::sim::EncodeHeader(header), lookout::sim::EncodeHeader(imported)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lookout::sim;
  const auto header = DecodeHeader({reinterpret_cast<const char*>(data), size});
  if (header.ok()) {
    LOOKOUT_CHECK(DecodeHeader(EncodeHeader(*header)).ok(), "a decoded header encodes again");
  }
  return 0;
}
