// Environments that keep account of what happens in them while somebody else steps them, as
// training does, and filters that can change who oversees. One environment and its filter belong to
// one thread at a time.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/overseer/blocker/blocker_data.h"
#include "agents/overseer/ledger.h"
#include "agents/rollout/action_filter.h"
#include "agents/rollout/environment_maker.h"
#include "sim/environment/environment.h"
#include "sim/recording/recording.h"

namespace lookout::app {

// What is kept of one environment. Episodes count to the phase that they began in.
struct WatchedStage {
  std::vector<agents::OverseerLedger> phases;  // at least one
  int phase = 0;                               // of the present episode
  bool begins = false;                         // the next step is the first of an episode
  // Of the step to come: who stepped in, if anybody did.
  bool blocked = false;
  std::string overseer;
  sim::ActionSource source = sim::ActionSource::kAgent;
  agents::BlockVerdict verdict = agents::BlockVerdict::kNotSettled;
  // What the overseer said of every step of the first phase; only if it is asked for.
  agents::BlockerData verdicts;

  void NobodySteppedIn() {
    blocked = false;
    overseer.clear();
    source = sim::ActionSource::kAgent;
    verdict = agents::BlockVerdict::kNotSettled;
  }
};

// Who oversees in a phase. Empty: nobody.
struct WatchedPhase {
  agents::ActionFilterMaker make_filter;
  double person_s_per_step = 0.0;
};

// All environments of one run. It has to outlive them.
class WatchedWorld {
 public:
  // keep_verdicts: of the first phase.
  explicit WatchedWorld(agents::EnvironmentMaker make, bool keep_verdicts = false)
      : make_(std::move(make)), keep_verdicts_(keep_verdicts) {}

  // Adds a phase; the first one has to be there before anything is made. A further one begins in
  // each environment with its next episode. Between two iterations of a training alone: a filter
  // must not change where an iteration may be done again.
  void BeginPhase(WatchedPhase phase);

  // Not to be called side by side.
  agents::EnvironmentMaker Environments();
  // Each filter works in one of those environments alone.
  agents::ActionFilterMaker Filters();

  // What happened in a phase, over all environments in the order in which they were made.
  agents::LedgerCounts Counts(int phase) const;
  // What the first phase's overseers said, in that order, an episode after the other.
  agents::BlockerData Verdicts(const sim::EnvironmentSpec& spec) const;

 private:
  friend class WatchedEnvironment;
  friend class WatchedFilter;

  // Of an episode that has no step yet: the latest phase is its own. Samplers reset environments at
  // the end of an iteration already.
  void EnterPhase(WatchedStage& stage) const;

  agents::EnvironmentMaker make_;
  bool keep_verdicts_;
  std::vector<WatchedPhase> phases_;
  std::vector<std::unique_ptr<WatchedStage>> stages_;
};

}  // namespace lookout::app
