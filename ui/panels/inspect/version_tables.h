// The plots of two compared versions as tables, to be written into files. Any thread.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "agents/feedback/evaluation/two_models.h"
#include "ui/commands.h"

namespace lookout::ui {

// ROC, calibration, and the cost of every episode. names: of the versions; reference: "rule" or
// "marks", in the titles.
std::vector<PlotTable> VersionTables(const agents::TwoModels& two,
                                     const std::array<std::string, 2>& names,
                                     const std::string& reference);

}  // namespace lookout::ui
