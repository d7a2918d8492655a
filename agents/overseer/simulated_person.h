// A person at the stop button, as far as a script can be one: sees danger coming by where things
// are and how the robot moves, is late by a reaction lag and misses some dangers altogether. One
// belongs to one environment and its thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "agents/rollout/action_filter.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::agents {

// What the person does about a danger.
enum class PersonDoes : std::uint8_t {
  kBlock,  // lets nothing be done but braking, until it is over
  kDrive,  // takes the wheel, as the careful script, and gives it back
};
std::span<const Choice<PersonDoes>> Choices(PersonDoes kind);  // "block", "drive"

struct SimulatedPersonSettings {
  PersonDoes does = PersonDoes::kBlock;
  double lag_s = 0.3;        // from when a danger could be seen to the person's hand
  double misses = 0.05;      // share of the dangers that are not seen at all
  double foresight_s = 1.0;  // for which the person sees the robot's motion go on
  double margin_m = 0.05;    // round what costs, within which it still counts as hit
  double clear_s = 0.3;      // without danger, after which the person lets go
  std::uint32_t seed = 0;    // of the misses, with the episode's
};

// See sim/base/fields.h.
template <FieldsOf<SimulatedPersonSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<SimulatedPersonSettings>;
  visit(F("does", "about a danger: block or drive"), s.does);
  visit(F("lag", "from when a danger could be seen to the hand").In("s").Within(0, 10), s.lag_s);
  visit(F("misses", "share of the dangers that are not seen").Within(0, 1), s.misses);
  visit(F("foresight", "for which the robot's motion is seen to go on").In("s").Within(0.02, 10),
        s.foresight_s);
  visit(F("margin", "round what costs that still counts as hit").In("m").Within(0, 2), s.margin_m);
  visit(F("clear", "without danger, before the person lets go").In("s").Within(0, 10), s.clear_s);
  visit(F("seed", "of the misses").Within(0, 4294967295.0), s.seed);
}

// In environments of that configuration. A danger is one object that costs and that the robot,
// going on as it goes, would come into within the foresight, or is in and moves further into; it
// lasts until that is no longer so for `clear`. Whether it is missed is drawn once for each, from
// the seed, the episode's and the object: the same episode has the same person. Rejects (kBadInput)
// a robot that nobody knows how to steer and, who drives, a task that the script does not know.
Result<std::unique_ptr<ActionFilter>> MakeSimulatedPerson(const sim::EnvironmentConfig& config,
                                                          const sim::EnvironmentSpec& spec,
                                                          const SimulatedPersonSettings& settings);

}  // namespace lookout::agents
