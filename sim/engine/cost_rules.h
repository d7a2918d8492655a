// What the environment's rule charges for the present state, by kind. One thread; no allocation.
#pragma once

#include <array>
#include <vector>

#include "sim/config/config.h"
#include "sim/engine/observer.h"
#include "sim/engine/world.h"
#include "sim/environment/environment.h"
#include "sim/objects/layout_sampler.h"
#include "sim/objects/object_kinds.h"

namespace lookout::sim {

// The kinds that a configuration charges, in Safety Gym's order.
std::vector<CostKind> ChargedKinds(const EnvironmentConfig& config);

class CostRules {
 public:
  CostRules(const EnvironmentConfig& config, const LayoutSampler& sampler);

  // layout: the places of the episode's start, from which displacement counts. The world's
  // forward pass must be current.
  Costs Charge(const World& world, const Layout& layout, const EpisodeProgress& progress) const;

 private:
  // A rule that is charged, and the objects that it charges for.
  struct Charged {
    const CostRule* rule = nullptr;
    SceneObjectKind objects = SceneObjectKind::kHazard;
    int first_slot = 0;  // of their places
  };

  void ChargeContacts(const World& world, const EpisodeProgress& progress, Costs& costs) const;
  void ChargeObjects(const Charged& charged, const World& world, const Layout& layout,
                     const EpisodeProgress& progress, Costs& costs) const;

  EnvironmentConfig config_;
  std::vector<CostKind> charged_;
  std::array<const CostRule*, kSceneObjectKindCount>
      on_contact_{};                 // by kind; none: touching is free
  std::vector<Charged> by_measure_;  // all others
};

// The object that the robot touches in a contact, or nullptr.
const SceneObject* TouchedByRobot(const World& world, const mjContact& contact);

}  // namespace lookout::sim
