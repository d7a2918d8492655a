// How honest probabilities are: predicted against observed, with the number of steps behind each
// point. Window thread only.
#pragma once

#include <span>

#include "agents/feedback/models/cost_model.h"

namespace lookout::ui {

// As wide as the region. Points on the diagonal are perfectly calibrated (Niculescu-Mizil and
// Caruana 2005); the bars below show how many held-out steps fell into each bin.
void ReliabilityDiagram(const char* id, std::span<const agents::ReliabilityBin> bins,
                        float height_px);

}  // namespace lookout::ui
