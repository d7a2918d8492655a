// How honest probabilities are: predicted against observed, with the number of steps behind each
// point. Window thread only.
#pragma once

#include <span>
#include <string_view>

#include "agents/feedback/models/cost_model.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

struct ReliabilityCurve {
  std::string_view name;  // empty: there is only this one
  std::span<const agents::ReliabilityBin> bins;
  ImU32 colour = 0;  // 0: that of the predicted cost
};

// As wide as the region. Points on the diagonal are perfectly calibrated (Niculescu-Mizil and
// Caruana 2005); the bars below show how many held-out steps fell into each bin.
void ReliabilityDiagram(const char* id, std::span<const ReliabilityCurve> curves, float height_px);

}  // namespace lookout::ui
