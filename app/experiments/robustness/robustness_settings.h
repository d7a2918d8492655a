// What an experiment on robustness is run with: how corrupted observations mislead cost models that
// were fitted to the same labels in several ways. Value types; any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/student/student_settings.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

struct RobustnessSettings {
  sim::EnvironmentConfig environment;
  std::string policy;      // path of the policy file that plays
  std::string annotator;   // as agents::ParseAnnotator reads it
  int answers = 200;       // clips that are labelled in the end
  int first_answers = 25;  // before the first measurement; then twice as many, and so on
  int batch = 25;          // clips between two fits of the queue's model
  int clip_steps = 50;
  int pool_episodes = 40;        // that may be asked about, and that a student learns from
  int selection_episodes = 5;    // on which thresholds are chosen
  int evaluation_episodes = 10;  // on which everything is measured
  agents::StudentSettings student{.rounds = 2};

  // At which numbers of answers is measured, ascending.
  std::vector<int> sizes() const {
    std::vector<int> sizes;
    for (int size = first_answers; size < answers; size *= 2) sizes.push_back(size);
    sizes.push_back(answers);
    return sizes;
  }
};

// The numbers, as options of the command line, without the student's, which has its own.
template <FieldsOf<RobustnessSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<RobustnessSettings>;
  visit(F("answers", "clips to label for each seed").Within(1, 100'000), s.answers);
  visit(F("first-answers", "clips before the first measurement; then twice as many, and so on")
            .Within(1, 100'000),
        s.first_answers);
  visit(F("batch", "clips to label before the queue's model is fitted again").Within(1, 100'000),
        s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 100'000), s.clip_steps);
  visit(F("pool-episodes", "episodes to ask about and to teach a student from").Within(1, 1000),
        s.pool_episodes);
  visit(F("selection-episodes", "episodes that thresholds are chosen on").Within(1, 1000),
        s.selection_episodes);
  visit(F("evaluation-episodes", "episodes that everything is measured on").Within(1, 1000),
        s.evaluation_episodes);
}

}  // namespace lookout::app
