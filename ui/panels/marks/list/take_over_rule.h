// The rule by which a take-over says something: what led to it counts as unsafe, what the person
// drove as safe. Of the selected one, in words and to be changed, and of those to come. Window
// thread only.
#pragma once

#include <string>

#include "agents/feedback/kinds/intervention.h"
#include "ui/panels/state/inputs/marks_index.h"
#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// "From 0.80 to 0.30 s before you took the wheel (steps 80–104) counts as unsafe, half as much as a
// mark. What you drove counts as safe, ...". Its weights are in words, too.
std::string RuleInWords(const agents::Intervention& intervention, double step_duration_s);

// The selected take-over; a change is one edit, made when the mouse is let go.
void DrawSelectedTakeOver(const ActionContext& context, const StatementRow& row);
float SelectedTakeOverHeight();

// In the menu of annotators: the rule of the take-overs that who marks makes from now on.
void DrawTakeOverDefaults(const ActionContext& context);

}  // namespace lookout::ui
