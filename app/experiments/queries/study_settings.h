// What an experiment on queries is run with: whether asking about chosen clips needs fewer labels
// than asking about clips drawn by chance. Value types; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "agents/feedback/annotators/annotator_spec.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

struct StudySettings {
  sim::EnvironmentConfig environment;
  std::string policy;     // path of the policy file that plays
  std::string annotator;  // as agents::ParseAnnotator reads it
  int labels = 150;       // clips that are labelled in the end
  int batch = 10;         // clips between two fits
  int clip_steps = 50;
  int pool_episodes = 40;      // that may be asked about
  int held_out_episodes = 20;  // of other seeds, that the cost model is measured on
};

// The numbers, as options of the command line.
template <FieldsOf<StudySettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<StudySettings>;
  visit(F("labels", "clips to label for each seed").Within(1, 100'000), s.labels);
  visit(F("batch", "clips to label before the cost model is fitted again").Within(1, 100'000),
        s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 100'000), s.clip_steps);
  visit(F("pool-episodes", "episodes that may be asked about").Within(1, 10'000), s.pool_episodes);
  visit(F("held-out-episodes", "episodes that the cost model is measured on").Within(1, 10'000),
        s.held_out_episodes);
}

// How the next clips are chosen.
enum class Strategy : std::uint8_t { kQueue, kRandom };
inline const char* StrategyName(Strategy strategy) {
  return strategy == Strategy::kQueue ? "queue" : "random";
}

}  // namespace lookout::app
