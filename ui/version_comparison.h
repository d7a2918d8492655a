// What the window shows of two versions of the cost model side by side. Values; written by the
// workspace, read by panels.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "agents/feedback/evaluation/two_models.h"
#include "sim/base/ids.h"

namespace lookout::ui {

// Against one reference, on episodes that neither version was fitted to, where there are any.
struct VersionsAgainst {
  std::optional<agents::TwoModels> figures;  // none: there is no step to measure on
  bool unseen = true;  // false: a version was fitted to every one of the episodes
  int left_out = 0;    // episodes that a version was fitted to, and that therefore do not count
};

struct VersionsCompared {
  std::array<CostModelId, 2> models;
  VersionsAgainst rule;
  VersionsAgainst marks;
  int without_rule = 0;  // episodes left out: imported without the rule's cost
  int diverged = 0;      // the same: the physics failed
};

struct VersionComparison {
  std::array<CostModelId, 2> models;  // that are compared, or have been
  std::string file = {};              // of the model in place of the second; empty: none
  bool measuring = false;
  double fraction = 0.0;                           // of the episodes that are on their way
  std::shared_ptr<const VersionsCompared> result;  // null: none yet
  std::string problem;                             // why there is none; empty if there may be one
  bool by_marks = false;                           // the list that was gone to last
  std::optional<std::size_t> shown;                // of its differences

  const VersionsAgainst* against(bool marks) const {
    if (result == nullptr) return nullptr;
    return marks ? &result->marks : &result->rule;
  }
};

}  // namespace lookout::ui
