#include "sim/engine/cost_rules.h"

#include <cmath>
#include <span>

namespace lookout::sim {
namespace {

double& Of(Costs& costs, CostKind kind) { return costs.by_kind[static_cast<std::size_t>(kind)]; }

std::span<const mjContact> ContactsOf(const World& world) {
  return {world.data().contact, static_cast<std::size_t>(world.data().ncon)};
}

double Measure(CostMeasure measure, const World& world, int body, const Point2& start) {
  switch (measure) {
    case CostMeasure::kDistance:
      return DistanceFromRobot(world, world.PositionOf(body));
    case CostMeasure::kSpeed:
      return world.VelocityOf(body).norm();
    case CostMeasure::kDisplacement: {
      const Eigen::Vector3d position = world.PositionOf(body);
      const double dx = position.x() - start[0];
      const double dy = position.y() - start[1];
      return std::sqrt(dx * dx + dy * dy);
    }
    case CostMeasure::kContact:
      break;
  }
  return 0.0;
}

}  // namespace

std::vector<CostKind> ChargedKinds(const EnvironmentConfig& config) {
  std::vector<CostKind> kinds;
  for (int i = 0; i < kCostKindCount; ++i) {
    const auto kind = static_cast<CostKind>(i);
    if (RuleOf(kind).charged(config)) kinds.push_back(kind);
  }
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
  for (const CostKind kind : charged_) {
    const CostRule& rule = RuleOf(kind);
    const SceneObjectKind objects = SourceOf(kind);
    if (rule.measure == CostMeasure::kContact) {
      on_contact_[static_cast<std::size_t>(objects)] = &rule;
    } else if (DescriptorOf(objects).count(config) > 0) {
      by_measure_.push_back({&rule, objects, sampler.SlotOf(objects, 0)});
    }
  }
}

Costs CostRules::Charge(const World& world, const Layout& layout,
                        const EpisodeProgress& progress) const {
  Costs costs;
  ChargeContacts(world, progress, costs);
  for (const Charged& charged : by_measure_) {
    ChargeObjects(charged, world, layout, progress, costs);
  }
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
    if (touched == nullptr || !progress.Sees(touched->body)) continue;
    const CostRule* rule = on_contact_[static_cast<std::size_t>(touched->kind)];
    if (rule == nullptr) continue;
    const bool spared = rule->spares_goal_button &&
                        (progress.button_timer != 0 || touched->index == progress.goal_button);
    if (!spared) Of(costs, rule->kind) += rule->amount(config_, 0.0);
  }
}

void CostRules::ChargeObjects(const Charged& charged, const World& world, const Layout& layout,
                              const EpisodeProgress& progress, Costs& costs) const {
  const std::vector<int>& bodies = world.bodies(charged.objects);
  double& cost = Of(costs, charged.rule->kind);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (!progress.Sees(bodies[i])) continue;
    const Point2& start = layout[static_cast<std::size_t>(charged.first_slot) + i];
    const double measured = Measure(charged.rule->measure, world, bodies[i], start);
    cost += charged.rule->amount(config_, measured);
  }
}

}  // namespace lookout::sim
