// What `lookout fit` prints of a cost model. One thread.
#pragma once

#include <string>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/student/student_settings.h"
#include "agents/feedback/targets/label_set.h"

namespace lookout::app {

struct FitReport {
  std::string file;         // of the cost model
  std::string environment;  // by its id
  const agents::CostModelSettings& settings;
  const agents::StudentSettings& student;
  const agents::CostModelReport& report;
  const agents::DerivedLabels& derived;
  const agents::DangerClasses& classes;  // what the project calls them
};

// On standard output: some lines, of which the first is learned over true cost if that is known, or
// one JSON object.
void PrintFitReport(const FitReport& fitted, bool json);

}  // namespace lookout::app
