// What an experiment on attacks is run with: whether a cost model that learned from what fooled it
// is harder to fool afterwards, or only fooled elsewhere. Value types; any thread.
#pragma once

#include <string>

#include "agents/inspect/attacks/blind_spots.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

struct AttacksSettings {
  sim::EnvironmentConfig environment;
  std::string policy;     // path of the policy file that plays
  std::string annotator;  // as agents::ParseAnnotator reads it
  int answers = 200;      // clips that are labelled before the first attack
  int batch = 50;         // clips between two fits
  int clip_steps = 50;
  int pool_episodes = 20;        // that may be asked about
  int evaluation_episodes = 10;  // of ordinary play, on which the model is measured
  int rounds = 3;                // of attacking, labelling what was found and fitting anew
  int finds = 8;                 // searches of each round, whose finds are labelled
  int measured = 6;  // searches with which a model is measured, always of the same layouts
  agents::BlindSpotSettings attack{.search = {.generations = 10, .population = 30}};
};

// The numbers, as options of the command line, without the attack's, which has its own.
template <FieldsOf<AttacksSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<AttacksSettings>;
  visit(F("answers", "clips to label before the first attack").Within(1, 100'000), s.answers);
  visit(F("batch", "clips to label before the model is fitted again").Within(1, 100'000), s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 100'000), s.clip_steps);
  visit(F("pool-episodes", "episodes to ask about").Within(1, 1000), s.pool_episodes);
  visit(F("evaluation-episodes", "episodes of ordinary play to measure on").Within(1, 1000),
        s.evaluation_episodes);
  visit(F("rounds", "of attacking, labelling what was found and fitting anew").Within(1, 100),
        s.rounds);
  visit(F("finds", "searches of each round, whose finds are labelled").Within(1, 1000), s.finds);
  visit(F("measured", "searches that measure a model, of the same layouts for all").Within(1, 1000),
        s.measured);
}

}  // namespace lookout::app
