// What the seeds of an experiment on attacks say together, and what it leaves behind. Pure
// functions; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/attacks/attacks_result.h"

namespace lookout::app {

// Of one arm after one round. Intervals are of 95 %, by drawing seeds again.
struct RoundSummary {
  AttacksArm arm = AttacksArm::kFound;
  int round = 0;
  agents::Estimate fooled;
  agents::Estimate lowest;
  agents::Estimate even_misses;
  agents::Estimate auc;
  agents::Estimate cost_ratio;
};

// By arm, then by round. results: one for each seed, at least one, all of these settings.
std::vector<RoundSummary> Summarise(const AttacksSettings& settings,
                                    std::span<const AttacksSeed> results);

// A table for people.
std::string AttacksText(std::span<const RoundSummary> rounds);
// A row for each seed, arm and round; empty where a number is not known.
std::string AttacksCsv(std::span<const AttacksSeed> results);
// How often and how far each arm's model is fooled, round by round, with 95 % bands.
std::string AttacksSvg(const AttacksSettings& settings, std::span<const RoundSummary> rounds);
// command: that does it all again.
std::string AttacksJson(const AttacksSettings& settings, std::span<const AttacksSeed> results,
                        std::span<const RoundSummary> rounds, const std::string& command);

}  // namespace lookout::app
