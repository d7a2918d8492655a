// Which labelled rows train and which are held out. Neighbouring steps are nearly copies of each
// other, so rows are only ever moved in groups: whole episodes, or long blocks of steps when there
// are too few episodes. Value types; any thread.
#pragma once

#include <vector>

#include "agents/feedback/targets/label_set.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

struct DataSplit {
  std::vector<std::vector<int>> training_groups;  // rows of each group
  std::vector<int> training;                      // all rows that train, both classes among them
  std::vector<int> held_out;                      // may lack a class, or be empty, if rows are few
  bool by_episode = false;                        // groups are episodes, not blocks
};

// fraction: of the rows to hold out, in [0, 0.5]; every class is represented as nearly alike as the
// groups allow. labels: both classes present.
DataSplit SplitLabels(const LabelSet& labels, double fraction, RandomState& random);

// As many training groups as there are, drawn with replacement; their rows. Both classes occur.
std::vector<int> BootstrapRows(const DataSplit& split, const LabelSet& labels, RandomState& random);

}  // namespace lookout::agents
