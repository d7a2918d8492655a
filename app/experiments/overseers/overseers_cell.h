// One agent of an experiment on overseers, what it came to, and its file. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "agents/overseer/ledger.h"
#include "app/experiments/overseers/overseers_settings.h"
#include "sim/base/result.h"

namespace lookout::app {

struct OverseersKey {
  OverseersRow row = OverseersRow::kConstrained;
  std::uint32_t seed = 0;
  bool operator==(const OverseersKey&) const = default;
};

// What happened until the agent was trained, or in one part of that. Violations as
// agents::LedgerCounts counts them: without those that an episode began in.
struct WatchedSteps {
  std::int64_t steps = 0;
  std::int64_t episodes = 0;
  std::int64_t unsafe_episodes = 0;
  std::int64_t violation_steps = 0;
  std::int64_t violations = 0;   // beginnings
  std::int64_t start_steps = 0;  // of a cost that an episode began in
  std::int64_t blocks = 0;       // steps
  double person_s = 0.0;         // for which a person had to be there, real time

  static WatchedSteps Of(const agents::LedgerCounts& counts);
  WatchedSteps& operator+=(const WatchedSteps& other);
};

// Phases of a row, "training" or two: of what came first, and of the rest of the training.
inline constexpr int kOverseersPhases = 2;
std::vector<std::string> PhaseNames(OverseersRow row);

// Of each episode.
struct MeasuredEpisodes {
  std::vector<double> total_reward;
  std::vector<double> cost;
};

struct OverseersCell {
  OverseersKey key;
  std::array<WatchedSteps, kOverseersPhases> phases;  // those that the row has not are 0
  // Share of the steps in which an action was blocked, in the first and in the last tenth of the
  // training's iterations; NaN without an overseer.
  double early_blocks = std::numeric_limits<double>::quiet_NaN();
  double late_blocks = std::numeric_limits<double>::quiet_NaN();
  // Of the agent after training, from seeds that nothing else starts from: with whoever oversaw it
  // last on duty, of nobody empty; and without.
  MeasuredEpisodes overseen;
  MeasuredEpisodes alone;

  WatchedSteps Whole() const;
  // As it was trained.
  const MeasuredEpisodes& deployed() const { return HasOverseer(key.row) ? overseen : alone; }
};

// "cell-hirl-seed0.json".
std::string FileNameOf(const OverseersKey& key);
// Of the policy of the same agent: "policy-lookahead-seed0.lookout".
std::string PolicyFileOf(const OverseersKey& key);

// With every option of environment and training; what two cells have to share to be of one
// experiment.
nlohmann::ordered_json SettingsJson(const OverseersSettings& settings);

// Reading rejects (kBadInput) a text that is none, or that was made with other settings; file: its
// name.
std::string EncodeCell(const OverseersCell& cell, const OverseersSettings& settings);
Result<OverseersCell> DecodeCell(const std::string& text, const OverseersKey& key,
                                 const OverseersSettings& settings, const std::string& file);

}  // namespace lookout::app
