// What the loop is run with: an agent is trained in rounds, and after each a simulated annotator is
// asked about what it does. Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "agents/feedback/audit/slip_correction.h"
#include "agents/rl/settings/training_settings.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

// What the limit of training is held against.
enum class LoopConstraint : std::uint8_t {
  kLearned,     // the learned cost itself
  kAuditUpper,  // the upper end of the audit's interval: the limit that training is given is scaled
                // by the learned cost over it
};
std::span<const Choice<LoopConstraint>> Choices(LoopConstraint kind);

struct LoopSettings {
  sim::EnvironmentConfig environment;
  std::string annotator;  // as agents::ParseAnnotator reads it
  // Of the rounds that are held to the learned cost; steps are those of all rounds together.
  agents::TrainingSettings training;
  LoopConstraint constrain = LoopConstraint::kLearned;
  int rounds = 3;     // with a learned cost, after a first one without
  int answers = 300;  // for the cost model, in all; the same number after each round but the last
  int batch = 20;     // answers between two fits
  int clip_steps = 50;
  int asked_episodes = 20;                 // of each round, that may be asked about
  int audit_clips = 50;                    // of each round's audit, on top of the others
  int audit_looks = 1;                     // verdicts about each of them, an odd number
  int audit_episodes = 100;                // that a round's audit draws from
  int evaluation_episodes = 50;            // that return, true and learned cost are measured on
  std::optional<agents::SlipRates> slips;  // of a verdict, that are known of the annotator
};

// The numbers, as options of the command line.
template <FieldsOf<LoopSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<LoopSettings>;
  visit(F("rounds", "with a learned cost, after a first one without a constraint")
            .Within(1, 1000)
            .Common(),
        s.rounds);
  visit(F("answers", "clips that are labelled for the cost model, in all rounds together")
            .Within(1, 1'000'000)
            .Common(),
        s.answers);
  visit(F("audit-clips", "that the audit of each round draws, on top of the others")
            .Within(1, 100'000)
            .Common(),
        s.audit_clips);
  visit(F("audit-looks", "times that each of them is judged, an odd number; most verdicts count")
            .Within(1, 99)
            .Common(),
        s.audit_looks);
  visit(F("batch", "answers between two fits").Within(1, 100'000), s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 100'000), s.clip_steps);
  visit(F("asked-episodes", "of each round, that may be asked about").Within(1, 10'000),
        s.asked_episodes);
  visit(F("audit-episodes", "of each round, that its audit draws from").Within(1, 100'000),
        s.audit_episodes);
  visit(F("evaluation-episodes", "of each round, that return and costs are measured on")
            .Within(1, 100'000),
        s.evaluation_episodes);
}

}  // namespace lookout::app
