// A trajectory file taken apart: what it says of the environment, and a JSON object for each step,
// whichever of the two formats it has. Part of trajectory.cc. Any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

struct TrajectoryLine {
  int number = 0;  // in the file, from 1
  nlohmann::json step;
};

struct TrajectoryLines {
  std::string environment;       // empty: the file does not say
  double step_duration_s = 0.0;  // 0: likewise
  sim::ObservationSignature signature;
  std::vector<TrajectoryLine> lines;
};

// "line 12: CAUSE", kBadInput.
Error RejectLine(int line, const std::string& cause);

Result<TrajectoryLines> SplitJsonLines(std::string_view text);
Result<TrajectoryLines> SplitCsv(std::string_view text);

}  // namespace lookout::app
