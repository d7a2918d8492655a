// What the two versions that are compared are called, and in which colours they are drawn. Window
// thread only.
#pragma once

#include <cstddef>
#include <string>

#include "ui/snapshots.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// "v3 cautious"; "v3" of one that is not there any more.
std::string VersionName(const FitSnapshot& fit, CostModelId id);
// "A" and "B", which stand for the first and the second everywhere.
const char* VersionLetter(std::size_t which);
ImU32 VersionColour(std::size_t which);

}  // namespace lookout::ui
