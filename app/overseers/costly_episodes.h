// The episodes under overseers in which something was charged, so that each can be looked at. Any
// thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

namespace lookout::app {

struct CostlyEpisode {
  std::uint32_t seed = 0;            // with which it is played again
  std::int64_t first_step = 0;       // with a violation, from 1; 0: there is none
  std::int64_t violation_steps = 0;  // steps that cost something
  std::int64_t start_steps = 0;      // before those: steps in the cost that it began in
};

// A line for each, of many the first few, under the heading that the account's lines have; empty
// if there are none.
std::string CostlyEpisodesText(std::span<const CostlyEpisode> episodes);

// [{"seed": ..., "first_step": ..., "violation_steps": ..., "start_steps": ...}, ...] of all;
// first_step is null where there is no violation.
nlohmann::ordered_json CostlyEpisodesToJson(std::span<const CostlyEpisode> episodes);

}  // namespace lookout::app
