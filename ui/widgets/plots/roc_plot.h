// ROC curves over each other: hits against false alarms, with the point where each one's threshold
// lies. Window thread only.
#pragma once

#include <span>
#include <string_view>

#include "agents/feedback/models/evaluation.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

struct RocShown {
  std::string_view name;  // its first letter stands beside its threshold
  std::span<const agents::RocPoint> curve;
  agents::RocPoint threshold;  // where it calls unsafe what it does; NaN: not known
  ImU32 colour = 0;
};

// As wide as the region. The diagonal is a coin's.
void RocPlot(const char* id, std::span<const RocShown> shown, float height_px);

}  // namespace lookout::ui
