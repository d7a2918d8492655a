// What the environment's rule charges for the present state, by kind. One thread; no allocation.
#pragma once

#include <vector>

#include "sim/config/config.h"
#include "sim/engine/observer.h"
#include "sim/engine/world.h"
#include "sim/environment/environment.h"
#include "sim/objects/layout_sampler.h"

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
  void ChargeContacts(const World& world, const EpisodeProgress& progress, Costs& costs) const;
  void ChargeVases(const World& world, const Layout& layout, Costs& costs) const;
  void ChargeHazards(const World& world, Costs& costs) const;

  EnvironmentConfig config_;
  std::vector<CostKind> charged_;
  int first_vase_slot_ = 0;
};

// The object that the robot touches in a contact, or nullptr.
const SceneObject* TouchedByRobot(const World& world, const mjContact& contact);

}  // namespace lookout::sim
