// What one seed of an experiment on queries came to, and its file. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/experiments/queries/study_arm.h"
#include "app/experiments/queries/study_settings.h"
#include "sim/base/result.h"

namespace lookout::app {

inline constexpr std::array<Strategy, 2> kStrategies{Strategy::kQueue, Strategy::kRandom};

struct SeedResult {
  std::uint32_t seed = 0;
  std::array<std::vector<RoundFigures>, kStrategies.size()> rounds;  // of each strategy

  const std::vector<RoundFigures>& of(Strategy strategy) const {
    return rounds[static_cast<std::size_t>(strategy)];
  }
};

// With the options of the environment; what two results have to share to be of one experiment.
nlohmann::ordered_json SettingsJson(const StudySettings& settings);

std::string EncodeSeed(const SeedResult& result, const StudySettings& settings);
// Rejects (kBadInput) a text that is none, or that was made with other settings; file: its name.
Result<SeedResult> DecodeSeed(const std::string& text, const StudySettings& settings,
                              const std::string& file);

}  // namespace lookout::app
