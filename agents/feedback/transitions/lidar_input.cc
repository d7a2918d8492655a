#include "agents/feedback/transitions/lidar_input.h"

namespace lookout::agents {

std::vector<LidarInput> LidarInputs(const sim::ObservationSignature& signature) {
  std::vector<LidarInput> lidars;
  int offset = 0;
  for (const sim::ObservationSignature::Entry& entry : signature.entries()) {
    if (entry.key.ends_with("_lidar")) lidars.push_back({offset, entry.size});
    offset += entry.size;
  }
  return lidars;
}

}  // namespace lookout::agents
