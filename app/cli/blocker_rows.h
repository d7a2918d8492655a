// The steps that `lookout blocker` learns from or measures on: played while an overseer watches, or
// recorded in a project. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "agents/overseer/blocker/blocker_model.h"
#include "app/blockers/watched_play.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/stop_signal.h"

namespace lookout::app {

struct WatchedRowsOptions {
  std::string project;  // empty: episodes are played
  PolicyChoice choice{.policy = "goto"};
  std::string teacher = "lookahead";  // of a project: whose blocks count; empty: anybody's
  std::string in_charge = "teacher";
  std::int64_t steps = 60'000;  // at least; whole episodes are played
  std::uint32_t seed = 0;
  int workers = 1;
  double lag_s = -1.0;  // negative: .3 s of a person, 0 of any other
};

void AddWatchedRowsOptions(CLI::App& command, WatchedRowsOptions& options, bool with_project);

struct WatchedRows {
  agents::BlockerData data;
  agents::RiskData transitions;
  std::string teacher;
  std::string environment;
  std::string policy;
  InCharge in_charge = InCharge::kTeacher;
  std::int64_t uncertain = 0;
  std::int64_t steps = 0;
  std::int64_t violations = 0;
};

// blocker: that may be in charge; null: none. Rejects (kBadInput) what cannot be played or read,
// and rows of nothing.
Result<WatchedRows> ReadWatchedRows(const WatchedRowsOptions& options,
                                    const agents::BlockerModelPtr& blocker, const StopSignal& stop);

}  // namespace lookout::app
