// Costs and danger classes by the words that a person has for them: names in files, names that the
// window shows, numbers. Pure functions; any thread.
#pragma once

#include <string_view>

#include "agents/feedback/kinds/danger_classes.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// "vases_contact" as in files, "Vase contact" as the window shows it, and "hazard" or "hazards" of
// what charges by one kind of cost alone; capitals do not matter. Rejects (kBadInput) other words,
// with the names that are nearest, and "vase", which charges by several.
Result<sim::CostKind> CostKindByWords(std::string_view words);

// "2", or what the class is called: by the names of the project's own or by its usual one, "vase".
// Capitals do not matter. Rejects (kBadInput) other words, with the names that are nearest.
Result<DangerClass> DangerClassByWords(std::string_view words, const DangerClasses& classes);

}  // namespace lookout::agents
