// What one seed of an experiment on attacks came to, and its file. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/experiments/attacks/attacks_settings.h"
#include "sim/base/result.h"

namespace lookout::app {

// What is labelled between two rounds: what the searches found, or as many moments drawn evenly.
enum class AttacksArm : std::uint8_t { kFound, kEven };
inline constexpr std::array kAttacksArms{AttacksArm::kFound, AttacksArm::kEven};
const char* ArmName(AttacksArm arm);

// Of one model. Misses: dangers at least as deep as the settings say that it calls safe.
struct AttacksFigures {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  AttacksArm arm = AttacksArm::kFound;
  int round = 0;                  // 0: before anything that an attack found was labelled
  double fooled = kUnknown;       // share of the searches that find a miss
  double lowest = kUnknown;       // probability of the worst danger found, the mean over searches
  double even_misses = kUnknown;  // share of the dangers drawn evenly that it misses
  double auc = kUnknown;          // on ordinary play
  double cost_ratio = kUnknown;   // predicted over true cost, likewise
};

struct AttacksSeed {
  std::uint32_t seed = 0;
  std::vector<AttacksFigures> figures;  // by arm, then by round

  // Null if it was not measured.
  const AttacksFigures* Find(AttacksArm arm, int round) const;
};

// With the options of the environment; what two results have to share to be of one experiment.
nlohmann::ordered_json SettingsJson(const AttacksSettings& settings);

std::string EncodeSeed(const AttacksSeed& result, const AttacksSettings& settings);
// Rejects (kBadInput) a text that is none, or that was made with other settings; file: its name.
Result<AttacksSeed> DecodeSeed(const std::string& text, const AttacksSettings& settings,
                               const std::string& file);

}  // namespace lookout::app
