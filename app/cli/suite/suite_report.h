// The benchmark's table of a suite's runs, as text and as JSON. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/rl/runs/seed_interval.h"
#include "app/cli/suite/suite_run.h"

namespace lookout::app {

// J, M and rho of an agent, with their 68 % intervals over seeds. The means are of the seeds' mean
// scores, normalised (Ray, Achiam and Amodei 2019, section 5).
struct SuiteCell {
  std::string environment;  // or the suite: "SG6"
  std::string agent;        // "PPO-Lagrangian"
  int seeds = 0;
  agents::SeedInterval total_reward;  // not normalised; NaN for a suite
  agents::SeedInterval cost;
  agents::SeedInterval j;
  agents::SeedInterval m;
  agents::SeedInterval rho;
};

// A cell for each environment and agent, in the order of the runs, then the suites'. An agent's
// suite mean is CompleteSuites'; its interval is over the suite means of each seed by itself.
std::vector<SuiteCell> SuiteCellsOf(std::span<const SuiteRun> runs);

// The table with a footnote that says what it is of.
std::string SuiteText(const SuiteOptions& options, std::span<const SuiteCell> cells);

// command: what makes the same table again.
nlohmann::ordered_json SuiteToJson(const SuiteOptions& options, std::span<const SuiteRun> runs,
                                   std::span<const SuiteCell> cells, std::string_view command);

}  // namespace lookout::app
