// `lookout curves`: the learning curves of training runs as a picture. Main thread.
#pragma once

#include <string>
#include <vector>

namespace lookout::app {

struct CurvesOptions {
  std::vector<std::string> folders;  // of runs, as `lookout train --out` leaves them
  std::string out = "curves.svg";
  std::string title;  // empty: the runs' environment
};

// Draws return and episode cost over environment steps, with the limit. Returns the exit code.
int RunCurves(const CurvesOptions& options);

}  // namespace lookout::app
