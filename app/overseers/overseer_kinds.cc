#include <array>

#include "agents/overseer/look_ahead.h"
#include "agents/overseer/simulated_person.h"
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

Result<FilterMaker> ReadLookAhead(std::string_view text, const OverseerWorld& world) {
  agents::LookAheadSettings settings;
  if (Status read = ReadOverseerSettings(text, settings); !read.ok()) return read.error();
  return FilterMaker(
      [config = world.config, settings] { return agents::MakeLookAhead(config, settings); });
}

constexpr OverseerKind kLookAheadKind{
    .name = "lookahead",
    .help = "lets pass what can be braked from without a cost",
    .read = ReadLookAhead,
    .settings_help = OverseerSettingsHelp<agents::LookAheadSettings>};

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
