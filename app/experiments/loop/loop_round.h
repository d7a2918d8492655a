// What a round of the loop came to, and its file. Any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "agents/feedback/kinds/feedback_record.h"
#include "app/experiments/episode_figures.h"
#include "app/experiments/loop/loop_settings.h"
#include "app/experiments/simulated_audit.h"
#include "sim/base/result.h"

namespace lookout::app {

struct LoopRound {
  int round = 0;           // 0: without a constraint
  std::int64_t steps = 0;  // of training so far
  // Of the learned cost, that training was given; NaN: there was no cost model yet.
  double limit = std::numeric_limits<double>::quiet_NaN();
  // Of the agent after training; the learned cost is that of the model it was trained with.
  EpisodeFigures figures;
  AuditFigures audit;  // of the same agent, drawn by the same model
  // Of the model that was fitted afterwards, about the same agent; NaN without one.
  double refitted_cost = std::numeric_limits<double>::quiet_NaN();
  int asked = 0;  // answers for the cost model after this round
  int unsafe_asked = 0;
  int answers = 0;                               // so far, audits included
  double viewing_minutes = 0.0;                  // of these
  std::vector<agents::FeedbackRecord> feedback;  // what was answered, audits excluded
};

// With every option of environment and training; what two rounds have to share to be of one loop.
nlohmann::ordered_json SettingsJson(const LoopSettings& settings);

// Without settings and feedback.
nlohmann::ordered_json FiguresJson(const LoopRound& round);

std::string EncodeRound(const LoopRound& round, const LoopSettings& settings);
// Rejects (kBadInput) a text that is none, or that was made with other settings; file: its name.
Result<LoopRound> DecodeRound(const std::string& text, const LoopSettings& settings,
                              const std::string& file);

}  // namespace lookout::app
