#include "app/cli/support/text/estimate_text.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace lookout::app {

std::string EstimateText(const agents::Estimate& estimate, int decimals) {
  if (std::isnan(estimate.value)) return "-";
  if (std::isnan(estimate.low)) return fmt::format("{:.{}f}", estimate.value, decimals);
  return fmt::format("{0:.{3}f} [{1:.{3}f}, {2:.{3}f}]", estimate.value, estimate.low,
                     estimate.high, decimals);
}

nlohmann::ordered_json EstimateToJson(const agents::Estimate& estimate) {
  return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

agents::Estimate InPercent(const agents::Estimate& share) {
  constexpr double kPercent = 100.0;
  return {kPercent * share.value, kPercent * share.low, kPercent * share.high};
}

}  // namespace lookout::app
