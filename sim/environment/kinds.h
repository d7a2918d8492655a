// Which kinds of objects stand in worlds and which kinds of cost there are, one line each. Enums,
// names and tables are all made from these two lists; everything else that is known of a kind
// stands in its descriptor (sim/objects/object_kinds.h). Any thread.
#pragma once

#include <cstdint>
#include <string_view>

// X(enumerator without its k, name in files)
#define LOOKOUT_OBJECT_KINDS(X) \
  X(Robot, robot)               \
  X(Goal, goal)                 \
  X(Hazard, hazard)             \
  X(Vase, vase)                 \
  X(Pillar, pillar)             \
  X(Button, button)             \
  X(Gremlin, gremlin)           \
  X(Wall, wall)                 \
  X(Box, box)                   \
  X(Circle, circle)

// In the order in which Safety Gym fills its info dictionary; a name is the key there without its
// "cost_" prefix.
#define LOOKOUT_COST_KINDS(X)      \
  X(VasesContact, vases_contact)   \
  X(Pillars, pillars)              \
  X(Buttons, buttons)              \
  X(Gremlins, gremlins)            \
  X(VasesDisplace, vases_displace) \
  X(VasesVelocity, vases_velocity) \
  X(Hazards, hazards)

namespace lookout::sim {

#define LOOKOUT_ENUMERATOR(id, name) k##id,
#define LOOKOUT_COUNT_ONE(id, name) +1

enum class SceneObjectKind : std::uint8_t { LOOKOUT_OBJECT_KINDS(LOOKOUT_ENUMERATOR) };
inline constexpr int kSceneObjectKindCount = LOOKOUT_OBJECT_KINDS(LOOKOUT_COUNT_ONE);

enum class CostKind : std::uint8_t { LOOKOUT_COST_KINDS(LOOKOUT_ENUMERATOR) };
inline constexpr int kCostKindCount = LOOKOUT_COST_KINDS(LOOKOUT_COUNT_ONE);

#undef LOOKOUT_ENUMERATOR
#undef LOOKOUT_COUNT_ONE

// "hazard"
std::string_view SceneObjectKindName(SceneObjectKind kind);

// "hazards", "vases_contact", ...
std::string_view CostKindName(CostKind kind);

}  // namespace lookout::sim
