// Learning curves of training runs as a picture. Any thread.
#pragma once

#include <string>
#include <vector>

#include "app/runs/run_groups.h"

namespace lookout::app {

// An SVG file: a row of panels for each environment, return beside cost, a curve with its band for
// each group. title: empty for the environment, if there is only one.
std::string LearningCurves(const std::vector<RunGroup>& groups, const std::string& title);

}  // namespace lookout::app
