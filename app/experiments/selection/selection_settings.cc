#include "app/experiments/selection/selection_settings.h"

#include <fmt/format.h>

namespace lookout::app {

std::span<const Choice<Instrument>> Choices(Instrument /*kind*/) {
  static constexpr std::array<Choice<Instrument>, kInstrumentCount> kChoices{
      {{Instrument::kNone, "none"},
       {Instrument::kTruth, "truth"},
       {Instrument::kModel, "model"},
       {Instrument::kVerdicts, "verdicts"},
       {Instrument::kExplanations, "explanations"},
       {Instrument::kAudit, "audit"}}};
  return kChoices;
}

const char* InstrumentName(Instrument instrument) { return ChoiceName(instrument).data(); }

Status CheckSettings(const SelectionSettings& settings) {
  const EvolutionSettings& evolution = settings.evolution;
  if (evolution.parents > evolution.population) {
    return BadInput(fmt::format("--parents is {}, more than the {} candidates of --population.",
                                evolution.parents, evolution.population));
  }
  if (settings.audit_looks % 2 == 0) {
    return BadInput(fmt::format("--audit-looks is {}; it has to be odd, for a majority.",
                                settings.audit_looks));
  }
  return {};
}

}  // namespace lookout::app
