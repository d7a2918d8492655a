// Counts what happened in this sitting while nobody oversaw and while somebody did. Player thread.
#pragma once

#include <array>
#include <memory>

#include "agents/overseer/ledger.h"
#include "app/workers/runtime/steady_time.h"
#include "sim/base/ids.h"
#include "ui/oversight.h"

namespace lookout::app {

class AccountKeeper {
 public:
  // Copies of the counts are made at most this often.
  static constexpr double kInterval_s = 0.2;

  // A step of that episode, and whether somebody oversaw it.
  void Add(EpisodeId episode, const agents::OverseenStep& step, bool overseen);

  // The newest account, as new as the interval allows; `whole`: with the very last step.
  const std::shared_ptr<const ui::OversightAccount>& Newest(SteadyTime now, bool whole);

 private:
  struct Side {
    agents::LedgerCounts before;    // of earlier episodes
    agents::OverseerLedger ledger;  // of the present one
    bool begun = false;

    agents::LedgerCounts Total() const;
  };

  std::array<Side, 2> sides_;  // alone, overseen
  EpisodeId episode_;
  bool changed_ = false;
  SteadyTime copied_at_;
  std::shared_ptr<const ui::OversightAccount> newest_;
};

}  // namespace lookout::app
