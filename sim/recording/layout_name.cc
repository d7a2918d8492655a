#include "sim/recording/layout_name.h"

#include <fmt/format.h>

#include "sim/base/fingerprint.h"

namespace lookout::sim {

std::string LayoutOf(const EpisodeHeader& header) {
  if (header.imported) return {};
  std::string text = header.config.id;
  for (const Placement& placement : header.setup.layout) {
    text += fmt::format("|{} {:.17g} {:.17g}", placement.name, placement.x_m, placement.y_m);
  }
  return Fingerprint(text);
}

}  // namespace lookout::sim
