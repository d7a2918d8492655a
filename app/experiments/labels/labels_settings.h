// What an experiment on labels is run with: how many answers, how good, it takes until an agent
// that is held to a learned cost does as well as one that is held to the rule. Value types; any
// thread.
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

// Where the cost comes from that an agent is held to.
enum class CostRow : std::uint8_t {
  kRule,    // the environment's rule, without answers: the control
  kStump,   // one threshold on how near the nearest thing of one kind is, from the queue's answers
  kRlsf,    // networks that take answers at their word, cut at 1/2, asked about what is new (RLSF)
  kPlain,   // networks that take answers at their word, asked about clips drawn by chance
  kSlips,   // networks that take answers for slips at estimated rates, asked likewise
  kQueue,   // the same, asked by the queue
  kSights,  // likewise, by networks that learn other sights of each danger, too
};
std::span<const Choice<CostRow>> Choices(CostRow row);

// How clips are chosen to be asked about; kSights: by a queue whose models learn other sights, too.
enum class Asking : std::uint8_t { kChance, kNovelty, kQueue, kSights };
std::span<const Choice<Asking>> Choices(Asking asking);

// row: not the rule's.
Asking AskingOf(CostRow row);

struct LabelsSettings {
  sim::EnvironmentConfig environment;
  std::string policy;     // path of the policy file that plays what is asked about
  std::string annotator;  // as agents::ParseAnnotator reads it; the flips are those of the rows
  agents::TrainingSettings training;  // of every agent; cost, limit and seed are those of its row
  int batch = 50;                     // answers between two fits of the queue's model
  int clip_steps = 50;
  int pool_episodes = 60;         // that may be asked about
  int audit_clips = 100;          // of each agent, on top of the answers
  int evaluation_episodes = 400;  // of each agent
};

// The numbers, as options of the command line.
template <FieldsOf<LabelsSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<LabelsSettings>;
  visit(F("evaluation-episodes", "of each agent, that everything is measured on")
            .Within(1, 100'000)
            .Common(),
        s.evaluation_episodes);
  visit(
      F("batch", "answers between two fits of the model that the queue goes by").Within(1, 100'000),
      s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 100'000), s.clip_steps);
  visit(F("pool-episodes", "episodes that may be asked about").Within(1, 10'000), s.pool_episodes);
  visit(F("audit-clips", "that the audit of each agent draws, on top of the answers")
            .Within(1, 100'000),
        s.audit_clips);
}

// What the table has of each: every row at every one of these. The rule has no answers.
struct LabelsPlan {
  std::vector<CostRow> rows;            // the rule's first
  std::vector<double> flips;            // shares of the answers that are the opposite, ascending
  std::vector<int> budgets;             // answers, ascending
  std::vector<double> limits = {25.0};  // of the cost of an episode, ascending
  double matched_cost = 25.0;           // true cost at which returns are compared
  int seeds = 1;                        // 0, 1, ...
};

}  // namespace lookout::app
