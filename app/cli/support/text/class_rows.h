// Rows of `lookout cost` about the heads of cost models. Any thread (values only).
#pragma once

#include "app/cli/support/text/text_table.h"
#include "app/cost_models/cost_report.h"

namespace lookout::app {

// One for each class of danger that some model has a head for, a cell for each model.
void AddClassRows(const CostReport& report, TextTable& table);

}  // namespace lookout::app
