// What the window shows of a search for worlds in which an agent comes to harm. Values; written by
// the workspace, read by panels.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/ids.h"

namespace lookout::ui {

// The worst that was found around one layout.
struct HardWorldRow {
  std::uint32_t seed = 0;  // with which its episode begins
  double cost = 0.0;       // of that episode
  double episode_return = 0.0;
  double clearance_m = 0.0;  // the least in it to what costs; negative inside
};

struct HardWorldsFound {
  std::string environment;  // in which it was searched
  std::string agent;        // that was attacked, by name
  std::string overseer;     // who watched it, by name; empty: nobody
  // Episodes in layouts as they are drawn, for comparison.
  int ordinary = 0;
  int ordinary_with_cost = 0;
  double ordinary_mean_cost = 0.0, ordinary_most_cost = 0.0;
  int candidates = 0;                // episodes that each search played
  std::vector<HardWorldRow> worlds;  // one for each layout around which any could be played

  std::size_t with_cost() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(worlds, [](const HardWorldRow& world) { return world.cost > 0.0; }));
  }
};

// What is another one now than when the worlds were searched.
struct HardWorldsChange {
  bool agent = false;
  bool policy = false;  // of the same agent: it has learned since, or is an earlier one
  bool overseers = false;
  bool environment = false;
  bool any() const { return agent || policy || overseers || environment; }
};

struct HardWorldsOnScreen {
  int layouts = 0;
  bool searching = false;
  double fraction = 0.0;
  double seconds_left = 0.0;         // of the search, as fast as so far; 0: not known yet
  double seconds_per_episode = 0.0;  // of the search that found the result
  HardWorldsChange since;            // the search that found the result
  std::shared_ptr<const HardWorldsFound> result;  // null: none yet
  std::string problem;                            // why there is none; empty if there may be one
  std::optional<std::size_t> shown;               // the one that was gone to last
  bool kept = false;                // whether its episodes were asked to be kept in the project
  bool saved = false;               // and its worlds to be written as environments
  std::vector<EpisodeId> episodes;  // of finds, of earlier results too, that were looked at
};

}  // namespace lookout::ui
