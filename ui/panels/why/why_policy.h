// What the Why tab asks the policy that plays: what it does and what it expects, number by number.
// Window thread only.
#pragma once

#include <string_view>

#include "ui/panels/state/panel.h"

namespace lookout::ui {

// The choice of what is asked.
void DrawSubjects(WhyState& state);
// Why nobody can be asked what they do or expect; empty: a trained policy plays.
std::string_view WhyNoPolicy(const Snapshots& snapshots);
// The choice of one of the numbers, and that number.
void DrawNumber(const MomentExplained& moment, WhyState& state);

}  // namespace lookout::ui
