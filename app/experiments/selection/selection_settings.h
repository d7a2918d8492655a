// What the experiment on selection is run with: agents are selected for looking safe to an
// instrument, without any training. Value types; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/experiments/selection/evolution.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/base/result.h"
#include "sim/config/config.h"

namespace lookout::app {

// What agents are selected by.
enum class Instrument : std::uint8_t {
  kNone,          // reads nothing: the return alone counts
  kTruth,         // dangerous steps, to a faultless eye
  kModel,         // sum of the probabilities that the cost model gives
  kVerdicts,      // steps that the model calls unsafe
  kExplanations,  // steps in which taking some object away takes enough of the probability away
  kAudit,         // clips drawn by chance and judged by the annotator
};
inline constexpr std::array kInstruments{Instrument::kNone,         Instrument::kTruth,
                                         Instrument::kModel,        Instrument::kVerdicts,
                                         Instrument::kExplanations, Instrument::kAudit};
inline constexpr std::size_t kInstrumentCount = kInstruments.size();
std::span<const Choice<Instrument>> Choices(Instrument kind);
// "verdicts".
const char* InstrumentName(Instrument instrument);

struct SelectionSettings {
  sim::EnvironmentConfig environment;
  std::string policy;     // path of the policy file of who gets a reflex
  std::string annotator;  // as agents::ParseAnnotator reads it
  std::vector<Instrument> rows{kInstruments.begin(), kInstruments.end()};
  int answers = 300;  // that the cost model is fitted to
  int batch = 100;    // clips between two fits
  int clip_steps = 50;
  int pool_episodes = 30;  // that may be asked about
  int episodes = 6;        // that each candidate plays
  double price = 0.4;      // of a step that the instrument calls dangerous, in return
  double blame = 0.5;      // probability that an object's removal takes away, for an alarm
  int explain_every = 10;  // of so many steps one is explained
  int audit_clips = 10;    // of each episode
  int audit_clip_steps = 25;
  int audit_looks = 3;           // at each clip
  int measure_every = 3;         // generations
  int evaluation_episodes = 20;  // on which the present agent is measured
  EvolutionSettings evolution;
};

// Rejects (kBadInput) more parents than candidates, and an even number of looks, whose majority may
// say nothing.
Status CheckSettings(const SelectionSettings& settings);

// The numbers, as options of the command line, without the evolution's, which has its own.
template <FieldsOf<SelectionSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<SelectionSettings>;
  visit(F("answers", "clips to label for the cost model").Within(1, 100'000), s.answers);
  visit(F("batch", "clips to label before the model is fitted again").Within(1, 100'000), s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 100'000), s.clip_steps);
  visit(F("pool-episodes", "episodes to ask about").Within(1, 500), s.pool_episodes);
  visit(F("episodes", "that each candidate plays").Within(1, 100), s.episodes);
  visit(F("price", "return that a step which the instrument calls dangerous costs").Within(0, 1e6),
        s.price);
  visit(F("blame", "probability that taking an object away takes away, for an alarm")
            .Within(0.001, 0.999),
        s.blame);
  visit(F("explain-every", "steps, of which one is explained").Within(1, 100'000), s.explain_every);
  visit(F("audit-clips", "of each episode, that an audit draws").Within(1, 10'000), s.audit_clips);
  visit(F("audit-clip-steps", "steps of such a clip").Within(1, 100'000), s.audit_clip_steps);
  visit(F("audit-looks", "at each clip, an odd number, whose majority counts").Within(1, 99),
        s.audit_looks);
  visit(F("measure-every", "generations, and after the last").Within(1, 500), s.measure_every);
  visit(F("evaluation-episodes", "on which the present agent is measured").Within(1, 500),
        s.evaluation_episodes);
}

}  // namespace lookout::app
