#include "ui/panels/inspect/version_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace lookout::ui {

std::string VersionName(const FitSnapshot& fit, CostModelId id) {
  const auto found = std::ranges::find(fit.versions, id, &CostModelVersion::id);
  std::string name = fmt::format("v{}", id.value);
  if (found != fit.versions.end() && !found->name.empty()) name += " " + found->name;
  return name;
}

std::string VersionName(const FitSnapshot& fit, const VersionComparison& comparison,
                        std::size_t which) {
  if (which == 0 || comparison.file.empty()) return VersionName(fit, comparison.models[which]);
  return std::filesystem::path(comparison.file).filename().string();
}

const char* VersionLetter(std::size_t which) { return which == 0 ? "A" : "B"; }

ImU32 VersionColour(std::size_t which) {
  const Theme& theme = CurrentTheme();
  return which == 0 ? theme.accent : theme.series[0];
}

}  // namespace lookout::ui
