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
// The same of what is compared: of a model from a file the file's name.
std::string VersionName(const FitSnapshot& fit, const VersionComparison& comparison,
                        std::size_t which);
// "A" and "B", which stand for the first and the second everywhere.
const char* VersionLetter(std::size_t which);
ImU32 VersionColour(std::size_t which);

}  // namespace lookout::ui
