// The figures of an experiment in its tables: nothing where a number is not known. Pure functions;
// any thread.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "agents/feedback/agreement/episode_bootstrap.h"

namespace lookout::app {

// As in tables for programs.
inline std::string FigureText(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "";
}

// "14.2 [12.1, 15.9]", the interval only where there is one. unit: 100 of a share in percent.
inline std::string FigureText(const agents::Estimate& estimate, int decimals, double unit = 1.0) {
  if (std::isnan(estimate.value)) return "";
  std::string text = fmt::format("{:.{}f}", unit * estimate.value, decimals);
  if (std::isnan(estimate.low)) return text;
  return text + fmt::format(" [{0:.{2}f}, {1:.{2}f}]", unit * estimate.low, unit * estimate.high,
                            decimals);
}

}  // namespace lookout::app
