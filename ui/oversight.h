// Who watches the live episode, as the player says it: what is blocked or is about to be, by whom
// and why. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/overseer/ledger.h"

namespace lookout::ui {

// An action that is about to be replaced: the player waits, so that a person may let it pass.
struct BlockWarning {
  Eigen::VectorXd proposed;  // [action_dim]
  Eigen::VectorXd planned;   // [action_dim], what is done unless a person lets the other one pass
  std::string overseer;
  std::string reason;
  double left_s = 0.0;  // until it is done
};

// What was counted in this sitting, from the live episodes: while nobody oversaw, and while
// somebody did.
struct OversightAccount {
  agents::LedgerCounts alone;
  agents::LedgerCounts overseen;
};

// What a learned blocker would have done on recorded steps that somebody oversaw.
struct BlockerRow {
  double threshold = 0.0;  // it blocks from this score on
  std::int64_t steps = 0;
  std::int64_t overseer_blocks = 0;        // of them, by who oversaw
  std::int64_t blocks = 0;                 // that the blocker would
  std::int64_t misses = 0;                 // blocked by who oversaw alone
  std::int64_t false_blocks = 0;           // blocked by the blocker alone
  agents::ExactInterval false_share = {};  // of the steps that pass, 95 % over episodes
  std::int64_t runs = 0;                   // stretches without a gap that who oversaw blocked
  std::int64_t missed_starts = -1;  // of which the blocker lets the first step pass; -1: not told
  std::int64_t missed_runs = 0;     // or every step
  agents::ExactInterval missed_share = {};  // missed_starts of the runs, 95 %
};

// A blocker that is looked at before it is switched on.
struct BlockerOnScreen {
  std::string file;
  bool measuring = false;
  std::string problem = {};           // why it cannot be measured; empty: it can
  double threshold = 0.5;             // that the file itself proposes
  std::string teacher = {};           // whose blocks it learned
  std::string source = {};            // what it was measured on, in words
  std::vector<BlockerRow> rows = {};  // by ascending threshold
};

struct OversightSnapshot {
  // Who oversees beside the person, as a text: "lookahead+blocker:shy.blocker". Empty: nobody.
  std::string spec;
  std::string overseer;  // its name; empty: there is none
  // Why there is none although one is wanted, or why the last one ended the episode.
  std::string problem;
  bool watching = false;      // a person has the keys of Oversee mode
  bool blocking = false;      // and holds that of blocking
  bool letting_pass = false;  // or that which lets pass what a machine would block
  bool has_wheel = false;     // or drives, and gives back on release
  std::optional<BlockWarning> warning = {};
  std::shared_ptr<const OversightAccount> account = {};  // null: nothing was counted yet
};

}  // namespace lookout::ui
