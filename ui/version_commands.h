// What the window may ask for about versions of the cost model side by side. Part of commands.h.
#pragma once

#include <cstddef>
#include <string>

#include "sim/base/ids.h"

namespace lookout::ui {

// Two versions of the cost model of what is on screen are compared on all recorded episodes; what
// was being compared before is abandoned.
struct CompareVersions {
  CostModelId first;
  CostModelId second;
  std::string file = {};  // of a cost model in place of the second version; empty: none
};
struct EndVersionComparison {};  // it is abandoned and forgotten
// To that one of the differences against the rule, or against the marks.
struct ShowVersionDifference {
  std::size_t index = 0;
  bool by_marks = false;
};
// To the next (+1) or the previous (-1) of them, the greatest first.
struct GoToVersionDifference {
  int direction = 1;
};

}  // namespace lookout::ui
