// What an experiment on overseers is run with: what it costs in violations until an agent is
// trained, and in return to avoid them. Value types; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/rl/settings/training_settings.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

// How an agent is kept from what costs.
enum class OverseersRow : std::uint8_t {
  kConstrained,  // PPO-Lagrangian at the usual limit, without an overseer: the reference
  kNoCost,       // the same at a limit of 0
  kLookAhead,    // PPO under an overseer that looks ahead
  kHirl,         // PPO, first under a person, then under a blocker that learned from them
  kRecovery,     // PPO under a risk critic that learned from violations before
};
std::span<const Choice<OverseersRow>> Choices(OverseersRow row);

inline bool HasOverseer(OverseersRow row) {
  return row != OverseersRow::kConstrained && row != OverseersRow::kNoCost;
}

struct OverseersSettings {
  sim::EnvironmentConfig environment;
  // Of every agent. Algorithm, cost, limit, overseer, learning from it and seed are those of its
  // row.
  agents::TrainingSettings training;
  std::string look_ahead = "lookahead";                         // as MakeOverseers reads it
  agents::LearnFrom learn_from = agents::LearnFrom::kProposed;  // of the look-ahead's blocks
  double limit = 25.0;                                          // of the reference
  double block_penalty = 0.1;  // of a decision under the look-ahead, the person and the blocker
  std::int64_t watched_steps = 100'000;
  double person_lag_s = 0.0;
  double person_misses = 0.02;
  double blocker_alpha = 0.05;  // 0: as published, the lowest score of a held-out block
  int blocker_updates = 2000;
  int offline_episodes = 40;
  double risk_epsilon = 0.3;
  int risk_updates = 6000;
  int evaluation_episodes = 100;
};

// All but environment and training, as options of the command line.
template <FieldsOf<OverseersSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<OverseersSettings>;
  visit(F("overseer", "who looks ahead"), s.look_ahead);
  visit(F("learn-from", "what is learned from a decision that the look-ahead blocked"),
        s.learn_from);
  visit(F("limit", "cost of an episode that the constrained agent is allowed").Within(0, 1e6),
        s.limit);
  visit(F("block-penalty",
          "taken from the reward of a decision that look-ahead, person or blocker "
          "did not let pass")
            .Within(0, 1e3),
        s.block_penalty);
  visit(F("watched-steps", "hirl: of the training, that a person watches; whole iterations")
            .Within(1, 1e12),
        s.watched_steps);
  visit(F("person-lag", "hirl: of the person, who decides before anything is done")
            .In("s")
            .Within(0, 10),
        s.person_lag_s);
  visit(F("person-misses", "hirl: share of the dangers that the person does not see").Within(0, 1),
        s.person_misses);
  visit(
      F("blocker-alpha",
        "hirl: share of the person's runs of blocks that the blocker may begin with a miss; 0: its "
        "threshold is the lowest score of a held-out block")
          .Within(0, 0.5),
      s.blocker_alpha);
  visit(F("blocker-updates", "hirl: steps of the optimiser for each network").Within(1, 1e6),
        s.blocker_updates);
  visit(F("offline-episodes", "recovery: that the critic learns from, every other one at random")
            .Within(2, 100'000),
        s.offline_episodes);
  visit(F("risk-epsilon", "recovery: risk that is too much").Within(0, 1), s.risk_epsilon);
  visit(F("risk-updates", "recovery: steps of the optimiser").Within(1, 1e6), s.risk_updates);
  visit(F("evaluation-episodes", "of each agent, that its return and cost are measured on")
            .Within(1, 100'000)
            .Common(),
        s.evaluation_episodes);
}

struct OverseersPlan {
  std::vector<OverseersRow> rows;  // the reference first
  int seeds = 1;                   // 0, 1, ...
};

}  // namespace lookout::app
