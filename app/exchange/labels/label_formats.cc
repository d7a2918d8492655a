#include <array>
#include <string>
#include <vector>

#include "app/exchange/labels/label_format.h"

namespace lookout::app {
namespace {

constexpr std::array kFormats{&kJsonlLabels, &kCsvLabels};

}  // namespace

std::span<const LabelFormat* const> LabelFormats() { return kFormats; }

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
