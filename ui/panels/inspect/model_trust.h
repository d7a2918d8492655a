// How far a cost model can be trusted, in words, from how it did on what was held out. Any thread.
#pragma once

#include <string>

#include "agents/feedback/models/cost_model.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Below that held-out AUC a model tells unsafe from safe hardly better than a coin.
inline constexpr double kChanceAuc = 0.6;

enum class ModelTrust : std::uint8_t {
  kUntested,  // nothing was held out, or only one class of it
  kChance,    // AUC below kChanceAuc
  kSome,
};
ModelTrust TrustOf(const agents::CostModelReport& report);

// The one word for it everywhere: "excellent", "good", "fair", "little better than chance", "no
// better than chance", "worse than chance", "not tested".
const char* QualityOf(const agents::CostModelReport& report);

// A sentence or two: "No better than chance on 812 steps of episodes that were held out: ...".
std::string TrustInWords(const agents::CostModelReport& report);

// What follows from a learned cost that is at least twice the rule's per episode, or at most half
// of it, or anything where that charges nothing: in a sentence or two; empty if it is neither, or
// not known.
std::string ChargeInWords(const agents::CostModelReport& report);

// Of the model with that id, if the fitter still knows it; else nullptr.
const agents::CostModelReport* ReportOf(const FitSnapshot& fit, CostModelId model);

}  // namespace lookout::ui
