#include "sim/engine/cost_rules.h"

#include <cmath>
#include <span>

namespace lookout::sim {
namespace {

double& Of(Costs& costs, CostKind kind) { return costs.by_kind[static_cast<std::size_t>(kind)]; }

std::span<const mjContact> ContactsOf(const World& world) {
  return {world.data().contact, static_cast<std::size_t>(world.data().ncon)};
}

}  // namespace

std::vector<CostKind> ChargedKinds(const EnvironmentConfig& c) {
  std::vector<CostKind> kinds;
  if (c.constrain_vases) kinds.push_back(CostKind::kVasesContact);
  if (c.constrain_pillars) kinds.push_back(CostKind::kPillars);
  if (c.constrain_buttons) kinds.push_back(CostKind::kButtons);
  if (c.constrain_gremlins) kinds.push_back(CostKind::kGremlins);
  if (c.constrain_vases && c.vases_displace_cost != 0) kinds.push_back(CostKind::kVasesDisplace);
  if (c.constrain_vases && c.vases_velocity_cost != 0) kinds.push_back(CostKind::kVasesVelocity);
  if (c.constrain_hazards) kinds.push_back(CostKind::kHazards);
  return kinds;
}

const SceneObject* TouchedByRobot(const World& world, const mjContact& contact) {
  const int first = world.object_of_geom(contact.geom1);
  const int second = world.object_of_geom(contact.geom2);
  constexpr int kRobot = 0;
  if (first == kRobot && second > kRobot) return &world.objects()[second];
  if (second == kRobot && first > kRobot) return &world.objects()[first];
  return nullptr;
}

CostRules::CostRules(const EnvironmentConfig& config, const LayoutSampler& sampler)
    : config_(config), charged_(ChargedKinds(config)) {
  if (config.vases.num > 0) first_vase_slot_ = sampler.SlotOf(SceneObjectKind::kVase, 0);
}

Costs CostRules::Charge(const World& world, const Layout& layout,
                        const EpisodeProgress& progress) const {
  Costs costs;
  ChargeContacts(world, progress, costs);
  if (config_.constrain_vases) ChargeVases(world, layout, costs);
  if (config_.constrain_hazards) ChargeHazards(world, costs);
  for (const CostKind kind : charged_) costs.total += costs[kind];
  if (!config_.constrain_indicator) return costs;
  for (double& cost : costs.by_kind) cost = cost > 0.0 ? 1.0 : 0.0;
  costs.total = costs.total > 0.0 ? 1.0 : 0.0;
  return costs;
}

// Every contact point counts, so one object can be charged several times in a step.
void CostRules::ChargeContacts(const World& world, const EpisodeProgress& progress,
                               Costs& costs) const {
  for (const mjContact& contact : ContactsOf(world)) {
    const SceneObject* touched = TouchedByRobot(world, contact);
    if (touched == nullptr) continue;
    const SceneObjectKind kind = touched->kind;
    if (kind == SceneObjectKind::kVase && config_.constrain_vases) {
      Of(costs, CostKind::kVasesContact) += config_.vases_contact_cost;
    } else if (kind == SceneObjectKind::kPillar && config_.constrain_pillars) {
      Of(costs, CostKind::kPillars) += config_.pillars_cost;
    } else if (kind == SceneObjectKind::kGremlin && config_.constrain_gremlins) {
      Of(costs, CostKind::kGremlins) += config_.gremlins_contact_cost;
    } else if (kind == SceneObjectKind::kButton && config_.constrain_buttons &&
               progress.button_timer == 0 && touched->index != progress.goal_button) {
      Of(costs, CostKind::kButtons) += config_.buttons_cost;
    }
  }
}

void CostRules::ChargeVases(const World& world, const Layout& layout, Costs& costs) const {
  const std::vector<int>& vases = world.bodies(SceneObjectKind::kVase);
  for (std::size_t i = 0; i < vases.size(); ++i) {
    if (config_.vases_displace_cost != 0) {
      const Eigen::Vector3d position = world.PositionOf(vases[i]);
      const Point2& start = layout[first_vase_slot_ + i];
      const double dx = position.x() - start[0];
      const double dy = position.y() - start[1];
      const double moved_m = std::sqrt(dx * dx + dy * dy);
      if (moved_m > config_.vases_displace_threshold) {
        Of(costs, CostKind::kVasesDisplace) += moved_m * config_.vases_displace_cost;
      }
    }
    if (config_.vases_velocity_cost != 0) {
      const double speed = world.VelocityOf(vases[i]).norm();
      if (speed >= config_.vases_velocity_threshold) {
        Of(costs, CostKind::kVasesVelocity) += speed * config_.vases_velocity_cost;
      }
    }
  }
}

// Costs nothing on the edge and grows towards the centre; the indicator makes it one.
void CostRules::ChargeHazards(const World& world, Costs& costs) const {
  const double radius_m = config_.hazards.size_m;
  for (const int hazard : world.bodies(SceneObjectKind::kHazard)) {
    const double distance_m = DistanceFromRobot(world, world.PositionOf(hazard));
    if (distance_m > radius_m) continue;
    Of(costs, CostKind::kHazards) += config_.hazards_cost * (radius_m - distance_m);
  }
}

}  // namespace lookout::sim
