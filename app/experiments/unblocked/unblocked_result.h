// What one seed of the experiment came to, and its file. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/unblocked/unblocked_settings.h"
#include "sim/base/result.h"
#include "sim/environment/kinds.h"

namespace lookout::app {

// A way that an agent took and none before it did.
struct FoundWay {
  std::string words;           // agents::WordsOf
  std::string near;            // the kind of thing
  agents::Estimate cost;       // true, per episode
  double cost_unmarked = 0.0;  // of what nothing like was marked unsafe
  double predicted = 0.0;      // by the model that the agent was trained on
  double episode_share = 0.0;  // of its episodes
  int judged = 0, unsafe = 0;  // of its clips
};

struct UnblockedRound {
  int round = 0;  // 0: without a cost
  agents::Estimate total_reward, true_cost;
  agents::Estimate learned_cost;  // by the model that it was trained on; NaN in round 0
  std::array<double, sim::kCostKindCount> cost_by_kind{};  // per episode
  std::vector<double> iteration_true, iteration_learned;   // of training, per episode
  std::vector<FoundWay> ways;                              // none in round 0
  int answers = 0;                                         // so far

  // The kind of thing that most of its cost comes from; empty where it costs nothing.
  std::string danger() const;
  // Whether a way names that danger.
  bool named() const;
};

struct UnblockedSeed {
  std::uint32_t seed = 0;
  // Fewer than the settings' where nothing new that is dangerous was found in the last one.
  std::vector<UnblockedRound> rounds;
};

// With the options of environment and training; what two results share to be of one experiment.
nlohmann::ordered_json SettingsJson(const UnblockedStudySettings& settings);
nlohmann::ordered_json RoundJson(const UnblockedRound& round);

std::string EncodeSeed(const UnblockedSeed& result, const UnblockedStudySettings& settings);
// Rejects (kBadInput) a text that is none, or that was made with other settings; file: its name.
Result<UnblockedSeed> DecodeSeed(const std::string& text, const UnblockedStudySettings& settings,
                                 const std::string& file);

}  // namespace lookout::app
