// How cost kinds and verdicts look and are called: one colour, one icon, one
// name each, the same in every panel and in the 3-D view. Any thread.
#pragma once

#include <cstdint>

#include "agents/feedback/kinds/mark.h"
#include "sim/environment/kinds.h"
#include "ui/theme/theme.h"

namespace lookout::ui {

struct KindStyle {
  const char* name = "";  // "Hazards"
  const char* icon = "";  // UTF-8
  ImU32 colour = 0;
};

KindStyle CostKindStyle(const Theme& theme, sim::CostKind kind);
KindStyle VerdictStyle(const Theme& theme, agents::Verdict verdict);

// An annotator's colour, by the number in their profile; any number gives one.
ImU32 AnnotatorColour(const Theme& theme, std::int32_t number);

// Of a comparison, as the 3-D view draws them in every theme: the robot on screen, and the ghost.
inline constexpr ImU32 kShownRobotColour = Rgb(0xD55E00);
inline constexpr ImU32 kGhostColour = Rgb(0xB98CFF);

}  // namespace lookout::ui
