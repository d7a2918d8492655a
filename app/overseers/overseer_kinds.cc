#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "agents/overseer/look_ahead.h"
#include "agents/overseer/simulated_person.h"
#include "agents/overseer/stopping_reach.h"
#include "app/overseers/learned_kinds.h"
#include "app/overseers/overseer_kind.h"

namespace lookout::app {
namespace {

Result<FilterMaker> ReadPerson(std::string_view text, const OverseerWorld& world) {
  agents::SimulatedPersonSettings settings;
  if (Status read = ReadOverseerSettings(text, settings); !read.ok()) return read.error();
  return FilterMaker([config = world.config, spec = world.spec, settings] {
    return agents::MakeSimulatedPerson(config, spec, settings);
  });
}

struct LookAheadUse {
  agents::LookAheadSettings settings;
  std::string model;  // file of a cost model
};

template <FieldsOf<LookAheadUse> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  agents::VisitFields(self.settings, visit);
  visit(Field<LookAheadUse>("model", "file of a cost model, for cost=learned or both"), self.model);
}

Result<FilterMaker> ReadLookAhead(std::string_view text, const OverseerWorld& world) {
  LookAheadUse use;
  if (Status read = ReadOverseerSettings(text, use); !read.ok()) return read.error();
  const agents::LookAheadCost cost = use.settings.cost;
  agents::CostModelPtr learned;
  if (cost == agents::LookAheadCost::kRule) {
    if (!use.model.empty()) return BadInput("model= is for cost=learned or cost=both; add one.");
  } else if (use.model.empty()) {
    return BadInput(
        fmt::format("cost={} lacks model=FILE, the file of a cost model that `lookout fit` wrote.",
                    ChoiceName(cost)));
  } else {
    auto loaded = LoadCostFile(use.model);
    if (!loaded.ok()) return loaded.error();
    learned = std::move(*loaded);
  }
  return NamingFile(use.model, [config = world.config, settings = use.settings, learned] {
    return agents::MakeLookAhead(config, settings, learned);
  });
}

constexpr OverseerKind kLookAheadKind{.name = "lookahead",
                                      .help = "lets pass what can be braked from without a cost",
                                      .read = ReadLookAhead,
                                      .settings_help = OverseerSettingsHelp<LookAheadUse>,
                                      .slow_because = agents::StoppingReach::WhyItCannotTell};

constexpr OverseerKind kPersonKind{
    .name = "person",
    .help = "a simulated person, with a reaction lag and misses",
    .needs_person = true,
    .read = ReadPerson,
    .settings_help = OverseerSettingsHelp<agents::SimulatedPersonSettings>};

}  // namespace

std::span<const OverseerKind> OverseerKinds() {
  static const std::array kKinds{kLookAheadKind, kPersonKind, kBlockerKind, kRiskKind,
                                 kDelegateKind};
  return kKinds;
}

}  // namespace lookout::app
