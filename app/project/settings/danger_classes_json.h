// The names of a project's danger classes, as the text of one of its settings. Any thread (values
// only).
#pragma once

#include <string>
#include <string_view>

#include "agents/feedback/kinds/danger_classes.h"

namespace lookout::app {

// The setting's name.
inline constexpr char kDangerClassesSetting[] = "danger_classes";

// Only names of the project's own: {"6": "Too close to a wall"}.
std::string DangerClassesText(const agents::DangerClasses& classes);

// The usual names where the text says nothing, or nothing that makes sense.
agents::DangerClasses DangerClassesFromText(std::string_view text);

}  // namespace lookout::app
