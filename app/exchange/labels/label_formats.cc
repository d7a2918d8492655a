#include <array>
#include <string>
#include <vector>

#include "app/exchange/labels/rows/label_format.h"
#include "sim/environment/environment.h"

namespace lookout::app {
namespace {

constexpr std::array kFormats{&kJsonlLabels, &kCsvLabels,    &kLabelStudioLabels, &kBorisLabels,
                              &kElanLabels,  &kMinariLabels, &kDsrlLabels};

}  // namespace

std::span<const LabelFormat* const> LabelFormats() { return kFormats; }

bool LabelExport::Wants(const StoredEpisode& episode) const {
  const std::string& id = episode.header.config.id;
  return environment.empty() || id == environment || sim::ShortEnvironmentName(id) == environment;
}

Result<const LabelFormat*> FindLabelFormat(std::string_view name, bool to_read) {
  std::string known;
  for (const LabelFormat* format : kFormats) {
    if (to_read && format->read == nullptr) continue;
    if (format->name == name) return format;
    known += (known.empty() ? "" : ", ") + std::string(format->name);
  }
  return Error{"--format: labels are " + std::string(to_read ? "not read" : "not written") +
                   " as " + Quoted(name) + "; choose one of " + known + ".",
               ErrorCode::kUsage};
}

}  // namespace lookout::app
