// An audit that a simulated annotator answers: clips of an agent's own episodes, drawn with known
// chances, and what they say an episode costs. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/audit/slip_correction.h"
#include "agents/feedback/models/cost_model.h"
#include "app/experiments/study_episodes.h"

namespace lookout::app {

struct AuditOrder {
  int clips = 100;            // to draw, > 0
  StepIndex clip_steps = 50;  // > 0
  std::uint32_t seed = 1;     // of the draws and of the annotator's faults
  // How often each is looked at, > 0 and odd; a step is unsafe if most of the verdicts say so.
  int looks = 1;
  std::optional<agents::SlipRates> slips;  // of one look, that are known of the annotator
};

struct AuditFigures {
  int clips = 0;         // that were drawn
  int unsafe_clips = 0;  // of these, in which some steps were called unsafe
  int answers = 0;       // about them, one for each look
  // Cost of an episode, as the annotator would charge it; without the slips, if they are known.
  agents::Estimate audited;
};

// episodes: of one agent, at least one; none of them may have trained the model. model: by whose
// predictions clips are drawn; null: all alike. Every clip is looked at until it is judged, so that
// a verdict about an episode's end comes in time. Same arguments: same figures.
AuditFigures AuditBySimulation(std::span<const StudyEpisode> episodes,
                               const agents::CostModel* model,
                               const agents::AnnotatorSpec& annotator, const AuditOrder& order);

}  // namespace lookout::app
