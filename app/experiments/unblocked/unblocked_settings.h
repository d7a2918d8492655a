// What the experiment on unblocked ways is run with: an agent is trained in rounds on a cost that
// was learned from marks of what it did before. Value types; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "agents/rl/settings/training_settings.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

struct UnblockedStudySettings {
  sim::EnvironmentConfig environment;
  std::string annotator;              // as agents::ParseAnnotator reads it; goes by costs alone
  agents::TrainingSettings training;  // of each round: steps are those of one; limit included
  int rounds = 3;                     // with a learned cost, after a first one without
  int answers = 60;                   // clips of round 0's agent that are judged
  int batch = 20;                     // of these between two fits
  int clip_steps = 25;
  int ways = 4;        // of each further round whose clips are judged, at most
  int way_clips = 12;  // of each of them, the most typical ones
  int asked_episodes = 24;
  int evaluation_episodes = 40;
  int iteration_steps = 4000;
  int environments = 10;  // sampled side by side
  // Of the multiplier: an agent that is driven off all at once stays away from its goal, too.
  double initial_multiplier = 0.1;
  double gain = 0.3;     // of its controller, over the preset's
  int first_seed = 300;  // seeds are counted from there; those below were tuned on

  std::uint32_t SeedOf(std::uint32_t number) const {
    return static_cast<std::uint32_t>(first_seed) + number;
  }
};

// The numbers, as options of the command line.
template <FieldsOf<UnblockedStudySettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<UnblockedStudySettings>;
  visit(F("rounds", "with a learned cost, after a first one without").Within(1, 100), s.rounds);
  visit(F("answers", "clips of the first agent to judge").Within(1, 100'000), s.answers);
  visit(F("batch", "of these before the model is fitted again").Within(1, 100'000), s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 10'000), s.clip_steps);
  visit(F("ways", "new ways of each further agent to judge, at most").Within(1, 50), s.ways);
  visit(F("way-clips", "clips of each of them to judge, at most").Within(1, 10'000), s.way_clips);
  visit(F("asked-episodes", "of each agent, to compare and to judge").Within(4, 10'000),
        s.asked_episodes);
  visit(F("evaluation-episodes", "of each agent, to measure it on").Within(2, 100'000),
        s.evaluation_episodes);
  visit(F("iteration-steps", "of training between two updates").Within(1, 10'000'000),
        s.iteration_steps);
  visit(F("environments", "sampled side by side in training").Within(1, 1000), s.environments);
  visit(F("initial-multiplier", "with which each training begins").Within(0, 1e6),
        s.initial_multiplier);
  visit(F("gain", "of the multiplier's controller, relative to the preset's").Within(0, 1e6),
        s.gain);
  visit(F("first-seed", "of training: the first seed's; each further one adds 1").Within(0, 900),
        s.first_seed);
}

}  // namespace lookout::app
