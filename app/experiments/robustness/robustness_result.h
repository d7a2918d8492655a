// What one seed of an experiment on robustness came to, and its file. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/robustness/corruption_error.h"
#include "app/experiments/robustness/disturbances.h"
#include "app/experiments/robustness/robustness_arms.h"
#include "app/experiments/robustness/robustness_settings.h"
#include "sim/base/result.h"

namespace lookout::app {

inline constexpr std::size_t kDrifts = 2;  // of agents::Drift

// Of one model, on the evaluation episodes. Errors are 1 - balanced accuracy at the threshold that
// is best on the selection episodes, as they are; NaN: cannot be told.
struct RobustnessFigures {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  RobustnessArm arm = RobustnessArm::kPlain;
  int answers = 0;
  double clean = kUnknown;
  double misses = kUnknown;            // at 5 % false alarms
  double corrupted_misses = kUnknown;  // the same in the mean over what counts, see corrupted()
  std::array<agents::SeverityErrors, kDisturbances> errors{};
  std::array<double, kDrifts> flips{kUnknown, kUnknown};
  double hard_error = kUnknown;  // share of the hard states that it calls wrongly
  double cost_ratio = kUnknown;  // predicted cost over the true one, as observed

  // The mean error over the disturbances that count, at all severities; of those that are known.
  double corrupted() const;
};

// What the policy itself comes to in the evaluation episodes, in the mean.
struct PlayFigures {
  double total_reward = 0.0;
  double true_cost = 0.0;
};
// As it is, then under every shift of the world at every severity.
inline constexpr std::size_t kPlays = 1 + kWorldShifts * agents::kSeverities;
inline std::size_t PlayIndex(std::size_t shift, std::size_t severity) {
  return 1 + shift * agents::kSeverities + severity;
}

// NaN if none is known.
double MeanOfKnown(std::span<const double> values);

struct RobustnessSeed {
  std::uint32_t seed = 0;
  int hard_states = 0;
  std::string hard_hash;  // of the states, so that it can be seen that they stay
  std::vector<RobustnessFigures> figures;
  std::vector<PlayFigures> play;  // [kPlays]

  // Null if it was not measured.
  const RobustnessFigures* Find(RobustnessArm arm, int answers) const;
};

// With the options of the environment; what two results have to share to be of one experiment.
nlohmann::ordered_json SettingsJson(const RobustnessSettings& settings);

std::string EncodeSeed(const RobustnessSeed& result, const RobustnessSettings& settings);
// Rejects (kBadInput) a text that is none, or that was made with other settings; file: its name.
Result<RobustnessSeed> DecodeSeed(const std::string& text, const RobustnessSettings& settings,
                                  const std::string& file);

}  // namespace lookout::app
