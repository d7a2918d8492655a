// The price of cost in a Lagrangian agent's objective, of the kind that the settings name. A value;
// one owner, one thread.
#pragma once

#include <variant>

#include "agents/rl/multipliers/lagrange_multiplier.h"
#include "agents/rl/multipliers/pid_multiplier.h"
#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

// A penalty coefficient: it is what it is.
struct FixedMultiplier {
  double coefficient;
  double value() const { return coefficient; }
  void Update(double /*episode_cost*/, double /*limit*/) {}
  void Encode(ArchiveWriter& /*writer*/) const {}
  void Decode(ArchiveReader& /*reader*/) {}
};

class Multiplier {
 public:
  Multiplier() = default;
  explicit Multiplier(const TrainingSettings& settings);

  // lambda >= 0.
  double value() const;

  // Takes in the mean cost per episode of one collection; NaN, when no episode ended in it, changes
  // nothing.
  void Update(double episode_cost, double limit);

  // Fields "multiplier.*" of its kind, which the reader's side has to share.
  void Encode(ArchiveWriter& writer) const;
  void Decode(ArchiveReader& reader);

 private:
  std::variant<FixedMultiplier, LagrangeMultiplier, PidMultiplier> kind_;
};

}  // namespace lookout::agents
