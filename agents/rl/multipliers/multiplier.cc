#include "agents/rl/multipliers/multiplier.h"

#include <cmath>

namespace lookout::agents {
namespace {

MultiplierCap CapOf(const TrainingSettings& s) {
  if (!CapsMultiplier(s)) return {};
  return {.highest = s.multiplier_cap, .anti_windup = s.anti_windup};
}

}  // namespace

Multiplier::Multiplier(const TrainingSettings& s) {
  switch (s.multiplier_kind) {
    case MultiplierKind::kLagrange:
      kind_ = LagrangeMultiplier(s.initial_multiplier, s.multiplier_learning_rate, CapOf(s));
      break;
    case MultiplierKind::kPid:
      kind_ = PidMultiplier(s.initial_multiplier,
                            {.proportional = s.pid_proportional,
                             .integral = s.pid_integral,
                             .derivative = s.pid_derivative,
                             .smoothing = s.pid_smoothing,
                             .delay = s.pid_delay},
                            CapOf(s));
      break;
    case MultiplierKind::kFixed:
      kind_ = FixedMultiplier{s.initial_multiplier};
      break;
  }
}

double Multiplier::value() const {
  return std::visit([](const auto& kind) { return kind.value(); }, kind_);
}

void Multiplier::Update(double episode_cost, double limit) {
  if (!std::isfinite(episode_cost)) return;
  std::visit([&](auto& kind) { kind.Update(episode_cost, limit); }, kind_);
}

void Multiplier::Encode(ArchiveWriter& writer) const {
  std::visit([&](const auto& kind) { kind.Encode(writer); }, kind_);
}

void Multiplier::Decode(ArchiveReader& reader) {
  std::visit([&](auto& kind) { kind.Decode(reader); }, kind_);
}

}  // namespace lookout::agents
