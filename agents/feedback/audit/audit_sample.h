// Which clips of an agent's own episodes are put before a person to find out what an episode costs:
// drawn by chance, each with a known chance. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lookout::agents {

struct AuditSettings {
  int clips = 100;  // that are drawn, at most; > 0
  // The part of the draws that goes by nothing but chance, in (0, 1]; the rest goes by the
  // predicted cost. So a clip that the model holds for safe is still drawn with this part of the
  // chance that it had without a model, and no answer weighs more than 1 / uniform times that.
  double uniform = 0.5;
  std::uint32_t seed = 1;
};

struct AuditDraw {
  std::size_t clip = 0;  // by its place among those that could be drawn
  double chance = 1.0;   // with which it was, in (0, 1]
  bool operator==(const AuditDraw&) const = default;
};

// The chance of each clip, pi = n (u / N + (1 - u) m / sum m) of n clips out of N with predicted
// costs m, where that is no more than 1; clips beyond that are drawn for certain and the others
// share what is left. They sum up to the clips that are drawn. predicted: >= 0; all 0 is no model
// at all, and every clip has the same chance.
std::vector<double> AuditChances(std::span<const double> predicted, const AuditSettings& settings);

// Systematic sampling with these chances (Madow 1949) along the clips in the order of what is
// predicted for them, those alike in random order: no clip twice, and from every level of predicted
// cost about as many as are to be expected. In the order of what is predicted. No clips: no draws.
std::vector<AuditDraw> DrawAudit(std::span<const double> predicted, const AuditSettings& settings);

}  // namespace lookout::agents
